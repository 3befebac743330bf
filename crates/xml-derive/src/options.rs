//! What `#[xml(…)]` says on a type, a field or a variant.

use std::collections::BTreeMap;

use proc_macro2::Span;
use syn::meta::ParseNestedMeta;
use syn::{Attribute, LitInt, LitStr, Result, Token};

/// The words of all `#[xml(…)]` attributes of one item, each with its value if it has one.
#[derive(Default)]
pub(crate) struct Options {
    words: BTreeMap<String, (Option<String>, Span)>,
    /// `namespace(prefix = "uri")`.
    pub(crate) namespaces: Vec<(String, String)>,
    /// What each `rule = "…"` says.
    pub(crate) rules: Vec<LitStr>,
}

const KNOWN: &[&str] = &[
    "absent",
    "any_base",
    "attribute",
    "block",
    "broken",
    "child",
    "choice",
    "closed",
    "content",
    "content_required",
    "content_shown",
    "default",
    "fault",
    "flatten",
    "hex",
    "lax",
    "lead",
    "merge",
    "missing",
    "name",
    "namespace",
    "omit_empty",
    "on_off",
    "once",
    "ordered",
    "origin",
    "positive",
    "present",
    "required",
    "rest",
    "rule",
    "schema",
    "schema_absent",
    "schema_distinct",
    "schema_optional",
    "schema_required",
    "schema_without",
    "schema_words",
    "since",
    "tag",
    "text",
    "text_child",
    "unit",
    "verbatim",
    "with",
    "wrapper",
    "yes_no",
];

impl Options {
    pub(crate) fn of(attributes: &[Attribute]) -> Result<Self> {
        let mut options = Self::default();
        for attribute in attributes.iter().filter(|it| it.path().is_ident("xml")) {
            if let Ok(name) = attribute.parse_args::<LitStr>() {
                options.put("name", Some(name.value()), name.span());
            } else {
                attribute.parse_nested_meta(|meta| options.take(&meta))?;
            }
        }
        Ok(options)
    }

    fn take(&mut self, meta: &ParseNestedMeta<'_>) -> Result<()> {
        let word = meta
            .path
            .get_ident()
            .map(ToString::to_string)
            .unwrap_or_default();
        if !KNOWN.contains(&word.as_str()) {
            return Err(meta.error(format!("unknown word; known are {}", KNOWN.join(", "))));
        }
        if word == "namespace" {
            return meta.parse_nested_meta(|inner| {
                let prefix = inner.path.require_ident()?.to_string();
                let uri: LitStr = inner.value()?.parse()?;
                self.namespaces.push((prefix, uri.value()));
                Ok(())
            });
        }
        if word == "rule" {
            self.rules.push(meta.value()?.parse()?);
            return Ok(());
        }
        let span = meta
            .path
            .get_ident()
            .map_or_else(Span::call_site, proc_macro2::Ident::span);
        let value = if meta.input.peek(Token![=]) {
            let value = meta.value()?;
            Some(if value.peek(LitInt) {
                value.parse::<LitInt>()?.to_string()
            } else {
                value.parse::<LitStr>()?.value()
            })
        } else {
            None
        };
        self.put(&word, value, span);
        Ok(())
    }

    fn put(&mut self, word: &str, value: Option<String>, span: Span) {
        self.words.insert(word.to_owned(), (value, span));
    }

    pub(crate) fn has(&self, word: &str) -> bool {
        self.words.contains_key(word)
    }

    /// The value of a word, if it has one.
    pub(crate) fn value(&self, word: &str) -> Option<&str> {
        self.words.get(word).and_then(|(value, _)| value.as_deref())
    }

    /// Whose finding an error is, if that is said.
    pub(crate) fn origin(&self) -> Result<proc_macro2::TokenStream> {
        Ok(match self.value("origin") {
            Some(path) => {
                let path = syn::parse_str::<syn::Path>(path)?;
                quote::quote!(::core::option::Option::Some(#path))
            }
            None => quote::quote!(::core::option::Option::None),
        })
    }

    /// What breaking a rule amounts to in lenient parsing too, if that is said.
    pub(crate) fn broken(&self) -> Result<proc_macro2::TokenStream> {
        Ok(match self.value("broken") {
            Some(fault) => {
                let fault = syn::parse_str::<syn::Ident>(fault)?;
                quote::quote!(::core::option::Option::Some(::xml::Fault::#fault))
            }
            None => quote::quote!(::core::option::Option::None),
        })
    }

    /// What the reference says of the item, which has this doc comment.
    pub(crate) fn prose(&self, doc: &str) -> proc_macro2::TokenStream {
        let [since, default, absent] = ["since", "default", "absent"].map(|it| self.text(it));
        quote::quote!(::xml::Prose::new(#doc, #since, #default, #absent))
    }

    /// The value of a word, or nothing.
    pub(crate) fn text(&self, word: &str) -> &str {
        self.value(word).unwrap_or_default()
    }
}

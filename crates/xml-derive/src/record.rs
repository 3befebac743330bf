//! The derive for structs: a table, and one arm per field in each accessor.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DataStruct, DeriveInput, Fields, GenericArgument, Ident, PathArguments, Result, Type};

use crate::names;
use crate::options::Options;

pub(crate) fn derive(input: &DeriveInput, data: &DataStruct) -> Result<TokenStream> {
    let Fields::Named(fields) = &data.fields else {
        return Err(syn::Error::new_spanned(input, "fields need names"));
    };
    let options = Options::of(&input.attrs)?;
    let fields: Vec<Field<'_>> = fields.named.iter().map(Field::of).collect::<Result<_>>()?;
    let numbered = || fields.iter().enumerate();

    let set = arms(numbered().map(|(number, it)| it.set(number)));
    let value = arms(numbered().map(|(number, it)| it.value(number)));
    let add = arms(numbered().map(|(number, it)| it.add(number)));
    let child = arms(numbered().map(|(number, it)| it.child(number)));
    let flattened = arms(numbered().map(|(number, it)| it.flattened(number)));
    let add_tree = arms(numbered().map(|(number, it)| it.add_tree(number)));
    let tree = arms(numbered().map(|(number, it)| it.tree(number)));

    let present = fields
        .iter()
        .enumerate()
        .map(|(number, it)| it.present(number));

    let methods = [
        method(
            &set,
            quote!(fn set(&mut self, field: usize, value: ::xml::Value<'_>) -> ::core::result::Result<(), ::xml::ValueError>),
            quote!(::core::result::Result::Ok(())),
        ),
        method(
            &value,
            quote!(fn value(&self, field: usize, nth: usize, out: &mut ::std::string::String) -> bool),
            quote!(false),
        ),
        method(
            &add,
            quote!(fn add(&mut self, field: usize, child: ::xml::AddChild<'_>)),
            quote!({}),
        ),
        method(
            &child,
            quote!(fn child(&self, field: usize, nth: usize) -> ::core::option::Option<&dyn ::xml::Record>),
            quote!(::core::option::Option::None),
        ),
        method(
            &flattened,
            quote!(fn flattened(&mut self, field: usize) -> ::core::option::Option<&mut dyn ::xml::Record>),
            quote!(::core::option::Option::None),
        ),
        method(
            &add_tree,
            quote!(fn add_tree(&mut self, field: usize, tree: ::xml::Tree)),
            quote!({}),
        ),
        method(
            &tree,
            quote!(fn tree(&self, field: usize, nth: usize) -> ::core::option::Option<&::xml::Tree>),
            quote!(::core::option::Option::None),
        ),
    ];

    let ident = &input.ident;
    let type_name = ident.to_string();
    let element = options.text("name");
    let prose = options.prose(&names::doc(&input.attrs));
    let entries = fields
        .iter()
        .map(Field::entry)
        .collect::<Result<Vec<_>>>()?;
    let leads = fields.iter().any(|it| it.options.has("lead"));
    let (block, ordered) = (options.has("block"), options.has("ordered"));
    let closed = options.has("closed");
    let origin = options.origin()?;
    let rules = crate::rule::all(&options.rules)?;
    let broken = options.broken()?;
    let namespaces = options
        .namespaces
        .iter()
        .map(|(prefix, uri)| quote!((#prefix, #uri)));
    Ok(quote! {
        impl ::xml::Record for #ident {
            fn table(&self) -> &'static ::xml::Table {
                <Self as ::xml::Xml>::describe()
            }
            fn present(&self) -> ::xml::FieldSet {
                ::xml::FieldSet::NONE #(#present)*
            }
            #(#methods)*
        }
        impl ::xml::Xml for #ident {
            fn describe() -> &'static ::xml::Table {
                static FIELDS: &[::xml::Field] = &[#(#entries),*];
                static KINDS: ::xml::Kinds = ::xml::Kinds::of(FIELDS);
                static TABLE: ::xml::Table = ::xml::Table {
                    element: #element,
                    prose: #prose.of_type(#type_name),
                    fields: FIELDS,
                    kinds: &KINDS,
                    leads: #leads,
                    block: #block,
                    closed: #closed,
                    namespaces: &[#(#namespaces),*],
                    rules: &[#(#rules),*],
                    broken: #broken,
                    ordered: #ordered,
                    origin: #origin,
                    ..::xml::Table::EMPTY
                };
                &TABLE
            }
        }
    })
}

fn arms(arms: impl Iterator<Item = Option<TokenStream>>) -> Vec<TokenStream> {
    arms.flatten().collect()
}

fn method(arms: &[TokenStream], signature: TokenStream, otherwise: TokenStream) -> TokenStream {
    if arms.is_empty() {
        return TokenStream::new();
    }
    quote! {
        #signature {
            match field {
                #(#arms,)*
                _ => #otherwise,
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Attribute,
    Text,
    TextChild,
    ChildAttribute,
    Present,
    Child,
    Choice,
    Flatten,
    Verbatim,
    Rest,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Plain,
    Option,
    Many,
}

struct Field<'a> {
    ident: &'a Ident,
    form: Form,
    /// The type inside `Option` or `Vec`.
    inner: &'a Type,
    kind: Kind,
    name: String,
    doc: String,
    options: Options,
}

impl<'a> Field<'a> {
    fn of(field: &'a syn::Field) -> Result<Self> {
        let options = Options::of(&field.attrs)?;
        let Some(ident) = &field.ident else {
            return Err(syn::Error::new_spanned(field, "fields need names"));
        };
        let (kind, given) = kind_of(field, &options)?;
        let name = match kind {
            Kind::Text | Kind::Flatten | Kind::Choice | Kind::Rest => String::new(),
            _ => given.unwrap_or_else(|| names::camel(ident)),
        };
        let (form, inner) = form_of(&field.ty);
        Ok(Self {
            ident,
            form,
            inner,
            kind,
            name,
            doc: names::doc(&field.attrs),
            options,
        })
    }

    fn is_scalar(&self) -> bool {
        matches!(
            self.kind,
            Kind::Attribute | Kind::Text | Kind::TextChild | Kind::ChildAttribute
        )
    }

    fn is_record(&self) -> bool {
        matches!(self.kind, Kind::Child | Kind::Choice)
    }

    fn codec(&self) -> Result<TokenStream> {
        let options = &self.options;
        if let Some(path) = options.value("with") {
            let path: syn::Path = syn::parse_str(path)?;
            return Ok(quote!(#path));
        }
        if let Some(digits) = options.value("hex") {
            let digits: syn::LitInt = syn::parse_str(digits)?;
            return Ok(quote!(::xml::Hex<#digits>));
        }
        Ok(match options.value("unit") {
            Some("KiB") => quote!(::xml::Kib),
            Some(_) => quote!(::xml::Bytes),
            None if options.has("yes_no") => quote!(::xml::YesNo),
            None if options.has("on_off") => quote!(::xml::OnOff),
            None if options.has("any_base") => quote!(::xml::AnyBase),
            None => quote!(::xml::Plain),
        })
    }

    /// Puts the field into the set of those that may have something to be written.
    fn present(&self, number: usize) -> TokenStream {
        let ident = self.ident;
        let is_in = match (self.kind, self.form) {
            (Kind::Present, _) => quote!(self.#ident),
            (_, Form::Plain) => quote!(true),
            (_, Form::Option) => quote!(self.#ident.is_some()),
            (_, Form::Many) => quote!(!self.#ident.is_empty()),
        };
        quote!(.with(#number, #is_in))
    }

    fn set(&self, number: usize) -> Option<TokenStream> {
        let ident = self.ident;
        if self.kind == Kind::Present {
            return Some(quote!(#number => { self.#ident = true; ::core::result::Result::Ok(()) }));
        }
        if !self.is_scalar() {
            return None;
        }
        let codec = self
            .codec()
            .unwrap_or_else(|error| error.to_compile_error());
        let function = match self.form {
            Form::Plain => quote!(set),
            Form::Option => quote!(set_option),
            Form::Many => quote!(set_many),
        };
        Some(quote!(#number => ::xml::field::#function::<#codec, _>(&mut self.#ident, value)))
    }

    fn value(&self, number: usize) -> Option<TokenStream> {
        let ident = self.ident;
        if self.kind == Kind::Present {
            return Some(quote!(#number => nth == 0 && self.#ident));
        }
        if !self.is_scalar() {
            return None;
        }
        let codec = self
            .codec()
            .unwrap_or_else(|error| error.to_compile_error());
        let function = match self.form {
            Form::Plain => quote!(value),
            Form::Option => quote!(value_option),
            Form::Many => quote!(value_many),
        };
        Some(quote!(#number => ::xml::field::#function::<#codec, _>(&self.#ident, nth, out)))
    }

    fn add(&self, number: usize) -> Option<TokenStream> {
        if !self.is_record() {
            return None;
        }
        let ident = self.ident;
        let function = match self.form {
            Form::Plain => quote!(add),
            Form::Option if self.options.has("merge") => quote!(add_option_merged),
            Form::Option if self.options.has("omit_empty") => quote!(add_option_nonempty),
            Form::Option => quote!(add_option),
            Form::Many => quote!(add_many),
        };
        Some(quote!(#number => ::xml::field::#function(&mut self.#ident, child)))
    }

    fn child(&self, number: usize) -> Option<TokenStream> {
        let ident = self.ident;
        if self.kind == Kind::Flatten {
            return Some(quote!(#number => ::xml::field::child(&self.#ident, nth)));
        }
        if !self.is_record() {
            return None;
        }
        let function = match self.form {
            Form::Plain => quote!(child),
            Form::Option if self.options.has("omit_empty") => quote!(child_option_nonempty),
            Form::Option => quote!(child_option),
            Form::Many => quote!(child_many),
        };
        Some(quote!(#number => ::xml::field::#function(&self.#ident, nth)))
    }

    fn flattened(&self, number: usize) -> Option<TokenStream> {
        let ident = self.ident;
        (self.kind == Kind::Flatten)
            .then(|| quote!(#number => ::core::option::Option::Some(&mut self.#ident)))
    }

    fn add_tree(&self, number: usize) -> Option<TokenStream> {
        let ident = self.ident;
        match (self.kind, self.form) {
            (Kind::Verbatim | Kind::Rest, Form::Many) => {
                Some(quote!(#number => self.#ident.push(tree)))
            }
            (Kind::Verbatim | Kind::Rest, _) => {
                Some(quote!(#number => self.#ident = ::core::option::Option::Some(tree)))
            }
            _ => None,
        }
    }

    fn tree(&self, number: usize) -> Option<TokenStream> {
        let ident = self.ident;
        match (self.kind, self.form) {
            (Kind::Verbatim | Kind::Rest, Form::Many) => {
                Some(quote!(#number => self.#ident.get(nth)))
            }
            (Kind::Verbatim | Kind::Rest, _) => {
                Some(quote!(#number => ::xml::field::tree_option(&self.#ident, nth)))
            }
            _ => None,
        }
    }

    /// What strict mode asks besides.
    fn strict(&self) -> Result<TokenStream> {
        let options = &self.options;
        if options.has("schema_absent") {
            return Ok(quote!(::xml::Strict::Absent));
        }
        if let Some(words) = options.value("schema_words") {
            let words = words.split_whitespace();
            return Ok(quote!(::xml::Strict::Words(&[#(#words),*])));
        }
        Ok(match options.value("schema") {
            Some(path) => {
                let path: syn::Path = syn::parse_str(path)?;
                quote!(::xml::Strict::Pattern(&#path))
            }
            None => quote!(::xml::Strict::Nothing),
        })
    }

    /// The field's entry in the table.
    fn entry(&self) -> Result<TokenStream> {
        let (name, options) = (&self.name, &self.options);
        let prose = options.prose(&self.doc);
        let kind = match self.kind {
            Kind::Attribute => quote!(Attribute),
            Kind::Text => quote!(Text),
            Kind::TextChild => quote!(TextChild),
            Kind::ChildAttribute => {
                let attribute = options.text("attribute");
                quote!(ChildAttribute(#attribute))
            }
            Kind::Present => quote!(Present),
            Kind::Child => quote!(Child),
            Kind::Choice => quote!(Choice),
            Kind::Flatten => quote!(Flatten),
            Kind::Verbatim => quote!(Verbatim),
            Kind::Rest => quote!(Rest),
        };
        let inner = self.inner;
        let codec = self.codec()?;
        let shape = match self.is_scalar() {
            true => quote!(<#codec as ::xml::Codec<#inner>>::SHAPE),
            false => quote!(::xml::Shape::None),
        };
        let content = match self.is_record() || self.kind == Kind::Flatten {
            true => quote!(::core::option::Option::Some(<#inner as ::xml::Xml>::describe)),
            false => quote!(::core::option::Option::None),
        };
        let many = self.form == Form::Many;
        let always = self.form == Form::Plain;
        let required = if options.has("required") && options.has("schema_optional") {
            quote!(Parser)
        } else if options.has("required") {
            quote!(Always)
        } else if options.has("schema_required") {
            quote!(Strict)
        } else {
            quote!(No)
        };
        let lead = options.has("lead");
        let once = match (options.has("once"), options.value("once")) {
            (true, fault) => {
                let fault = syn::parse_str::<Ident>(fault.unwrap_or("Content"))?;
                quote!(::core::option::Option::Some(::xml::Fault::#fault))
            }
            (false, _) => quote!(::core::option::Option::None),
        };
        let positive = options.has("positive");
        let merge = options.has("merge");
        let origin = options.origin()?;
        let fault = options.value("fault").unwrap_or("Xml");
        let missing = syn::parse_str::<Ident>(options.value("missing").unwrap_or(fault))?;
        let fault = syn::parse_str::<Ident>(fault)?;
        let lax = match (options.has("lax"), options.value("lax")) {
            (false, _) => quote!(No),
            (true, Some("empty")) => quote!(Empty),
            (true, _) => quote!(Any),
        };
        let strict = self.strict()?;
        let distinct = options.text("schema_distinct");
        let without = options.text("schema_without").split_whitespace();
        let wrapper = options.text("wrapper");
        let wrapped = !wrapper.is_empty();
        let unit = options.text("unit");
        Ok(quote! {
            ::xml::Field {
                name: #name,
                kind: ::xml::FieldKind::#kind,
                prose: #prose,
                content: #content,
                detail: &::xml::Detail {
                    shape: #shape,
                    wrapper: #wrapper,
                    unit: #unit,
                    once: #once,
                    fault: ::xml::Fault::#fault,
                    missing: ::xml::Fault::#missing,
                    lax: ::xml::Lax::#lax,
                    origin: #origin,
                    positive: #positive,
                    strict: #strict,
                    distinct: #distinct,
                    without: &[#(#without),*],
                },
                many: #many,
                always: #always,
                required: ::xml::Required::#required,
                wrapped: #wrapped,
                lead: #lead,
                merge: #merge,
            }
        })
    }
}

/// The kind that a field's options say, and the name if they give one.
fn kind_of(field: &syn::Field, options: &Options) -> Result<(Kind, Option<String>)> {
    let kinds = [
        ("text_child", Kind::TextChild),
        ("text", Kind::Text),
        ("present", Kind::Present),
        ("choice", Kind::Choice),
        ("flatten", Kind::Flatten),
        ("verbatim", Kind::Verbatim),
        ("rest", Kind::Rest),
        ("child", Kind::Child),
        ("attribute", Kind::Attribute),
    ];
    let found = kinds.iter().find(|(word, _)| options.has(word));
    let Some((word, kind)) = found else {
        let message = "say how the field appears: #[xml(attribute)], #[xml(child)] …";
        return Err(syn::Error::new_spanned(field, message));
    };
    let kind = match kind {
        Kind::Child if options.value("attribute").is_some() => Kind::ChildAttribute,
        kind => *kind,
    };
    Ok((kind, options.value(word).map(str::to_owned)))
}

/// Whether the type is `Option<T>`, `Vec<T>` or another, and the type inside.
fn form_of(ty: &Type) -> (Form, &Type) {
    let Type::Path(path) = ty else {
        return (Form::Plain, ty);
    };
    let Some(last) = path.path.segments.last() else {
        return (Form::Plain, ty);
    };
    let form = match last.ident.to_string().as_str() {
        "Option" => Form::Option,
        "Vec" => Form::Many,
        _ => return (Form::Plain, ty),
    };
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return (Form::Plain, ty);
    };
    match arguments.args.first() {
        Some(GenericArgument::Type(inner)) => (form, inner),
        _ => (Form::Plain, ty),
    }
}

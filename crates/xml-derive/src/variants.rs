//! The derive for enums whose variant an attribute or the element's name chooses.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DataEnum, DeriveInput, Fields, Ident, Result, Type};

use crate::names;
use crate::options::Options;

struct Variant<'a> {
    ident: &'a Ident,
    /// Its type's attributes and children are the element's own, in spite of `content`.
    flatten: bool,
    name: String,
    /// What the reference says of it.
    prose: TokenStream,
    /// libvirt's schema lacks it.
    absent: bool,
    /// What it holds is of a kind that the element must name.
    named: bool,
    content: Option<&'a Type>,
}

pub(crate) fn derive(input: &DeriveInput, data: &DataEnum) -> Result<TokenStream> {
    let options = Options::of(&input.attrs)?;
    let variants: Vec<Variant<'_>> = data
        .variants
        .iter()
        .map(Variant::of)
        .collect::<Result<_>>()?;

    let selector = match options.value("tag") {
        Some(tag) => {
            let required = match (options.has("required"), options.has("schema_required")) {
                (true, _) => quote!(Always),
                (false, true) => quote!(Strict),
                (false, false) => quote!(No),
            };
            let fault = options.value("fault").unwrap_or("Xml");
            let missing = syn::parse_str::<Ident>(options.value("missing").unwrap_or(fault))?;
            let fault = syn::parse_str::<Ident>(fault)?;
            quote!(::xml::Selector::Attribute {
                name: #tag,
                required: ::xml::Required::#required,
                fault: ::xml::Fault::#fault,
                missing: ::xml::Fault::#missing,
            })
        }
        None => quote!(::xml::Selector::Element),
    };
    let select = variants.iter().map(|it| {
        let (ident, name) = (it.ident, &it.name);
        match it.content {
            Some(_) => quote!(#name => Self::#ident(::core::default::Default::default())),
            None => quote!(#name => Self::#ident),
        }
    });
    let selected = variants.iter().map(|it| {
        let (ident, name) = (it.ident, &it.name);
        match it.content {
            Some(_) => quote!(Self::#ident(_) => #name),
            None => quote!(Self::#ident => #name),
        }
    });
    let element = options.text("content");
    let (inside, flat): (Vec<&Variant<'_>>, Vec<&Variant<'_>>) = variants
        .iter()
        .filter(|it| it.content.is_some())
        .partition(|it| !element.is_empty() && !it.flatten);
    let inside: Vec<&Ident> = inside.iter().map(|it| it.ident).collect();
    let flat: Vec<&Ident> = flat.iter().map(|it| it.ident).collect();
    let add = (!inside.is_empty()).then(|| {
        quote! {
            fn add(&mut self, field: usize, child: ::xml::AddChild<'_>) {
                match (self, field) {
                    #((Self::#inside(it), 1) => ::xml::field::add(it, child),)*
                    _ => {}
                }
            }
        }
    });
    let once = match options.has("once") {
        true => quote!(::core::option::Option::Some(::xml::Fault::Content)),
        false => quote!(::core::option::Option::None),
    };
    let required = match (
        options.has("content_required"),
        options.has("schema_optional"),
    ) {
        (true, true) => quote!(Parser),
        (true, false) => quote!(Always),
        (false, _) => quote!(No),
    };
    let shown = match options.has("content_shown") {
        true => quote!(child),
        false => quote!(child_nonempty),
    };
    let inside_field = (!element.is_empty()).then(|| {
        quote! {
            ::xml::Field {
                name: #element,
                kind: ::xml::FieldKind::Child,
                required: ::xml::Required::#required,
                detail: &::xml::Detail {
                    once: #once,
                    missing: ::xml::Fault::Content,
                    ..::xml::Detail::EMPTY
                },
                ..::xml::Field::EMPTY
            }
        }
    });
    let entries = variants.iter().map(|it| {
        let (name, prose) = (&it.name, &it.prose);
        let content = match it.content {
            Some(ty) => quote!(::core::option::Option::Some(<#ty as ::xml::Xml>::describe)),
            None => quote!(::core::option::Option::None),
        };
        let (absent, named) = (it.absent, it.named);
        let inside = it.content.is_some() && !element.is_empty() && !it.flatten;
        quote!(::xml::Variant { name: #name, prose: #prose, content: #content, inside: #inside, absent: #absent, named: #named })
    });
    let rules = crate::rule::all(&options.rules)?;
    let broken = options.broken()?;
    let origin = options.origin()?;
    let ident = &input.ident;
    let type_name = ident.to_string();
    let root = options.text("name");
    let prose = options.prose(&names::doc(&input.attrs));
    let namespaces = options
        .namespaces
        .iter()
        .map(|(prefix, uri)| quote!((#prefix, #uri)));
    Ok(quote! {
        impl ::xml::Record for #ident {
            fn table(&self) -> &'static ::xml::Table {
                <Self as ::xml::Xml>::describe()
            }
            fn child(&self, field: usize, nth: usize) -> ::core::option::Option<&dyn ::xml::Record> {
                match (self, field) {
                    #((Self::#flat(it), 0) if nth == 0 => ::core::option::Option::Some(it),)*
                    #((Self::#inside(it), 1) => ::xml::field::#shown(it, nth),)*
                    _ => ::core::option::Option::None,
                }
            }
            fn flattened(&mut self, field: usize) -> ::core::option::Option<&mut dyn ::xml::Record> {
                match (self, field) {
                    #((Self::#flat(it), 0) => ::core::option::Option::Some(it),)*
                    _ => ::core::option::Option::None,
                }
            }
            #add
            fn select(&mut self, name: &str) -> bool {
                *self = match name {
                    #(#select,)*
                    _ => return false,
                };
                true
            }
            fn selected(&self) -> &'static str {
                match self {
                    #(#selected,)*
                }
            }
        }
        impl ::xml::Xml for #ident {
            fn describe() -> &'static ::xml::Table {
                static FIELDS: &[::xml::Field] = &[
                    ::xml::Field { kind: ::xml::FieldKind::Flatten, ..::xml::Field::EMPTY },
                    #inside_field
                ];
                static KINDS: ::xml::Kinds = ::xml::Kinds::of(FIELDS);
                static TABLE: ::xml::Table = ::xml::Table {
                    element: #root,
                    prose: #prose.of_type(#type_name),
                    fields: FIELDS,
                    kinds: &KINDS,
                    selector: ::core::option::Option::Some(#selector),
                    variants: &[#(#entries),*],
                    namespaces: &[#(#namespaces),*],
                    rules: &[#(#rules),*],
                    broken: #broken,
                    origin: #origin,
                    ..::xml::Table::EMPTY
                };
                &TABLE
            }
        }
    })
}

impl<'a> Variant<'a> {
    fn of(variant: &'a syn::Variant) -> Result<Self> {
        let options = Options::of(&variant.attrs)?;
        let content = match &variant.fields {
            Fields::Unit => None,
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                fields.unnamed.first().map(|it| &it.ty)
            }
            _ => {
                return Err(syn::Error::new_spanned(
                    variant,
                    "a variant holds one type or nothing",
                ));
            }
        };
        let name = options
            .value("name")
            .map_or_else(|| names::kebab(&variant.ident), str::to_owned);
        Ok(Self {
            ident: &variant.ident,
            name,
            prose: options.prose(&names::doc(&variant.attrs)),
            content,
            absent: options.has("schema_absent"),
            named: options.has("required"),
            flatten: options.has("flatten"),
        })
    }
}

//! The derive for enums whose variant an attribute or the element's name chooses.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DataEnum, DeriveInput, Fields, Ident, Result, Type};

use crate::names;
use crate::options::Options;

struct Variant<'a> {
    ident: &'a Ident,
    name: String,
    doc: String,
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
            let required = options.has("required");
            let fault = syn::parse_str::<Ident>(options.value("fault").unwrap_or("Xml"))?;
            quote!(::xml::Selector::Attribute {
                name: #tag, required: #required, fault: ::xml::Fault::#fault
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
    let held: Vec<&Ident> = variants
        .iter()
        .filter(|it| it.content.is_some())
        .map(|it| it.ident)
        .collect();
    let entries = variants.iter().map(|it| {
        let (name, doc) = (&it.name, &it.doc);
        let content = match it.content {
            Some(ty) => quote!(::core::option::Option::Some(<#ty as ::xml::Xml>::describe)),
            None => quote!(::core::option::Option::None),
        };
        quote!(::xml::Variant { name: #name, doc: #doc, content: #content })
    });
    let ident = &input.ident;
    let type_name = ident.to_string();
    let element = options.text("name");
    let doc = names::doc(&input.attrs);
    let namespaces = options
        .namespaces
        .iter()
        .map(|(prefix, uri)| quote!((#prefix, #uri)));
    Ok(quote! {
        impl ::xml::Record for #ident {
            fn table(&self) -> &'static ::xml::Table {
                <Self as ::xml::Xml>::describe()
            }
            fn child(&self, _field: usize, nth: usize) -> ::core::option::Option<&dyn ::xml::Record> {
                match self {
                    #(Self::#held(it) if nth == 0 => ::core::option::Option::Some(it),)*
                    _ => ::core::option::Option::None,
                }
            }
            fn flattened(&mut self, _field: usize) -> ::core::option::Option<&mut dyn ::xml::Record> {
                match self {
                    #(Self::#held(it) => ::core::option::Option::Some(it),)*
                    #[allow(unreachable_patterns, reason = "every variant may hold a type")]
                    _ => ::core::option::Option::None,
                }
            }
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
                static TABLE: ::xml::Table = ::xml::Table {
                    type_name: #type_name,
                    element: #element,
                    doc: #doc,
                    fields: &[::xml::Field { kind: ::xml::FieldKind::Flatten, ..::xml::Field::EMPTY }],
                    selector: ::core::option::Option::Some(#selector),
                    variants: &[#(#entries),*],
                    namespaces: &[#(#namespaces),*],
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
            doc: names::doc(&variant.attrs),
            content,
        })
    }
}

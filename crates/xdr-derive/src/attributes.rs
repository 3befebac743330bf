//! Reading `#[xdr(…)]`, and what a field's type says about its limits.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Expr, GenericArgument, LitStr, PathArguments, Result, Type};

/// What `#[xdr(…)]` says on a field or a variant.
#[derive(Default)]
pub(crate) struct Attributes {
    pub(crate) max: Option<Expr>,
    pub(crate) name: Option<String>,
    pub(crate) case: Option<Expr>,
}

impl Attributes {
    pub(crate) fn of(attributes: &[Attribute]) -> Result<Self> {
        let mut found = Self::default();
        for attribute in attributes.iter().filter(|a| a.path().is_ident("xdr")) {
            attribute.parse_nested_meta(|meta| {
                if meta.path.is_ident("max") {
                    found.max = Some(meta.value()?.parse()?);
                } else if meta.path.is_ident("name") {
                    found.name = Some(meta.value()?.parse::<LitStr>()?.value());
                } else if meta.path.is_ident("case") {
                    found.case = Some(meta.value()?.parse()?);
                } else {
                    return Err(meta.error("expected `max`, `name` or `case`"));
                }
                Ok(())
            })?;
        }
        Ok(found)
    }
}

/// A member with its limit, if it has one.
pub(crate) struct Member<'a> {
    pub(crate) ty: &'a Type,
    limit: Option<TokenStream>,
}

impl<'a> Member<'a> {
    pub(crate) fn new(ty: &'a Type, max: Option<&Expr>) -> Self {
        let limit = match (max, holds_text(ty), is_vec(ty)) {
            (Some(max), true, false) => Some(quote!(::xdr::Max { items: 0, text: #max })),
            (Some(max), true, true) => {
                Some(quote!(::xdr::Max { items: #max, text: crate::limits::STRING_MAX }))
            }
            (Some(max), false, _) => Some(quote!(::xdr::Max { items: #max, text: 0 })),
            (None, true, false) => Some(quote!(::xdr::Max {
                items: 0,
                text: crate::limits::STRING_MAX
            })),
            (None, _, _) => None,
        };
        Self { ty, limit }
    }

    pub(crate) fn shape(&self) -> TokenStream {
        let ty = self.ty;
        match &self.limit {
            Some(max) => quote!(<#ty as ::xdr::Bounded>::SHAPE.limited(#max)),
            None => quote!(<#ty as ::xdr::Xdr>::SHAPE),
        }
    }

    pub(crate) fn get(&self, name: &str) -> TokenStream {
        match &self.limit {
            Some(max) => quote!(::xdr::get_bounded(input, #name, #max)),
            None => quote!(::xdr::get(input, #name)),
        }
    }

    pub(crate) fn put(&self, value: &TokenStream, name: &str) -> TokenStream {
        match &self.limit {
            Some(max) => quote!(::xdr::put_bounded(#value, out, #name, #max)),
            None => quote!(::xdr::put(#value, out, #name)),
        }
    }
}

/// Whether the innermost type, through `Option`, `Hidden` and `Vec`, is `String`.
fn holds_text(ty: &Type) -> bool {
    match inner(ty) {
        Some((name, Some(argument))) if is_wrapper(&name) || name == "Vec" => holds_text(argument),
        Some((name, _)) => name == "String",
        None => false,
    }
}

fn is_vec(ty: &Type) -> bool {
    match inner(ty) {
        Some((name, Some(argument))) if is_wrapper(&name) => is_vec(argument),
        Some((name, _)) => name == "Vec",
        None => false,
    }
}

fn is_wrapper(name: &str) -> bool {
    name == "Option" || name == "Hidden"
}

/// The last segment of a path and its first type argument.
fn inner(ty: &Type) -> Option<(String, Option<&Type>)> {
    let path = match ty {
        Type::Path(path) => path,
        // What a macro passed on as `$ty:ty`.
        Type::Group(group) => return inner(&group.elem),
        _ => return None,
    };
    let segment = path.path.segments.last()?;
    let argument = match &segment.arguments {
        PathArguments::AngleBracketed(arguments) => {
            arguments.args.iter().find_map(|argument| match argument {
                GenericArgument::Type(ty) => Some(ty),
                _ => None,
            })
        }
        _ => None,
    };
    Some((segment.ident.to_string(), argument))
}

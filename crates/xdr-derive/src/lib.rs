//! Derives the XDR codec for structs, enums and unions.
//!
//! The output is one impl of a few lines per type: the work is done by functions of the `xdr`
//! crate, which are compiled once per type of field.

mod attributes;
mod enumeration;
mod structure;
mod union;

use proc_macro::TokenStream;
use syn::{Data, DeriveInput, Error, parse_macro_input};

/// Derives `xdr::Xdr`.
///
/// - A struct with named fields is its fields in order. A field with a limit says so with
///   `#[xdr(max = …)]`: items of a `Vec`, bytes of an `Opaque`, characters of `Chars`, bytes of a
///   `String`. A `String` without it (also in an `Option` or a `Vec`) is bounded by
///   `crate::limits::STRING_MAX` of the crate that declares the type. A `Vec` without a limit
///   does not compile. `#[xdr(name = "…")]` gives the wire's name where Rust's differs.
/// - An enum without data is its discriminant, a 32-bit signed integer; other values are refused.
/// - An enum whose every variant has one unnamed field and `#[xdr(case = …)]` is a union.
#[proc_macro_derive(Xdr, attributes(xdr))]
pub fn derive_xdr(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let output = match &input.data {
        Data::Struct(data) => structure::derive(&input.ident, data),
        Data::Enum(data) if data.variants.iter().all(|v| v.fields.is_empty()) => {
            enumeration::derive(&input.ident, data)
        }
        Data::Enum(data) => union::derive(&input.ident, data),
        Data::Union(_) => Err(Error::new_spanned(
            &input.ident,
            "XDR unions are Rust enums with `#[xdr(case = …)]` on each variant",
        )),
    };
    output.unwrap_or_else(Error::into_compile_error).into()
}

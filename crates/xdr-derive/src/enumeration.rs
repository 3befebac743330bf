//! An enum without data: its discriminant.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DataEnum, Error, Ident, Result};

pub(crate) fn derive(name: &Ident, data: &DataEnum) -> Result<TokenStream> {
    let mut arms = Vec::new();
    for variant in &data.variants {
        let ident = &variant.ident;
        if variant.discriminant.is_none() {
            return Err(Error::new_spanned(ident, "give the wire's value: `= …`"));
        }
        arms.push(quote!(value if value == Self::#ident as i32 => Ok(Self::#ident)));
    }
    let type_name = name.to_string();
    Ok(quote! {
        impl ::xdr::Xdr for #name {
            const SHAPE: ::xdr::Shape = ::xdr::Shape::single(::xdr::Wire::Enum(#type_name));
            fn encode(&self, out: &mut ::xdr::Encoder) -> Result<(), ::xdr::EncodeError> {
                ::xdr::Xdr::encode(&(*self as i32), out)
            }
            fn decode(input: &mut ::xdr::Decoder<'_>) -> Result<Self, ::xdr::DecodeError> {
                match <i32 as ::xdr::Xdr>::decode(input)? {
                    #(#arms,)*
                    value => Err(input.fault(::xdr::Fault::UnknownCase { name: #type_name, value })),
                }
            }
        }
    })
}

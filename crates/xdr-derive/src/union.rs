//! An enum with data: an int discriminant, then the member of its case.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DataEnum, Error, Fields, Ident, Result, Variant};

use crate::attributes::{Attributes, Member};

pub(crate) fn derive(name: &Ident, data: &DataEnum) -> Result<TokenStream> {
    let (mut shapes, mut puts, mut gets) = (Vec::new(), Vec::new(), Vec::new());
    for variant in &data.variants {
        let ident = &variant.ident;
        let attributes = Attributes::of(&variant.attrs)?;
        let member = Member::new(payload(variant)?, attributes.max.as_ref());
        let Some(case) = attributes.case else {
            return Err(Error::new_spanned(
                ident,
                "give the discriminant: `#[xdr(case = …)]`",
            ));
        };
        let wire_name = attributes.name.unwrap_or_else(|| ident.to_string());
        let (shape, get) = (member.shape(), member.get(&wire_name));
        let put = member.put(&quote!(value), &wire_name);
        shapes.push(quote!(::xdr::Case { value: #case, name: #wire_name, shape: #shape }));
        puts.push(quote! {
            Self::#ident(value) => {
                ::xdr::Xdr::encode(&(#case as i32), out)?;
                #put
            }
        });
        gets.push(quote!(value if value == #case => #get.map(Self::#ident)));
    }
    let type_name = name.to_string();
    Ok(quote! {
        impl ::xdr::Xdr for #name {
            const SHAPE: ::xdr::Shape = ::xdr::Shape::union(#type_name, &[#(#shapes),*]);
            fn encode(&self, out: &mut ::xdr::Encoder) -> Result<(), ::xdr::EncodeError> {
                match self {
                    #(#puts)*
                }
            }
            fn decode(input: &mut ::xdr::Decoder<'_>) -> Result<Self, ::xdr::DecodeError> {
                match <i32 as ::xdr::Xdr>::decode(input)? {
                    #(#gets,)*
                    value => Err(input.fault(::xdr::Fault::UnknownCase { name: #type_name, value })),
                }
            }
        }
    })
}

fn payload(variant: &Variant) -> Result<&syn::Type> {
    match &variant.fields {
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
            fields.unnamed.first().map(|field| &field.ty)
        }
        _ => None,
    }
    .ok_or_else(|| Error::new_spanned(variant, "a case of an XDR union has one unnamed field"))
}

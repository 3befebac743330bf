//! A struct: its fields, one after the other.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DataStruct, Error, Fields, Ident, Result, ext::IdentExt};

use crate::attributes::{Attributes, Member};

pub(crate) fn derive(name: &Ident, data: &DataStruct) -> Result<TokenStream> {
    let Fields::Named(fields) = &data.fields else {
        return Err(Error::new_spanned(
            name,
            "an XDR structure has named fields",
        ));
    };
    let (mut shapes, mut puts, mut gets) = (Vec::new(), Vec::new(), Vec::new());
    for field in &fields.named {
        let Some(ident) = &field.ident else { continue };
        let attributes = Attributes::of(&field.attrs)?;
        let member = Member::new(&field.ty, attributes.max.as_ref());
        let wire_name = attributes.name.unwrap_or_else(|| ident.unraw().to_string());
        let (shape, get) = (member.shape(), member.get(&wire_name));
        let put = member.put(&quote!(&self.#ident), &wire_name);
        shapes.push(quote!(::xdr::Field { name: #wire_name, shape: #shape }));
        puts.push(quote!(#put?;));
        gets.push(quote!(#ident: #get?));
    }
    let type_name = name.to_string();
    Ok(quote! {
        impl ::xdr::Xdr for #name {
            const SHAPE: ::xdr::Shape = ::xdr::Shape::structure(#type_name, &[#(#shapes),*]);
            fn encode(&self, out: &mut ::xdr::Encoder) -> Result<(), ::xdr::EncodeError> {
                #(#puts)*
                Ok(())
            }
            fn decode(input: &mut ::xdr::Decoder<'_>) -> Result<Self, ::xdr::DecodeError> {
                Ok(Self { #(#gets),* })
            }
        }
    })
}

//! The derive for enums that are one of a set of words.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Fields, Result};

use crate::names;
use crate::options::Options;

pub(crate) fn derive(input: &DeriveInput) -> Result<TokenStream> {
    let Data::Enum(data) = &input.data else {
        return Err(syn::Error::new_spanned(input, "only an enum has words"));
    };
    let mut values = Vec::new();
    let mut idents = Vec::new();
    for variant in &data.variants {
        if !matches!(variant.fields, Fields::Unit) {
            return Err(syn::Error::new_spanned(variant, "a word holds nothing"));
        }
        let options = Options::of(&variant.attrs)?;
        let name = options
            .value("name")
            .map_or_else(|| names::kebab(&variant.ident), str::to_owned);
        let prose = options.prose(&names::doc(&variant.attrs));
        let absent = options.has("schema_absent");
        values.push(quote!(::xml::EnumValue { name: #name, prose: #prose, absent: #absent }));
        idents.push(&variant.ident);
    }
    let ident = &input.ident;
    Ok(quote! {
        impl ::xml::ScalarEnum for #ident {
            const VALUES: &'static [::xml::EnumValue] = &[#(#values),*];
            const VARIANTS: &'static [Self] = &[#(Self::#idents),*];
            fn index(self) -> usize {
                self as usize
            }
        }
        impl #ident {
            /// The word that XML uses for it.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                ::xml::enum_name(self)
            }
            /// The variant of a word, if it is one.
            #[must_use]
            pub fn from_name(name: &str) -> ::core::option::Option<Self> {
                ::xml::enum_from_name(name)
            }
        }
        impl ::core::fmt::Display for #ident {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    })
}

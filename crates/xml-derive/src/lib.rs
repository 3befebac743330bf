//! Derives the XML mapping of a document's element.
//!
//! # `#[derive(Xml)]` on a struct
//!
//! The struct must be `Default`. Each field says how it appears; its name in XML is the field's in
//! camel case unless given. A field of type `Option` may be absent, one of type `Vec` may be repeated.
//!
//! | attribute | XML |
//! | --- | --- |
//! | `attribute`, `attribute = "type"` | an attribute |
//! | `text` | the element's own text |
//! | `text_child`, `text_child = "name"` | a child element with nothing but text |
//! | `child = "mac", attribute = "address"` | an attribute of a child element that has nothing else |
//! | `child`, `child = "source"` | a child element with a type of its own |
//! | `choice` | a child element whose name chooses the variant of an enum |
//! | `present`, `present = "acpi"` | a `bool`: the empty child element is there or not |
//! | `flatten` | the attributes and children of another type, as if declared here |
//! | `verbatim` | a child element that is kept as it was (`xml::Tree`) |
//! | `rest` | every element that nothing else claims: kept, without its comments, and written in our style |
//!
//! Further words: `wrapper = "vcpus"` (the items are inside this element), `lead` (a flattened
//! type's attributes come first), `yes_no`, `on_off`, `any_base`, `hex = 4`, `unit = "KiB"` or
//! `"bytes"` (a size), `with = "path::Codec"`, `required`, `schema_required` (in strict mode only), `schema_optional` (of
//! what is required: by the parser, not by the schema), `omit_empty` (an empty element counts as absent), `merge` (that
//! too; and lenient parsing adds what a second one holds to the first), `once` or `once = "Internal"` (a second one is an error,
//! not dropped), `fault = "Unsupported"` (what a bad value amounts to), `missing = "Content"` (what its absence
//! amounts to where it is required, if something else), `lax` (lenient parsing takes a bad value for none, and of a
//! child element that it cannot read what it can) or `lax = "empty"` (it takes the empty value for none), `positive`
//! (zero is a bad value).
//!
//! On the struct: `name = "domain"` (the root element), `namespace(qemu = "http://…")`,
//! `block` (written with two tags even when empty), `closed` (an unknown child element is an error even
//! in lenient parsing), `origin = "path::STORAGE"` (an `xml::Origin`: whose finding an error in the element is, and in those inside that
//! do not say otherwise; on an attribute, whose finding its bad value is, and on any part, whose its absence is).
//!
//! # What the reference says besides
//!
//! The doc comment, and on a field: `since = "1.2.3"`, libvirt's version that brought it; `default = "…"`, the value
//! that its absence stands for; or `absent = "…"`, what its absence means where it stands for no value.
//!
//! On a type: `since`, the version that brought what it describes, and `absent`, which holds for each optional attribute
//! and text inside that says nothing itself. On an enum with a `tag`, `default` and `absent` are about that attribute.
//! On a variant or a word: `since`. A part is as old as itself or what it is in, whichever is younger.
//!
//! # What strict mode asks besides
//!
//! libvirt's schemas are narrower than its parser in places, and say more of how parts go together.
//! On a field: `schema = "path::PATTERN"` (an `xml::Pattern` for the whole value), `schema_words =
//! "a b"` (one of these words), `schema_absent` (the schema does not have it at all; on a word of an
//! enum too), and on a flattened field `schema_without = "a b"` (parts of it not to be had here).
//! On a list: `schema_distinct = "type"` (no two items with the same value of that attribute).
//! On a type: `ordered` (children in the declared order) and any number of rules:
//!
//! | `rule = "…"` | meaning |
//! | --- | --- |
//! | `@a \| b` | the attribute `a` or the element `b` is there |
//! | `@a, b` | both are there |
//! | `a ^ b ^ c` | at most one of them is there |
//! | `no @a, b` | none of them is there |
//! | `one b` | not two elements `b` are there |
//! | `@mode='x\|y' & @b='z'` | both have one of these values |
//! | `@a ~ path::PATTERN` | the attribute `a`, if it is there, is of the pattern (`xml::Pattern`) |
//! | `@mode='x\|y' & !b => …` | the right side, when `mode` is one of these and there is no `b` |
//!
//! An empty word among the values, `@mode='\|x'`, stands for the attribute's absence;
//! of an element it is the text that is compared. A part may also be `b@a`, the attribute of a child; `../@a`, that of
//! the element around; `/@a`, that of the document's element; `../c`, the element around if it is called so; and `./c`, the element itself if it is. `#text` is the element's own text.
//!
//! # `#[derive(Xml)]` on an enum
//!
//! `#[xml(tag = "type")]`: the value of that attribute of the element chooses the variant; without
//! a tag the element's name does. A variant holds one type or nothing, its name is in kebab case
//! unless given: `#[xml("file")]`. `required` next to `tag`: its absence is an error, and with `schema_required` in
//! strict mode only; otherwise it means the enum's default. `content = "source"` next to `tag`: what a variant holds is in that child
//! element, which is absent when it is empty, and an error when there are two where it is `once` or none where it is
//! `content_required`, and written even when it says nothing where it is `content_shown`; a variant marked `flatten` is
//! held by the element itself. A variant marked `required` holds an enum whose own attribute must be there.
//!
//! # `#[derive(XmlEnum)]`
//!
//! On an enum without data: its words, kebab case unless given.

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

mod names;
mod options;
mod record;
mod rule;
mod variants;
mod words;

/// Maps a type to its XML; see the crate's documentation.
#[proc_macro_derive(Xml, attributes(xml))]
pub fn derive_xml(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let output = match &input.data {
        syn::Data::Struct(data) => record::derive(&input, data),
        syn::Data::Enum(data) => variants::derive(&input, data),
        syn::Data::Union(_) => Err(syn::Error::new_spanned(&input, "a union has no XML")),
    };
    output
        .unwrap_or_else(|error| error.to_compile_error())
        .into()
}

/// Maps an enum without data to words; see the crate's documentation.
#[proc_macro_derive(XmlEnum, attributes(xml))]
pub fn derive_xml_enum(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    words::derive(&input)
        .unwrap_or_else(|error| error.to_compile_error())
        .into()
}

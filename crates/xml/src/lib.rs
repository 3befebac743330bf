//! The mapping between a Rust type and its XML, declared once on the type.
//!
//! `#[derive(Xml)]` turns a struct's fields into attributes and child elements; `#[derive(XmlEnum)]`
//! turns an enum into the strings that XML uses for it. The declaration compiles to a static
//! [`Table`] plus a few tiny accessors ([`Record`]); one runtime that is not generic reads, writes
//! and describes every document by walking those tables.
//!
//! ```
//! use xml::{Xml, XmlEnum};
//!
//! #[derive(Debug, Default, Clone, Copy, PartialEq, Eq, XmlEnum)]
//! enum Bus { #[default] Ide, Virtio }
//!
//! /// Where the guest sees the disk.
//! #[derive(Debug, Default, Clone, PartialEq, Xml)]
//! struct Target {
//!     /// The name of the device.
//!     #[xml(attribute, required)]
//!     dev: String,
//!     /// The bus that it sits on.
//!     #[xml(attribute)]
//!     bus: Option<Bus>,
//! }
//!
//! let target: Target = xml::parse_root("<target dev='vda' bus='virtio'/>", "target", &xml::Options::lenient())?;
//! assert_eq!(target.bus, Some(Bus::Virtio));
//! assert_eq!(xml::format_root(&target, "target"), "<target dev='vda' bus='virtio'/>\n");
//! # Ok::<(), xml::Errors>(())
//! ```
//!
//! # Parsing
//!
//! Lenient parsing drops what it does not know, as libvirt does; strict parsing collects every
//! unknown, misplaced, repeated or missing element and attribute. A malformed value is an error in
//! both. Each error carries line, column and path. Input is bounded before it is parsed: see
//! [`Limits`].
//!
//! # Formatting
//!
//! libvirt's style: two spaces, single quotes, attributes and elements in declared order, `<x/>` for
//! an empty element.
//!
//! # What is deliberately absent
//!
//! No I/O, no knowledge of any document, no DTD, no external entities.

#[cfg(test)]
extern crate self as xml;

mod codec;
mod error;
pub mod field;
#[cfg(test)]
mod findings;
mod format;
#[cfg(test)]
mod leniency;
mod limits;
mod nearest;
mod prose;
mod read;
mod record;
#[cfg(any(test, feature = "reference"))]
pub mod reference;
mod rule;
#[cfg(any(test, feature = "reference"))]
pub mod schema;
mod set;
mod size;
#[cfg(test)]
mod strictness;
mod table;
#[cfg(test)]
mod tests;
mod tree;
mod writer;

pub use codec::{
    AnyBase, Codec, EnumValue, Hex, OnOff, Plain, Scalar, ScalarEnum, Wrapping, YesNo,
    enum_from_name, enum_name,
};
pub use error::{Error, Errors, Fault, Origin, Problem, ValueError};
pub use format::{format, format_root};
pub use limits::Limits;
pub use prose::Prose;
pub use read::{Options, parse, parse_root};
pub use record::{AddChild, Record, Value, Xml};
pub use rule::{Condition, Part, Pattern, Rule, Strict, Want};
pub use set::{FieldSet, Kinds};
pub use size::{Bytes, Kib, unit_bytes};
pub use table::{Detail, Field, FieldKind, Lax, Required, Selector, Shape, Table, Variant};
pub use tree::{Content, Element, Tree};
pub use writer::Writer;
pub use xml_derive::{Xml, XmlEnum};

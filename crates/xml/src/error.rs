//! What can be wrong with a document, and where.

use std::fmt;

use crate::codec::EnumValue;
use crate::rule::Rule;

/// All that is wrong with a document, in document order; never empty.
#[derive(Debug, Clone, PartialEq)]
pub struct Errors {
    pub(crate) list: Vec<Error>,
    pub(crate) left_out: usize,
}

impl Errors {
    pub(crate) fn one(error: Error) -> Self {
        Self {
            list: vec![error],
            left_out: 0,
        }
    }

    /// The errors.
    #[must_use]
    pub fn as_slice(&self) -> &[Error] {
        &self.list
    }

    /// How many more there were than the list keeps.
    #[must_use]
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// What the first error amounts to; that the document is invalid comes before all else.
    #[must_use]
    pub fn fault(&self) -> Fault {
        let invalid = self.list.iter().find(|it| it.fault == Fault::Schema);
        let first = invalid.or(self.list.first());
        first.map_or(Fault::Xml, |it| it.fault)
    }
}

impl fmt::Display for Errors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.list.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            error.fmt(f)?;
        }
        if self.left_out > 0 {
            write!(f, "; and {} more", self.left_out)?;
        }
        Ok(())
    }
}

impl std::error::Error for Errors {}

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("line {line}, column {column}, {path}: {problem}")]
pub struct Error {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// The element's path: `/domain/devices/disk[2]/source`.
    pub path: String,
    /// What is wrong.
    pub problem: Problem,
    /// What it amounts to for the caller.
    pub fault: Fault,
    /// Whose finding it is.
    pub origin: Origin,
}

/// What an error amounts to: the driver maps it to the public API's code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fault {
    /// The document is not what it should be (`VIR_ERR_XML_ERROR`): found by the reading of XML itself.
    #[default]
    Xml,
    /// The same, found by the rules of the kind of document.
    Content,
    /// The value is not one that is supported (`VIR_ERR_CONFIG_UNSUPPORTED`).
    Unsupported,
    /// libvirt calls it an internal error (`VIR_ERR_INTERNAL_ERROR`).
    Internal,
    /// The document does not follow the schema; strict mode only (`VIR_ERR_XML_INVALID_SCHEMA`).
    Schema,
    /// An argument is not valid (`VIR_ERR_INVALID_ARG`).
    Argument,
    /// The number does not fit (`VIR_ERR_OVERFLOW`).
    Overflow,
    /// A detail of the document is not what it should be (`VIR_ERR_XML_DETAIL`).
    Detail,
}

/// Whose finding an error is. The declaration says it of a part; it is carried to the error from there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Origin {
    /// Those who read this kind of document.
    #[default]
    Document,
    /// Those whom this number stands for where the part is declared.
    Part(i32),
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Problem {
    /// Not well-formed.
    #[error("the XML is not well-formed: {0}")]
    Syntax(String),
    /// Longer than the limit.
    #[error("the document has {length} bytes; at most {limit} are taken")]
    TooLong {
        /// Bytes of the document.
        length: usize,
        /// The limit.
        limit: usize,
    },
    /// Elements are nested too deep.
    #[error("elements are nested deeper than {limit}")]
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// Too many elements, texts and comments.
    #[error("the document has more than {limit} nodes")]
    TooManyNodes {
        /// The limit.
        limit: usize,
    },
    /// Too many attributes in one element.
    #[error("an element has more than {limit} attributes")]
    TooManyAttributes {
        /// The limit.
        limit: usize,
    },
    /// Too many attributes in all.
    #[error("the document has more than {limit} attributes")]
    TooManyAttributesInAll {
        /// The limit.
        limit: usize,
    },
    /// Too many references to characters.
    #[error("the document has more than {limit} references such as &amp;")]
    TooManyReferences {
        /// The limit.
        limit: usize,
    },
    /// Too many namespace declarations.
    #[error("the document declares more than {limit} namespaces")]
    TooManyNamespaces {
        /// The limit.
        limit: usize,
    },
    /// Another document.
    #[error("unexpected root element <{found}>, expecting <{expected}>")]
    WrongRoot {
        /// The root element found.
        found: String,
        /// The root element of this kind of document.
        expected: &'static str,
    },
    /// An element that is not known here.
    #[error("unknown element <{name}>{}", hint(nearest))]
    UnknownElement {
        /// The element.
        name: String,
        /// What may have been meant.
        nearest: Option<&'static str>,
    },
    /// An attribute that is not known here.
    #[error("unknown attribute '{name}' of <{element}>{}", hint(nearest))]
    UnknownAttribute {
        /// The attribute.
        name: String,
        /// The element that has it.
        element: String,
        /// What may have been meant.
        nearest: Option<&'static str>,
    },
    /// An attribute or element that belongs to another variant.
    #[error("'{name}' does not belong to {selector}='{selected}', only to '{belongs_to}'")]
    Misplaced {
        /// The attribute or element.
        name: String,
        /// The attribute that chooses.
        selector: &'static str,
        /// What it says.
        selected: &'static str,
        /// The value to which it would belong.
        belongs_to: &'static str,
    },
    /// Text where only elements may be.
    #[error("<{element}> has no text")]
    UnexpectedText {
        /// The element.
        element: String,
    },
    /// An element that may appear once only.
    #[error("<{name}> may appear only once here")]
    Repeated {
        /// The element.
        name: String,
    },
    /// An attribute is missing.
    #[error("missing attribute '{name}' of <{element}>")]
    MissingAttribute {
        /// The attribute.
        name: &'static str,
        /// The element that should have it.
        element: String,
    },
    /// An element is missing.
    #[error("missing element <{name}> in <{element}>")]
    MissingElement {
        /// The element.
        name: &'static str,
        /// The element that should have it.
        element: String,
    },
    /// What must hold between the parts of an element does not.
    #[error("<{element}> {rule}")]
    Rule {
        /// The element.
        element: String,
        /// What must hold.
        rule: &'static Rule,
    },
    /// A child element behind one that it must precede.
    #[error("<{name}> must stand before <{before}>")]
    Order {
        /// The element.
        name: String,
        /// The one that it follows.
        before: String,
    },
    /// A malformed value of an attribute.
    #[error("invalid value '{value}' of attribute '{name}' of <{element}>: {error}")]
    AttributeValue {
        /// The attribute.
        name: &'static str,
        /// The element that has it.
        element: String,
        /// Its value, shortened.
        value: String,
        /// What is wrong with it.
        error: ValueError,
    },
    /// A malformed text of an element.
    #[error("invalid value '{value}' of <{element}>: {error}")]
    TextValue {
        /// The element.
        element: String,
        /// Its text, shortened.
        value: String,
        /// What is wrong with it.
        error: ValueError,
    },
}

fn hint(nearest: &Option<&'static str>) -> String {
    nearest.map_or_else(String::new, |it| format!(", did you mean '{it}'?"))
}

/// What is wrong with a scalar.
#[derive(Debug, Clone, Copy, thiserror::Error)]
pub enum ValueError {
    /// Not a number, negative, or more than the type holds.
    #[error("a whole number from 0 to {} is needed", unsigned_max(*bits))]
    NotUnsigned {
        /// Bits of the number.
        bits: u32,
    },
    /// Not a number, or more than the type holds.
    #[error("a whole number of {bits} bits is needed")]
    NotSigned {
        /// Bits of the number.
        bits: u32,
    },
    /// Not a number.
    #[error("a number is needed")]
    NotFloat,
    /// Zero where at least one is needed.
    #[error("a number of at least 1 is needed")]
    Zero,
    /// A number above the largest.
    #[error("the number is too large")]
    TooLarge,
    /// A number outside its range.
    #[error("a number from {min} to {max} is needed")]
    OutOfRange {
        /// The smallest.
        min: u64,
        /// The largest.
        max: u64,
    },
    /// A unit that does not exist.
    #[error("the unit is unknown: use bytes, KiB, MiB, GiB, TiB, PiB or EiB")]
    UnknownUnit,
    /// Neither `yes` nor `no`.
    #[error("'yes' or 'no' is needed")]
    NotYesNo,
    /// Neither `on` nor `off`.
    #[error("'on' or 'off' is needed")]
    NotOnOff,
    /// None of the words.
    #[error("one of {} is needed", words(.0))]
    NotOneOf(&'static [EnumValue]),
    /// None of the words that the schema has here.
    #[error("one of {} is needed", quoted(.0.iter().copied()))]
    NotOfSchema(&'static [&'static str]),
    /// None of the names of the variants.
    #[error("one of {} is needed", variants(.0))]
    NotVariant(&'static crate::Table),
    /// Not of the format, which is named.
    #[error("{expected} is needed")]
    Malformed {
        /// What is needed: `a UUID`.
        expected: &'static str,
    },
}

impl PartialEq for ValueError {
    fn eq(&self, other: &Self) -> bool {
        self.to_string() == other.to_string()
    }
}

fn unsigned_max(bits: u32) -> u64 {
    u64::MAX
        .checked_shr(64u32.saturating_sub(bits))
        .unwrap_or(0)
}

fn words(values: &[EnumValue]) -> String {
    quoted(values.iter().filter(|it| !it.absent).map(|it| it.name))
}

fn variants(table: &crate::Table) -> String {
    let variants = table.variants.iter().filter(|it| !it.absent);
    quoted(variants.map(|it| it.name))
}

fn quoted(names: impl Iterator<Item = &'static str>) -> String {
    let names: Vec<_> = names
        .filter(|it| !it.is_empty())
        .map(|it| format!("'{it}'"))
        .collect();
    names.join(", ")
}

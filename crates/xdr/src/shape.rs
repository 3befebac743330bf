//! The description of a declaration: what a test or a document can compare.
//!
//! It is built by the compiler and costs nothing unless somebody looks.

use crate::Max;

/// A value as it stands in a declaration: its type, how often and whether at all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shape {
    /// The type of one item.
    pub wire: Wire,
    /// One item or many.
    pub array: Array,
    /// Whether a presence mark goes before it.
    pub optional: bool,
    /// For text, how many bytes one item may hold.
    pub text_max: Option<u32>,
}

/// The type of one item on the wire.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Wire {
    /// Nothing at all.
    Void,
    /// 32 bits, signed.
    Int,
    /// 32 bits, unsigned.
    UnsignedInt,
    /// 64 bits, signed.
    Hyper,
    /// 64 bits, unsigned.
    UnsignedHyper,
    /// IEEE 754, 64 bits.
    Double,
    /// 0 or 1.
    Bool,
    /// A C `char` in a whole word.
    Char,
    /// A C `unsigned char` in a whole word.
    UnsignedChar,
    /// A C `unsigned short` in a whole word.
    UnsignedShort,
    /// Packed bytes; always an array.
    Opaque,
    /// A length and bytes of text.
    Text,
    /// 32 bits, unsigned: a named set of flags and the bits that it defines.
    Flags(&'static str, u32),
    /// 64 bits, unsigned: a named set of flags and the bits that it defines.
    WideFlags(&'static str, u32),
    /// A named 32-bit signed value.
    Enum(&'static str),
    /// A sequence of fields.
    Struct(&'static str, &'static [Field]),
    /// A discriminant and one of several fields.
    Union(&'static str, &'static [Case]),
}

/// How many items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Array {
    /// Exactly one, no array.
    Single,
    /// This many, without a count word.
    Fixed(u32),
    /// A count word, at most this, then the items.
    Variable(u32),
}

/// A named member of a structure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Field {
    /// The wire's name for it.
    pub name: &'static str,
    /// Its type.
    pub shape: Shape,
}

/// A member of a union.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Case {
    /// The discriminant.
    pub value: i32,
    /// The wire's name for the member.
    pub name: &'static str,
    /// Its type.
    pub shape: Shape,
}

impl Shape {
    /// A single value of a type.
    #[must_use]
    pub const fn single(wire: Wire) -> Self {
        Self {
            wire,
            array: Array::Single,
            optional: false,
            text_max: None,
        }
    }

    /// A structure.
    #[must_use]
    pub const fn structure(name: &'static str, fields: &'static [Field]) -> Self {
        Self::single(Wire::Struct(name, fields))
    }

    /// A union.
    #[must_use]
    pub const fn union(name: &'static str, cases: &'static [Case]) -> Self {
        Self::single(Wire::Union(name, cases))
    }

    /// The same, in an array.
    #[must_use]
    pub const fn array(self, array: Array) -> Self {
        Self { array, ..self }
    }

    /// The same, behind a presence mark.
    #[must_use]
    pub const fn optional(self) -> Self {
        Self {
            optional: true,
            ..self
        }
    }

    /// The same, with the limits of its declaration.
    #[must_use]
    pub const fn limited(mut self, max: Max) -> Self {
        if let Array::Variable(_) = self.array {
            self.array = Array::Variable(max.items);
        }
        if let Wire::Text = self.wire {
            self.text_max = Some(max.text);
        }
        self
    }

    /// The fewest bytes that a value takes.
    #[must_use]
    pub const fn min_size(&self) -> usize {
        if self.optional {
            return 4;
        }
        match self.array {
            Array::Single => self.wire.min_size(),
            Array::Variable(_) => 4,
            Array::Fixed(count) => match self.wire {
                Wire::Opaque => (count as usize).next_multiple_of(4),
                wire => wire.min_size() * count as usize,
            },
        }
    }
}

impl Wire {
    const fn min_size(&self) -> usize {
        match self {
            Self::Void | Self::Opaque => 0,
            Self::Hyper | Self::UnsignedHyper | Self::WideFlags(..) | Self::Double => 8,
            Self::Struct(_, fields) => sum_of_fields(fields),
            Self::Union(_, cases) => 4 + least_of_cases(cases),
            Self::Int
            | Self::UnsignedInt
            | Self::Bool
            | Self::Char
            | Self::UnsignedChar
            | Self::UnsignedShort
            | Self::Text
            | Self::Flags(..)
            | Self::Enum(_) => 4,
        }
    }
}

const fn sum_of_fields(fields: &[Field]) -> usize {
    match fields {
        [] => 0,
        [first, rest @ ..] => first.shape.min_size() + sum_of_fields(rest),
    }
}

const fn least_of_cases(cases: &[Case]) -> usize {
    match cases {
        [] => 0,
        [only] => only.shape.min_size(),
        [first, rest @ ..] => {
            let (one, other) = (first.shape.min_size(), least_of_cases(rest));
            if one < other { one } else { other }
        }
    }
}

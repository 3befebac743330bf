//! What can be wrong with a message, and where.

use std::fmt;

/// A message that cannot be read: the rule that it breaks, the field and the byte.
#[derive(Clone, PartialEq, Eq)]
pub struct DecodeError(Box<Located>);

/// A value that must not be sent: the rule that it breaks and the field.
#[derive(Clone, PartialEq, Eq)]
pub struct EncodeError(Box<Located>);

#[derive(Clone, PartialEq, Eq)]
struct Located {
    fault: Fault,
    /// Byte offset from the start of the message; meaningless when encoding.
    offset: usize,
    /// Innermost first.
    path: Vec<Step>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Field(&'static str),
    Index(u32),
}

/// The rule that was broken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// The message ends inside a value.
    #[error("{needed} more bytes needed, {remaining} left")]
    Truncated {
        /// Bytes that the value takes.
        needed: usize,
        /// Bytes that are there.
        remaining: usize,
    },
    /// The message goes on after its last value.
    #[error("{count} bytes too many after the last value")]
    Trailing {
        /// Bytes left over.
        count: usize,
    },
    /// A string, an array or opaque data is longer than its declaration allows.
    #[error("length {length} exceeds the limit of {max}")]
    TooLong {
        /// The length claimed.
        length: u64,
        /// The limit declared.
        max: u32,
    },
    /// A boolean or the presence mark of an optional value is neither 0 nor 1.
    #[error("boolean must be 0 or 1, got {value}")]
    NotBoolean {
        /// The word found.
        value: u32,
    },
    /// A string is not UTF-8.
    #[error("text is not valid UTF-8")]
    NotUtf8,
    /// A string contains a zero byte, which a C peer would take for its end.
    #[error("text contains a zero byte")]
    ZeroByte,
    /// A word does not fit the small integer that it carries.
    #[error("{value} does not fit {wire}")]
    OutOfRange {
        /// The wire's name of the small type.
        wire: &'static str,
        /// The word found.
        value: i64,
    },
    /// An enumeration or union has no such case.
    #[error("{name} has no case {value}")]
    UnknownCase {
        /// The type.
        name: &'static str,
        /// The discriminant found.
        value: i32,
    },
    /// A set of flags has bits that the public API does not define.
    #[error("unknown bits {bits:#x} in {name}")]
    UnknownFlags {
        /// The type of the flags.
        name: &'static str,
        /// The bits not known, and only those.
        bits: u64,
    },
    /// Flags are given to a procedure that takes none.
    #[error("flags must be zero, got {bits:#x}")]
    FlagsNotZero {
        /// The bits found.
        bits: u64,
    },
    /// Values are nested deeper than any declaration needs.
    #[error("values nested deeper than {max} levels")]
    TooDeep {
        /// The limit.
        max: u32,
    },
}

impl DecodeError {
    /// An error at `offset` bytes into the message, not yet inside a field.
    #[cold]
    #[must_use]
    pub fn new(fault: Fault, offset: usize) -> Self {
        Self(Box::new(Located {
            fault,
            offset,
            path: Vec::new(),
        }))
    }

    /// The rule that was broken.
    #[must_use]
    pub fn fault(&self) -> &Fault {
        &self.0.fault
    }

    /// Where in the message, in bytes from its start.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.0.offset
    }

    /// The field as in `params[3].value.s`; empty for the message itself.
    #[must_use]
    pub fn path(&self) -> String {
        self.0.path()
    }

    /// The same error, seen from one level further out.
    #[cold]
    #[must_use]
    pub fn in_field(mut self, name: &'static str) -> Self {
        self.0.path.push(Step::Field(name));
        self
    }

    #[cold]
    pub(crate) fn at_index(mut self, index: u32) -> Self {
        self.0.path.push(Step::Index(index));
        self
    }
}

impl EncodeError {
    /// An error not yet inside a field.
    #[cold]
    #[must_use]
    pub fn new(fault: Fault) -> Self {
        Self(Box::new(Located {
            fault,
            offset: 0,
            path: Vec::new(),
        }))
    }

    /// The rule that was broken.
    #[must_use]
    pub fn fault(&self) -> &Fault {
        &self.0.fault
    }

    /// The field as in `params[3].value.s`; empty for the message itself.
    #[must_use]
    pub fn path(&self) -> String {
        self.0.path()
    }

    /// The same error, seen from one level further out.
    #[cold]
    #[must_use]
    pub fn in_field(mut self, name: &'static str) -> Self {
        self.0.path.push(Step::Field(name));
        self
    }

    #[cold]
    pub(crate) fn at_index(mut self, index: u32) -> Self {
        self.0.path.push(Step::Index(index));
        self
    }
}

impl Located {
    fn path(&self) -> String {
        let mut text = String::new();
        for step in self.path.iter().rev() {
            match step {
                Step::Field(name) => {
                    if !text.is_empty() {
                        text.push('.');
                    }
                    text.push_str(name);
                }
                Step::Index(index) => {
                    text.push('[');
                    text.push_str(&index.to_string());
                    text.push(']');
                }
            }
        }
        text
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.path.is_empty() {
            write!(f, "{}: ", self.path())?;
        }
        write!(f, "{} (at byte {})", self.0.fault, self.0.offset)
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DecodeError({self})")
    }
}

impl std::error::Error for DecodeError {}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.path.is_empty() {
            write!(f, "{}: ", self.path())?;
        }
        write!(f, "{}", self.0.fault)
    }
}

impl fmt::Debug for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EncodeError({self})")
    }
}

impl std::error::Error for EncodeError {}

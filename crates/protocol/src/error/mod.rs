//! The error that takes the place of a result, and the numbers in it.

mod code;
mod origin;

use xdr::Xdr;

pub use code::Code;
pub use origin::{Level, Origin};

pub(crate) use code::CATALOG as CATALOG_CODE;
pub(crate) use origin::CATALOG as CATALOG_ORIGIN;

use crate::remote::{NonnullDomain, NonnullNetwork};

/// An error on the wire.
///
/// `dom` and `net` are leftovers that nobody reads; they are sent absent.
#[derive(Debug, Clone, PartialEq, Xdr)]
pub struct ErrorBody {
    /// What went wrong, for programs.
    pub code: Code,
    /// The part of the library or the driver that says so.
    #[xdr(name = "domain")]
    pub origin: Origin,
    /// What went wrong, for people.
    pub message: Option<String>,
    /// How bad it is.
    pub level: Level,
    /// The domain that it is about; unused.
    pub dom: Option<NonnullDomain>,
    /// Further text, often the message again.
    pub str1: Option<String>,
    /// Further text.
    pub str2: Option<String>,
    /// Further text.
    pub str3: Option<String>,
    /// A further number, often the operating system's error.
    pub int1: i32,
    /// A further number.
    pub int2: i32,
    /// The network that it is about; unused.
    pub net: Option<NonnullNetwork>,
}

impl ErrorBody {
    /// An error with a message and nothing further.
    pub fn new(code: Code, origin: Origin, message: impl Into<String>) -> Self {
        Self {
            code,
            origin,
            message: Some(message.into()),
            level: Level::Error,
            dom: None,
            str1: None,
            str2: None,
            str3: None,
            int1: -1,
            int2: -1,
            net: None,
        }
    }

    /// The message, or the code's name when the peer sent none.
    #[must_use]
    pub fn text(&self) -> &str {
        match &self.message {
            Some(message) => message,
            None => self.code.c_name().unwrap_or("unknown error"),
        }
    }
}

impl std::fmt::Display for ErrorBody {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.text())
    }
}

impl std::error::Error for ErrorBody {}

#[cfg(test)]
mod tests {
    use super::{Code, ErrorBody, Level, Origin};

    #[test]
    fn an_error_keeps_what_a_newer_peer_says() {
        let mut error = ErrorBody::new(Code::from(9999), Origin::Qemu, "no");
        error.level = Level::from(7);
        let bytes = xdr::to_bytes(&error).unwrap();
        let read: ErrorBody = xdr::from_bytes(&bytes).unwrap();
        assert_eq!(read, error);
        assert_eq!(read.code, Code::Unrecognized(9999));
    }

    #[test]
    fn a_known_number_gets_its_name() {
        assert_eq!(Code::from(42), Code::NoDomain);
        assert_eq!(Code::NoDomain.c_name(), Some("VIR_ERR_NO_DOMAIN"));
        assert_eq!(Origin::from(10), Origin::Qemu);
    }
}

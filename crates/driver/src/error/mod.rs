//! The error that a call answers, and its one way to the wire.
//!
//! A driver's operations have error enums of their own. Each says in one place ([`ToError`]) which
//! code of the public API it is; `?` then turns it into an [`Error`]. Sources stay chained until
//! the error leaves for the wire, where the chain is joined once.

mod cpu;
mod document;
mod text;

use std::error::Error as StdError;
use std::fmt;

use protocol::error::{Code, ErrorBody, Origin};

use text::Text;

/// What an operation's error is to the clients of the public API.
///
/// The text of the message comes from the error's `Display`, what caused it from its `source`.
pub trait ToError: StdError + Send + Sync + Sized + 'static {
    /// The code that clients switch on.
    fn code(&self) -> Code;

    /// The part of the system that the error comes from. `None` stands for the driver itself.
    fn origin(&self) -> Option<Origin> {
        None
    }

    /// How the message is put together.
    fn wording(&self) -> Wording {
        Wording::Prefixed
    }

    /// Number of the system's error (`errno`), for clients that look at it.
    fn errno(&self) -> Option<i32> {
        None
    }
}

/// How a message is made of an error's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Wording {
    /// The words of the code, then the text: `Domain not found: no domain …`.
    #[default]
    Prefixed,
    /// The text as it is.
    Verbatim,
    /// The words of the code and nothing else.
    CodeOnly,
}

/// Why a call failed, as its caller is told.
#[derive(Debug)]
pub struct Error {
    code: Code,
    origin: Option<Origin>,
    wording: Wording,
    errno: Option<i32>,
    what: What,
}

/// What the message is about.
#[derive(Debug)]
enum What {
    Text {
        text: String,
        source: Option<Box<dyn StdError + Send + Sync>>,
    },
    Typed(Box<dyn StdError + Send + Sync>),
}

impl Error {
    /// An error whose message is the words of `code` followed by `text`.
    pub fn new(code: Code, text: impl Into<String>) -> Self {
        let what = What::Text {
            text: text.into(),
            source: None,
        };
        Self {
            code,
            origin: None,
            wording: Wording::Prefixed,
            errno: None,
            what,
        }
    }

    /// An error whose message is `text` alone.
    pub fn verbatim(code: Code, text: impl Into<String>) -> Self {
        Self {
            wording: Wording::Verbatim,
            ..Self::new(code, text)
        }
    }

    /// An error whose message is the words of `code` alone.
    #[must_use]
    pub fn bare(code: Code) -> Self {
        Self {
            wording: Wording::CodeOnly,
            ..Self::new(code, "")
        }
    }

    /// Says that the error comes from another part than the driver.
    #[must_use]
    pub fn from_origin(mut self, origin: Origin) -> Self {
        self.origin = Some(origin);
        self
    }

    /// Chains what caused the error.
    #[must_use]
    pub fn caused_by(mut self, cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.what = What::Text {
            text: self.what.to_string(),
            source: Some(cause.into()),
        };
        self
    }

    /// The code that clients switch on.
    #[must_use]
    pub fn code(&self) -> Code {
        self.code
    }

    /// The part of the system that the error comes from, where it is not the driver.
    #[must_use]
    pub fn origin(&self) -> Option<Origin> {
        self.origin
    }

    /// The message as clients see it, causes included.
    #[must_use]
    pub fn message(&self) -> String {
        match self.wording {
            Wording::Prefixed => Text::of(self.code).with(&self.details()),
            Wording::Verbatim => self.details(),
            Wording::CodeOnly => Text::of(self.code).alone.to_owned(),
        }
    }

    /// The error as it goes over the wire; `driver` is where errors without an origin come from.
    ///
    /// Like libvirt's, `str1` is the message's pattern, `str2` the details and `int1` the system's
    /// error number or -1.
    #[must_use]
    pub fn to_body(&self, driver: Origin) -> ErrorBody {
        let (str1, str2) = match self.wording {
            Wording::Prefixed => (Text::of(self.code).pattern(), Some(self.details())),
            Wording::Verbatim => ("%s".to_owned(), Some(self.details())),
            Wording::CodeOnly => (Text::of(self.code).alone.to_owned(), None),
        };
        let origin = self.origin.unwrap_or(driver);
        ErrorBody {
            str1: Some(str1),
            str2,
            int1: self.errno.unwrap_or(-1),
            ..ErrorBody::new(self.code, origin, self.message())
        }
    }

    /// The text and the chain of causes, each said once.
    fn details(&self) -> String {
        let mut details = self.what.to_string();
        let mut cause = self.what.source();
        while let Some(error) = cause {
            let text = without_number(error.to_string());
            // Some libraries repeat the source in their own text.
            if !details.ends_with(&text) {
                if !details.is_empty() {
                    details.push_str(": ");
                }
                details.push_str(&text);
            }
            cause = error.source();
        }
        details
    }
}

/// What the kernel says, without its number: the words are those that users know.
fn without_number(mut text: String) -> String {
    if let Some(at) = text.rfind(" (os error ")
        && text.ends_with(')')
    {
        text.truncate(at);
    }
    text
}

impl<E: ToError> From<E> for Error {
    fn from(error: E) -> Self {
        let (code, origin, wording) = (error.code(), error.origin(), error.wording());
        let errno = error.errno();
        Self {
            code,
            origin,
            wording,
            errno,
            what: What::Typed(Box::new(error)),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.wording {
            Wording::CodeOnly => f.write_str(Text::of(self.code).alone),
            Wording::Prefixed => f.write_str(&Text::of(self.code).with(&self.what.to_string())),
            Wording::Verbatim => self.what.fmt(f),
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.what.source()
    }
}

impl What {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Text { source, .. } => source.as_deref().map(|source| source as _),
            Self::Typed(error) => error.source(),
        }
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text { text, .. } => f.write_str(text),
            Self::Typed(error) => error.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    #[derive(Debug, thiserror::Error)]
    enum StartError {
        #[error("no domain with matching name '{0}'")]
        Unknown(String),
        #[error("cannot start domain '{name}'")]
        Monitor { name: String, source: io::Error },
        #[error("title can't contain newlines")]
        Title,
    }

    impl ToError for StartError {
        fn code(&self) -> Code {
            match self {
                Self::Unknown(_) => Code::NoDomain,
                Self::Monitor { .. } => Code::InternalError,
                Self::Title => Code::InvalidArg,
            }
        }
        fn wording(&self) -> Wording {
            match self {
                Self::Title => Wording::Verbatim,
                _ => Wording::Prefixed,
            }
        }
        fn errno(&self) -> Option<i32> {
            match self {
                Self::Monitor { source, .. } => source.raw_os_error(),
                _ => None,
            }
        }
    }

    fn check(error: impl Into<Error>, code: Code, message: &str, str2: Option<&str>) {
        let body = error.into().to_body(Origin::Qemu);
        assert_eq!((body.code, body.origin), (code, Origin::Qemu));
        assert_eq!(body.message.as_deref(), Some(message));
        assert_eq!(body.str2.as_deref(), str2);
    }

    #[test]
    fn the_message_starts_with_the_words_of_the_code() {
        let details = "no domain with matching name 'x'";
        let error = StartError::Unknown("x".into());
        check(
            error,
            Code::NoDomain,
            &format!("Domain not found: {details}"),
            Some(details),
        );
    }

    #[test]
    fn causes_are_joined_once_and_in_order() {
        let source = io::Error::other("pipe broke");
        let error = StartError::Monitor {
            name: "vm".into(),
            source,
        };
        let details = "cannot start domain 'vm': pipe broke";
        check(
            error,
            Code::InternalError,
            &format!("internal error: {details}"),
            Some(details),
        );
    }

    #[test]
    fn some_messages_stand_alone() {
        let text = "title can't contain newlines";
        check(StartError::Title, Code::InvalidArg, text, Some(text));
        check(
            Error::bare(Code::NoName),
            Code::NoName,
            "missing name information",
            None,
        );
    }

    #[test]
    fn the_systems_error_number_travels() {
        let source = io::Error::from_raw_os_error(28);
        let error = Error::from(StartError::Monitor {
            name: "vm".into(),
            source,
        });
        let body = error.to_body(Origin::Qemu);
        assert_eq!(body.int1, 28);
        let words = "internal error: cannot start domain 'vm': No space left on device";
        assert_eq!(body.message.as_deref(), Some(words));
    }

    #[test]
    fn an_origin_of_its_own_stays() {
        let error = Error::new(Code::OperationDenied, "x").from_origin(Origin::Access);
        assert_eq!(error.to_body(Origin::Qemu).origin, Origin::Access);
    }
}

//! Names of objects that are also names of files.

use std::fmt;

use protocol::error::Code;

use crate::error::ToError;

/// The longest name whose temporary and set-aside forms still fit a file system's 255 bytes.
const LENGTH_MAX: usize = 200;

/// A name that is safe as a file's: it cannot leave its directory.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileName(String);

/// Why a name cannot be a file's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileNameError {
    /// There is nothing.
    #[error("the name is empty")]
    Empty,
    /// It would name another directory.
    #[error("name {0} cannot contain '/'")]
    Slash(String),
    /// The directory itself or its parent.
    #[error("the name '{0}' stands for a directory; choose another one")]
    Reserved(String),
    /// Control characters, which no terminal or log shows as they are.
    #[error("the name {0:?} contains a control character; choose another one")]
    Control(String),
    /// File systems end at 255 bytes, and some are needed for suffixes.
    #[error("the name has {0} bytes; use at most {LENGTH_MAX}")]
    TooLong(usize),
}

impl ToError for FileNameError {
    fn code(&self) -> Code {
        match self {
            Self::Empty => Code::NoName,
            Self::Slash(_) | Self::Reserved(_) | Self::Control(_) | Self::TooLong(_) => {
                Code::XmlError
            }
        }
    }
}

impl FileName {
    /// Takes a name that can be a file's.
    pub fn new(name: impl Into<String>) -> Result<Self, FileNameError> {
        let name = name.into();
        match name.as_str() {
            "" => Err(FileNameError::Empty),
            "." | ".." => Err(FileNameError::Reserved(name)),
            text if text.contains('/') => Err(FileNameError::Slash(name)),
            text if text.contains(char::is_control) => Err(FileNameError::Control(name)),
            text if text.len() > LENGTH_MAX => Err(FileNameError::TooLong(text.len())),
            _ => Ok(Self(name)),
        }
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: Result<(), FileNameError>) {
        assert_eq!(FileName::new(name).map(|_| ()), expected, "{name:?}");
    }

    #[test]
    fn a_name_cannot_leave_its_directory() {
        check("fedora 42", Ok(()));
        check("..hidden", Ok(()));
        check("", Err(FileNameError::Empty));
        check("..", Err(FileNameError::Reserved("..".into())));
        check(
            "../../etc/passwd",
            Err(FileNameError::Slash("../../etc/passwd".into())),
        );
        check("a\nb", Err(FileNameError::Control("a\nb".into())));
        check("a\0b", Err(FileNameError::Control("a\0b".into())));
        check(&"n".repeat(201), Err(FileNameError::TooLong(201)));
    }
}

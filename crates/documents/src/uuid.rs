//! UUIDs as documents spell them.

use std::fmt;
use std::str::FromStr;

use xml::{Scalar, Shape, ValueError};

/// A UUID; written in lower case with four dashes.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Uuid(pub [u8; 16]);

/// The text is not a UUID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a UUID has 32 hexadecimal digits, with dashes between bytes if at all")]
pub struct UuidError;

impl Uuid {
    /// Whether all bytes are equal: libvirt refuses such as somebody's placeholder.
    #[must_use]
    pub fn is_placeholder(&self) -> bool {
        self.0.iter().all(|it| Some(it) == self.0.first())
    }
}

/// 32 digits; dashes and white space may stand before any byte, white space at the end (libvirt's
/// `virUUIDParse`).
impl FromStr for Uuid {
    type Err = UuidError;

    fn from_str(text: &str) -> Result<Self, UuidError> {
        let mut digits = text.trim_ascii().bytes();
        let mut bytes = [0; 16];
        for byte in &mut bytes {
            let high = digits.by_ref().find(|it| !matches!(it, b'-' | b' '));
            *byte = digit(high)? << 4 | digit(digits.next())?;
        }
        if digits.next().is_some() {
            return Err(UuidError);
        }
        Ok(Self(bytes))
    }
}

fn digit(it: Option<u8>) -> Result<u8, UuidError> {
    let value = it
        .and_then(|it| char::from(it).to_digit(16))
        .ok_or(UuidError)?;
    u8::try_from(value).map_err(|_| UuidError)
}

impl fmt::Display for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, byte) in self.0.iter().enumerate() {
            if matches!(index, 4 | 6 | 8 | 10) {
                f.write_str("-")?;
            }
            write!(f, "{byte:02x}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Scalar for Uuid {
    const SHAPE: Shape = Shape::Named("UUID");
    fn read(text: &str) -> Result<Self, ValueError> {
        text.parse()
            .map_err(|_| ValueError::Malformed { expected: "a UUID" })
    }
    fn write(&self, out: &mut String) {
        out.push_str(&self.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lenient_spellings_are_taken() {
        let canonical = "c7a5fdbd-edaf-9455-926a-d65c16db1809";
        let texts = [
            canonical,
            "C7A5FDBDEDAF9455926AD65C16DB1809",
            " c7a5fdbd-edaf-9455-926a-d65c16db1809\n",
            "c7a5-fdbd-edaf-9455-926a-d65c-16db-1809",
        ];
        for text in texts {
            assert_eq!(
                text.parse::<Uuid>().map(|it| it.to_string()),
                Ok(canonical.to_owned())
            );
        }
    }

    #[test]
    fn others_are_refused() {
        for text in ["", "c7a5fdbd", "g7a5fdbd-edaf-9455-926a-d65c16db1809", "é"] {
            assert_eq!(text.parse::<Uuid>(), Err(UuidError));
        }
        let long = "c7a5fdbd-edaf-9455-926a-d65c16db18090";
        assert_eq!(long.parse::<Uuid>(), Err(UuidError));
    }
}

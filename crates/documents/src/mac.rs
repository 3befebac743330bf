//! MAC addresses as documents spell them.

use std::fmt::{self, Write as _};
use std::str::FromStr;

use xml::{Scalar, Shape, ValueError};

/// An Ethernet address; written in lower case with colons.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MacAddress(pub [u8; 6]);

/// The text is not a MAC address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a MAC address has six hexadecimal numbers between colons")]
pub struct MacAddressError;

impl MacAddress {
    /// Whether it names a group, not one card.
    #[must_use]
    pub fn is_multicast(&self) -> bool {
        self.0.first().is_some_and(|it| it & 1 == 1)
    }
}

/// Six numbers of one or two hexadecimal digits between colons (libvirt's `virMacAddrParse`).
impl FromStr for MacAddress {
    type Err = MacAddressError;

    fn from_str(text: &str) -> Result<Self, MacAddressError> {
        let mut parts = text.split(':');
        let mut bytes = [0; 6];
        for byte in &mut bytes {
            let part = parts.next().ok_or(MacAddressError)?;
            if part.is_empty() || part.len() > 2 || part.starts_with('+') {
                return Err(MacAddressError);
            }
            *byte = u8::from_str_radix(part, 16).map_err(|_| MacAddressError)?;
        }
        if parts.next().is_some() {
            return Err(MacAddressError);
        }
        Ok(Self(bytes))
    }
}

impl fmt::Display for MacAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // In one piece: hundreds of cards are written with each dump of a large host.
        let mut text = [b':'; 17];
        for (place, byte) in text.chunks_mut(3).zip(self.0) {
            if let [high, low, ..] = place {
                *high = digit(byte >> 4);
                *low = digit(byte & 0xf);
            }
        }
        f.write_str(str::from_utf8(&text).unwrap_or_default())
    }
}

/// The hexadecimal digit of a number below 16.
fn digit(number: u8) -> u8 {
    match number {
        0..10 => b'0' + number,
        _ => b'a' + number - 10,
    }
}

impl fmt::Debug for MacAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Scalar for MacAddress {
    const SHAPE: Shape = Shape::Named("MAC address");
    fn read(text: &str) -> Result<Self, ValueError> {
        text.parse().map_err(|_| ValueError::Malformed {
            expected: "a MAC address",
        })
    }
    fn write(&self, out: &mut String) {
        let _ = write!(out, "{self}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lenient_spellings_are_taken_and_others_refused() {
        let parse = |text: &str| text.parse::<MacAddress>().map(|it| it.to_string());
        assert_eq!(parse("52:54:0:AB:cd:1"), Ok("52:54:00:ab:cd:01".to_owned()));
        for text in [
            "",
            "52:54:00:ab:cd",
            "52:54:00:ab:cd:01:02",
            "52-54-00-ab-cd-01",
            "52:54:00:ab:cd:001",
        ] {
            assert_eq!(parse(text), Err(MacAddressError));
        }
    }
}

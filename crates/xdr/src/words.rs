//! C's `char`, `unsigned char` and `unsigned short`: each in a word of its own.
//!
//! A `char` is signed on some machines and not on others, so its upper bits follow the machine
//! of the sender. Both forms are taken; the signed one is sent, as on x86.

use std::fmt;

use crate::{
    Array, Bounded, DecodeError, Decoder, EncodeError, Encoder, Fault, Max, Shape, Wire, Xdr,
};

impl Xdr for u8 {
    const SHAPE: Shape = Shape::single(Wire::UnsignedChar);

    fn encode(&self, out: &mut Encoder) -> Result<(), EncodeError> {
        out.word(u32::from(*self));
        Ok(())
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let word = input.word()?;
        Self::try_from(word).map_err(|_| {
            input.fault(Fault::OutOfRange {
                wire: "unsigned char",
                value: word.into(),
            })
        })
    }
}

impl Xdr for u16 {
    const SHAPE: Shape = Shape::single(Wire::UnsignedShort);

    fn encode(&self, out: &mut Encoder) -> Result<(), EncodeError> {
        out.word(u32::from(*self));
        Ok(())
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let word = input.word()?;
        Self::try_from(word).map_err(|_| {
            input.fault(Fault::OutOfRange {
                wire: "unsigned short",
                value: word.into(),
            })
        })
    }
}

impl Xdr for i8 {
    const SHAPE: Shape = Shape::single(Wire::Char);

    fn encode(&self, out: &mut Encoder) -> Result<(), EncodeError> {
        put_char(self.cast_unsigned(), out);
        Ok(())
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Ok(get_char(input)?.cast_signed())
    }
}

fn put_char(byte: u8, out: &mut Encoder) {
    out.word(i32::from(byte.cast_signed()).cast_unsigned());
}

fn get_char(input: &mut Decoder<'_>) -> Result<u8, DecodeError> {
    let value = input.word()?.cast_signed();
    if let Ok(byte) = u8::try_from(value) {
        return Ok(byte);
    }
    match i8::try_from(value) {
        Ok(byte) => Ok(byte.cast_unsigned()),
        Err(_) => Err(input.fault(Fault::OutOfRange {
            wire: "char",
            value: value.into(),
        })),
    }
}

/// A variable array of `char`: bytes that take a word each. Formatting shows only the length,
/// because the content may be a credential.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Chars(pub Vec<u8>);

impl Chars {
    /// The text up to the first zero byte, or to the end when there is none.
    #[must_use]
    pub fn to_text(&self) -> std::borrow::Cow<'_, str> {
        text_of(&self.0)
    }
}

impl From<Vec<u8>> for Chars {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl fmt::Debug for Chars {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Chars({} bytes)", self.0.len())
    }
}

impl Bounded for Chars {
    const SHAPE: Shape = Shape::single(Wire::Char).array(Array::Variable(u32::MAX));

    fn encode_bounded(&self, out: &mut Encoder, max: Max) -> Result<(), EncodeError> {
        out.word(max.check_items(self.0.len())?);
        for byte in &self.0 {
            put_char(*byte, out);
        }
        Ok(())
    }

    fn decode_bounded(input: &mut Decoder<'_>, max: Max) -> Result<Self, DecodeError> {
        let count = input.count(max.items, 4)?;
        let mut bytes = Vec::with_capacity(count as usize);
        for _ in 0..count {
            bytes.push(get_char(input)?);
        }
        Ok(Self(bytes))
    }
}

/// A fixed array of `char`, a word each; text is ended by a zero byte unless it fills the array.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct CharArray<const N: usize>(pub [u8; N]);

impl<const N: usize> CharArray<N> {
    /// The text, cut (at a character's boundary) so that a zero byte still follows.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        let mut bytes = [0; N];
        let end = text.floor_char_boundary(N.saturating_sub(1));
        for (to, from) in bytes.iter_mut().zip(text.bytes().take(end)) {
            *to = from;
        }
        Self(bytes)
    }

    /// The text up to the first zero byte.
    #[must_use]
    pub fn to_text(&self) -> std::borrow::Cow<'_, str> {
        text_of(&self.0)
    }
}

fn text_of(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    let text = bytes.split(|byte| *byte == 0).next().unwrap_or_default();
    String::from_utf8_lossy(text)
}

impl<const N: usize> fmt::Debug for CharArray<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.to_text())
    }
}

impl<const N: usize> Xdr for CharArray<N> {
    #[allow(
        clippy::cast_possible_truncation,
        reason = "no declaration has 4 Gi items"
    )]
    const SHAPE: Shape = Shape::single(Wire::Char).array(Array::Fixed(N as u32));

    fn encode(&self, out: &mut Encoder) -> Result<(), EncodeError> {
        for byte in self.0 {
            put_char(byte, out);
        }
        Ok(())
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let mut bytes = [0; N];
        for byte in &mut bytes {
            *byte = get_char(input)?;
        }
        Ok(Self(bytes))
    }
}

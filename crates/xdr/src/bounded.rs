//! Values with a limit of their own: text, opaque data, arrays.

use std::{fmt, ops::Deref};

use crate::{Array, DecodeError, Decoder, EncodeError, Encoder, Fault, Shape, Wire, Xdr};

/// The limits of one member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Max {
    /// Items of an array; bytes of opaque data.
    pub items: u32,
    /// Bytes of one string.
    pub text: u32,
}

impl Max {
    pub(crate) fn check_items(self, length: usize) -> Result<u32, EncodeError> {
        check(length, self.items)
    }
}

fn check(length: usize, max: u32) -> Result<u32, EncodeError> {
    match u32::try_from(length) {
        Ok(count) if count <= max => Ok(count),
        _ => Err(EncodeError::new(Fault::TooLong {
            length: length as u64,
            max,
        })),
    }
}

/// A type whose declaration must give a limit.
pub trait Bounded: Sized {
    /// What the type looks like; [`Shape::limited`] puts the limits in.
    const SHAPE: Shape;

    /// Appends the value.
    ///
    /// # Errors
    /// When the value exceeds the limit or breaks another rule.
    fn encode_bounded(&self, out: &mut Encoder, max: Max) -> Result<(), EncodeError>;

    /// Takes one value off the front of the input.
    ///
    /// # Errors
    /// When the input ends early, exceeds the limit or breaks another rule.
    fn decode_bounded(input: &mut Decoder<'_>, max: Max) -> Result<Self, DecodeError>;
}

impl Bounded for String {
    const SHAPE: Shape = Shape::single(Wire::Text);

    fn encode_bounded(&self, out: &mut Encoder, max: Max) -> Result<(), EncodeError> {
        let length = check(self.len(), max.text)?;
        if self.as_bytes().contains(&0) {
            return Err(EncodeError::new(Fault::ZeroByte));
        }
        out.word(length);
        out.bytes(self.as_bytes());
        Ok(())
    }

    fn decode_bounded(input: &mut Decoder<'_>, max: Max) -> Result<Self, DecodeError> {
        let length = input.count(max.text, 1)?;
        let start = input.clone();
        let bytes = input.bytes(length as usize)?;
        if bytes.contains(&0) {
            return Err(start.fault(Fault::ZeroByte));
        }
        match str::from_utf8(bytes) {
            Ok(text) => Ok(text.to_owned()),
            Err(_) => Err(start.fault(Fault::NotUtf8)),
        }
    }
}

/// Packed bytes of variable length. Formatting shows only the length, because the content may
/// be a secret.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Opaque(pub Vec<u8>);

impl From<Vec<u8>> for Opaque {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl From<Opaque> for Vec<u8> {
    fn from(opaque: Opaque) -> Self {
        opaque.0
    }
}

impl Deref for Opaque {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Opaque {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Opaque({} bytes)", self.0.len())
    }
}

impl Bounded for Opaque {
    const SHAPE: Shape = Shape::single(Wire::Opaque).array(Array::Variable(u32::MAX));

    fn encode_bounded(&self, out: &mut Encoder, max: Max) -> Result<(), EncodeError> {
        out.word(max.check_items(self.0.len())?);
        out.bytes(&self.0);
        Ok(())
    }

    fn decode_bounded(input: &mut Decoder<'_>, max: Max) -> Result<Self, DecodeError> {
        let length = input.count(max.items, 1)?;
        Ok(Self(input.bytes(length as usize)?.to_vec()))
    }
}

impl<T: Xdr> Bounded for Vec<T> {
    const SHAPE: Shape = T::SHAPE.array(Array::Variable(u32::MAX));

    fn encode_bounded(&self, out: &mut Encoder, max: Max) -> Result<(), EncodeError> {
        out.word(max.check_items(self.len())?);
        for (index, item) in (0..).zip(self) {
            item.encode(out).map_err(|error| error.at_index(index))?;
        }
        Ok(())
    }

    fn decode_bounded(input: &mut Decoder<'_>, max: Max) -> Result<Self, DecodeError> {
        let count = input.count(max.items, const { T::SHAPE.min_size() })?;
        input.nested(|input| {
            let mut items = Self::with_capacity(count as usize);
            for index in 0..count {
                items.push(T::decode(input).map_err(|error| error.at_index(index))?);
            }
            Ok(items)
        })
    }
}

impl Bounded for Vec<String> {
    const SHAPE: Shape = <String as Bounded>::SHAPE.array(Array::Variable(u32::MAX));

    fn encode_bounded(&self, out: &mut Encoder, max: Max) -> Result<(), EncodeError> {
        out.word(max.check_items(self.len())?);
        for (index, item) in (0..).zip(self) {
            item.encode_bounded(out, max)
                .map_err(|error| error.at_index(index))?;
        }
        Ok(())
    }

    fn decode_bounded(input: &mut Decoder<'_>, max: Max) -> Result<Self, DecodeError> {
        let count = input.count(max.items, 4)?;
        let mut items = Self::with_capacity(count as usize);
        for index in 0..count {
            let item = String::decode_bounded(input, max);
            items.push(item.map_err(|error| error.at_index(index))?);
        }
        Ok(items)
    }
}

impl<T: Bounded> Bounded for Option<T> {
    const SHAPE: Shape = T::SHAPE.optional();

    fn encode_bounded(&self, out: &mut Encoder, max: Max) -> Result<(), EncodeError> {
        self.is_some().encode(out)?;
        match self {
            Some(value) => value.encode_bounded(out, max),
            None => Ok(()),
        }
    }

    fn decode_bounded(input: &mut Decoder<'_>, max: Max) -> Result<Self, DecodeError> {
        match bool::decode(input)? {
            true => input
                .nested(|input| T::decode_bounded(input, max))
                .map(Some),
            false => Ok(None),
        }
    }
}

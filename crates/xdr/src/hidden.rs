//! Values that must not appear in a log.

use std::fmt;

use crate::{Bounded, DecodeError, Decoder, EncodeError, Encoder, Max, Shape};

/// A value that formatting does not show, as a password. On the wire it is the value itself.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Hidden<T>(pub T);

impl<T> fmt::Debug for Hidden<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hidden")
    }
}

impl<T> From<T> for Hidden<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T: Bounded> Bounded for Hidden<T> {
    const SHAPE: Shape = T::SHAPE;

    fn encode_bounded(&self, out: &mut Encoder, max: Max) -> Result<(), EncodeError> {
        self.0.encode_bounded(out, max)
    }

    fn decode_bounded(input: &mut Decoder<'_>, max: Max) -> Result<Self, DecodeError> {
        T::decode_bounded(input, max).map(Self)
    }
}

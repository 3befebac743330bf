//! Optional values and fixed arrays of bytes.

use crate::{Array, DecodeError, Decoder, EncodeError, Encoder, Shape, Wire, Xdr};

impl<T: Xdr> Xdr for Option<T> {
    const SHAPE: Shape = T::SHAPE.optional();

    fn encode(&self, out: &mut Encoder) -> Result<(), EncodeError> {
        self.is_some().encode(out)?;
        match self {
            Some(value) => value.encode(out),
            None => Ok(()),
        }
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        match bool::decode(input)? {
            true => input.nested(T::decode).map(Some),
            false => Ok(None),
        }
    }
}

/// Packed bytes of fixed length.
impl<const N: usize> Xdr for [u8; N] {
    #[allow(
        clippy::cast_possible_truncation,
        reason = "no declaration has 4 Gi items"
    )]
    const SHAPE: Shape = Shape::single(Wire::Opaque).array(Array::Fixed(N as u32));

    fn encode(&self, out: &mut Encoder) -> Result<(), EncodeError> {
        out.bytes(self);
        Ok(())
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let mut array = [0; N];
        array.copy_from_slice(input.bytes(N)?);
        Ok(array)
    }
}

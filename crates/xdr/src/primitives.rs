//! Integers, floating point, booleans and nothing.

use crate::{DecodeError, Decoder, EncodeError, Encoder, Fault, Shape, Wire, Xdr};

impl Xdr for () {
    const SHAPE: Shape = Shape::single(Wire::Void);

    fn encode(&self, _: &mut Encoder) -> Result<(), EncodeError> {
        Ok(())
    }

    fn decode(_: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Ok(())
    }
}

impl Xdr for u32 {
    const SHAPE: Shape = Shape::single(Wire::UnsignedInt);

    #[inline]
    fn encode(&self, out: &mut Encoder) -> Result<(), EncodeError> {
        out.word(*self);
        Ok(())
    }

    #[inline]
    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        input.word()
    }
}

impl Xdr for i32 {
    const SHAPE: Shape = Shape::single(Wire::Int);

    #[inline]
    fn encode(&self, out: &mut Encoder) -> Result<(), EncodeError> {
        out.word(self.cast_unsigned());
        Ok(())
    }

    #[inline]
    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Ok(input.word()?.cast_signed())
    }
}

impl Xdr for u64 {
    const SHAPE: Shape = Shape::single(Wire::UnsignedHyper);

    #[inline]
    fn encode(&self, out: &mut Encoder) -> Result<(), EncodeError> {
        out.double_word(*self);
        Ok(())
    }

    #[inline]
    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        input.double_word()
    }
}

impl Xdr for i64 {
    const SHAPE: Shape = Shape::single(Wire::Hyper);

    #[inline]
    fn encode(&self, out: &mut Encoder) -> Result<(), EncodeError> {
        out.double_word(self.cast_unsigned());
        Ok(())
    }

    #[inline]
    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Ok(input.double_word()?.cast_signed())
    }
}

impl Xdr for f64 {
    const SHAPE: Shape = Shape::single(Wire::Double);

    fn encode(&self, out: &mut Encoder) -> Result<(), EncodeError> {
        out.double_word(self.to_bits());
        Ok(())
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Ok(Self::from_bits(input.double_word()?))
    }
}

impl Xdr for bool {
    const SHAPE: Shape = Shape::single(Wire::Bool);

    #[inline]
    fn encode(&self, out: &mut Encoder) -> Result<(), EncodeError> {
        out.word(u32::from(*self));
        Ok(())
    }

    #[inline]
    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        match input.word()? {
            0 => Ok(false),
            1 => Ok(true),
            value => Err(input.fault(Fault::NotBoolean { value })),
        }
    }
}

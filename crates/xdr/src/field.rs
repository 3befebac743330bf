//! One member of a structure: what the derive calls, so that its own output stays small.

use crate::{Bounded, DecodeError, Decoder, EncodeError, Encoder, Max, Xdr};

/// Takes a member off the input; an error learns the member's name.
///
/// # Errors
/// As [`Xdr::decode`].
pub fn get<T: Xdr>(input: &mut Decoder<'_>, name: &'static str) -> Result<T, DecodeError> {
    match T::decode(input) {
        Ok(value) => Ok(value),
        Err(error) => Err(error.in_field(name)),
    }
}

/// As [`get`], for a member with a limit.
///
/// # Errors
/// As [`Bounded::decode_bounded`].
pub fn get_bounded<T: Bounded>(
    input: &mut Decoder<'_>,
    name: &'static str,
    max: Max,
) -> Result<T, DecodeError> {
    match T::decode_bounded(input, max) {
        Ok(value) => Ok(value),
        Err(error) => Err(error.in_field(name)),
    }
}

/// Appends a member; an error learns the member's name.
///
/// # Errors
/// As [`Xdr::encode`].
pub fn put<T: Xdr>(value: &T, out: &mut Encoder, name: &'static str) -> Result<(), EncodeError> {
    match value.encode(out) {
        Ok(()) => Ok(()),
        Err(error) => Err(error.in_field(name)),
    }
}

/// As [`put`], for a member with a limit.
///
/// # Errors
/// As [`Bounded::encode_bounded`].
pub fn put_bounded<T: Bounded>(
    value: &T,
    out: &mut Encoder,
    name: &'static str,
    max: Max,
) -> Result<(), EncodeError> {
    match value.encode_bounded(out, max) {
        Ok(()) => Ok(()),
        Err(error) => Err(error.in_field(name)),
    }
}

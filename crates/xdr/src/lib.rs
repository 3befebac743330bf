//! The XDR codec (RFC 4506): bounded decoding with named errors.
//!
//! A type that travels implements [`Xdr`], nearly always by `#[derive(Xdr)]`. Nothing is
//! allocated before its length has been held against two bounds: the limit that the
//! declaration gives, and the bytes that are really there. Every error names the field by its
//! path, the rule that was broken and the byte where it happened.
//!
//! ```
//! use xdr::{Opaque, Xdr};
//!
//! mod limits {
//!     /// What a string may hold when its field says nothing else.
//!     pub const STRING_MAX: u32 = 1024;
//! }
//!
//! #[derive(Debug, PartialEq, Xdr)]
//! struct Greeting {
//!     name: String,
//!     nick: Option<String>,
//!     #[xdr(max = 8)]
//!     badge: Opaque,
//! }
//!
//! fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let sent = Greeting { name: "ada".into(), nick: None, badge: vec![1, 2, 3].into() };
//!     let bytes = xdr::to_bytes(&sent)?;
//!     assert_eq!(bytes.len(), 4 + 4 + 4 + 4 + 4);
//!     assert_eq!(xdr::from_bytes::<Greeting>(&bytes)?, sent);
//!     Ok(())
//! }
//! ```
//!
//! The crate knows no procedure and does no input or output.

mod bounded;
mod containers;
mod decoder;
mod encoder;
mod error;
mod field;
mod hidden;
mod primitives;
mod shape;
#[cfg(test)]
mod tests;
mod words;

pub use bounded::{Bounded, Max, Opaque};
pub use decoder::Decoder;
pub use encoder::Encoder;
pub use error::{DecodeError, EncodeError, Fault};
pub use field::{get, get_bounded, put, put_bounded};
pub use hidden::Hidden;
pub use shape::{Array, Case, Field, Shape, Wire};
pub use words::{CharArray, Chars};
pub use xdr_derive::Xdr;

/// A type with one XDR representation.
pub trait Xdr: Sized {
    /// What the type looks like on the wire; for tests and documentation, free at run time.
    const SHAPE: Shape;

    /// Appends the value.
    ///
    /// # Errors
    /// When the value breaks a limit of its declaration.
    fn encode(&self, out: &mut Encoder) -> Result<(), EncodeError>;

    /// Takes one value off the front of the input.
    ///
    /// # Errors
    /// When the input ends early or breaks a rule of the declaration.
    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError>;
}

/// The bytes of one value.
///
/// # Errors
/// When the value breaks a limit of its declaration.
pub fn to_bytes<T: Xdr>(value: &T) -> Result<Vec<u8>, EncodeError> {
    let mut out = Encoder::new();
    value.encode(&mut out)?;
    Ok(out.into_vec())
}

/// The value that `bytes` hold, and nothing beside it.
///
/// # Errors
/// As [`Xdr::decode`], and when bytes are left over.
pub fn from_bytes<T: Xdr>(bytes: &[u8]) -> Result<T, DecodeError> {
    let mut input = Decoder::new(bytes);
    let value = T::decode(&mut input)?;
    input.finish()?;
    Ok(value)
}

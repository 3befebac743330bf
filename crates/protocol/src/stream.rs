//! What travels on a stream beside data.

use xdr::Xdr;

/// A hole in a stream's data. Only when the call that opened it set its sparse flag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Xdr)]
pub struct StreamHole {
    /// Bytes that are not there and read as zero.
    pub length: i64,
    /// None are defined.
    pub flags: u32,
}

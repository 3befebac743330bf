//! Packets: `length | header | [count of descriptors] | payload`. No input or output here.
//!
//! The length is a 32-bit word and counts itself. Descriptors travel beside the bytes, one for
//! each that is counted; moving them is the transport's matter.

mod framer;
#[cfg(test)]
mod tests;

use bytes::Bytes;
use xdr::{DecodeError, Decoder, EncodeError, Encoder, Xdr};

pub use framer::Framer;

use crate::header::Header;

/// The shortest packet: a length and a header.
pub const LENGTH_MIN: u32 = 28;
/// The longest packet, its length word included.
pub const LENGTH_MAX: u32 = 33_554_436;
/// The most descriptors with one packet.
pub const FDS_MAX: u32 = 32;
/// The most bytes that a daemon puts into one packet of a stream.
pub const STREAM_CHUNK_MAX: usize = 262_120;

/// One packet, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packet {
    /// What it is about.
    pub header: Header,
    /// How many descriptors go with it; 0 unless the header's kind carries them.
    pub fd_count: u32,
    /// Arguments, result, error, or a stream's data.
    pub payload: Bytes,
}

/// A packet that breaks the framing. The connection cannot go on: its next packet is lost.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FrameError {
    /// The length leaves no room for a header.
    #[error("packet of {length} bytes is shorter than its header ({LENGTH_MIN} bytes)")]
    TooShort {
        /// The length claimed.
        length: u32,
    },
    /// The length exceeds the limit.
    #[error("packet of {length} bytes exceeds the limit of {LENGTH_MAX}")]
    TooLong {
        /// The length claimed.
        length: u64,
    },
    /// The header cannot be read.
    #[error("packet header is malformed")]
    Header(#[source] DecodeError),
    /// Kind and status do not go together.
    #[error("a packet of kind {:?} cannot have status {:?}", header.kind, header.status)]
    Combination {
        /// The header.
        header: Header,
    },
    /// More descriptors than allowed.
    #[error("{count} descriptors with one packet exceed the limit of {FDS_MAX}")]
    TooManyFds {
        /// The count claimed.
        count: u32,
    },
    /// Descriptors with a packet whose kind carries none.
    #[error("a packet of kind {:?} carries no descriptors", header.kind)]
    UnexpectedFds {
        /// The header.
        header: Header,
    },
    /// The packet ends inside the count of its descriptors.
    #[error("packet ends before the count of its descriptors")]
    NoFdCount,
    /// The payload breaks a limit of its declaration.
    #[error("payload cannot be encoded")]
    Payload(#[source] EncodeError),
}

impl Packet {
    /// A packet without descriptors.
    #[must_use]
    pub fn new(header: Header, payload: Bytes) -> Self {
        Self {
            header,
            fd_count: 0,
            payload,
        }
    }

    /// The bytes of this packet.
    ///
    /// # Errors
    /// When it breaks a limit of the framing.
    pub fn encode(&self) -> Result<Bytes, FrameError> {
        frame(&self.header, self.fd_count, self.payload.len(), |out| {
            let mut buffer = std::mem::take(out).into_vec();
            buffer.extend_from_slice(&self.payload);
            *out = Encoder::append_to(buffer);
            Ok(())
        })
    }

    /// Reads a packet without its length word.
    pub(crate) fn parse(mut body: Bytes) -> Result<Self, FrameError> {
        let mut input = Decoder::new(&body);
        let header = Header::decode(&mut input).map_err(FrameError::Header)?;
        if !header.is_legal() {
            return Err(FrameError::Combination { header });
        }
        let fd_count = match header.kind.carries_fds() {
            true => input.word().map_err(|_| FrameError::NoFdCount)?,
            false => 0,
        };
        if fd_count > FDS_MAX {
            return Err(FrameError::TooManyFds { count: fd_count });
        }
        let payload = body.split_off(input.offset());
        Ok(Self {
            header,
            fd_count,
            payload,
        })
    }
}

/// The bytes of a packet with `value` as payload, written into one buffer.
///
/// # Errors
/// When value or packet break a limit.
pub fn encode<T: Xdr>(header: &Header, fd_count: u32, value: &T) -> Result<Bytes, FrameError> {
    frame(header, fd_count, 100, |out| value.encode(out))
}

fn frame(
    header: &Header,
    fd_count: u32,
    payload_size: usize,
    payload: impl FnOnce(&mut Encoder) -> Result<(), EncodeError>,
) -> Result<Bytes, FrameError> {
    check(header, fd_count)?;
    let mut out = Encoder::append_to(Vec::with_capacity(LENGTH_MIN as usize + 4 + payload_size));
    out.word(0);
    header.encode(&mut out).map_err(FrameError::Payload)?;
    if header.kind.carries_fds() {
        out.word(fd_count);
    }
    payload(&mut out).map_err(FrameError::Payload)?;
    let mut buffer = out.into_vec();
    let too_long = FrameError::TooLong {
        length: buffer.len() as u64,
    };
    let length = u32::try_from(buffer.len())
        .ok()
        .filter(|length| *length <= LENGTH_MAX);
    let word = length.ok_or(too_long)?.to_be_bytes();
    if let Some(place) = buffer.first_chunk_mut::<4>() {
        *place = word;
    }
    Ok(buffer.into())
}

fn check(header: &Header, fd_count: u32) -> Result<(), FrameError> {
    if !header.is_legal() {
        return Err(FrameError::Combination { header: *header });
    }
    if fd_count > FDS_MAX {
        return Err(FrameError::TooManyFds { count: fd_count });
    }
    if fd_count > 0 && !header.kind.carries_fds() {
        return Err(FrameError::UnexpectedFds { header: *header });
    }
    Ok(())
}

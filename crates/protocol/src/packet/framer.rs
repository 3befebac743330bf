//! Cutting a stream of bytes into packets.

use bytes::{Buf, BytesMut};

use super::{FrameError, LENGTH_MAX, LENGTH_MIN, Packet};

/// Is fed bytes as they come and yields packets as they are complete.
///
/// After an error it yields nothing but that error: where the next packet starts is not known.
#[derive(Debug, Default)]
pub struct Framer {
    buffer: BytesMut,
    broken: Option<FrameError>,
}

impl Framer {
    /// Waits for the first byte of a packet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes bytes that came in.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    /// Where to read into directly. Call [`Framer::next_packet`] after each read, until it
    /// yields nothing: it checks a packet's length before room for the rest is made.
    pub fn buffer(&mut self) -> &mut BytesMut {
        &mut self.buffer
    }

    /// How many more bytes the packet at the front needs, as far as is known; at least 1 when
    /// [`Framer::next_packet`] yields nothing.
    #[must_use]
    pub fn missing(&self) -> usize {
        let needed = match self.buffer.first_chunk::<4>() {
            Some(word) => u32::from_be_bytes(*word).clamp(LENGTH_MIN, LENGTH_MAX) as usize,
            None => LENGTH_MIN as usize,
        };
        needed.saturating_sub(self.buffer.len())
    }

    /// Whether the input may end here: no packet has begun.
    #[must_use]
    pub fn is_between_packets(&self) -> bool {
        self.buffer.is_empty()
    }

    /// The next packet that is there whole.
    ///
    /// # Errors
    /// When the bytes are no packet; then again at each call.
    pub fn next_packet(&mut self) -> Result<Option<Packet>, FrameError> {
        if let Some(error) = &self.broken {
            return Err(error.clone());
        }
        let taken = self.take();
        if let Err(error) = &taken {
            self.broken = Some(error.clone());
        }
        taken
    }

    fn take(&mut self) -> Result<Option<Packet>, FrameError> {
        let Some(word) = self.buffer.first_chunk::<4>() else {
            return Ok(None);
        };
        let length = u32::from_be_bytes(*word);
        if length < LENGTH_MIN {
            return Err(FrameError::TooShort { length });
        }
        if length > LENGTH_MAX {
            return Err(FrameError::TooLong {
                length: length.into(),
            });
        }
        if self.buffer.len() < length as usize {
            return Ok(None);
        }
        let mut packet = self.buffer.split_to(length as usize);
        packet.advance(4);
        Packet::parse(packet.freeze()).map(Some)
    }
}

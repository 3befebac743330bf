//! Appending words and byte runs to a buffer.

/// A message being written.
#[derive(Debug, Clone, Default)]
pub struct Encoder {
    out: Vec<u8>,
}

impl Encoder {
    /// An empty message.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Goes on behind what `buffer` already holds, so that a frame and its payload share one.
    #[must_use]
    pub fn append_to(buffer: Vec<u8>) -> Self {
        Self { out: buffer }
    }

    /// What was written, behind what the buffer held at first.
    #[must_use]
    pub fn into_vec(self) -> Vec<u8> {
        self.out
    }

    /// Bytes in the buffer.
    #[must_use]
    pub fn len(&self) -> usize {
        self.out.len()
    }

    /// Whether nothing is in the buffer.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.out.is_empty()
    }

    /// One 4-byte word.
    #[inline]
    pub fn word(&mut self, value: u32) {
        self.out.extend_from_slice(&value.to_be_bytes());
    }

    /// One 8-byte double word.
    #[inline]
    pub fn double_word(&mut self, value: u64) {
        self.out.extend_from_slice(&value.to_be_bytes());
    }

    /// Packed bytes, padded with zeros to the next word.
    pub fn bytes(&mut self, bytes: &[u8]) {
        const ZEROS: [u8; 3] = [0; 3];
        self.out.extend_from_slice(bytes);
        let padding = bytes.len().wrapping_neg() & 3;
        self.out.extend(ZEROS.iter().take(padding));
    }
}

//! Reading words and byte runs off a slice, never past its end.

use crate::{DecodeError, Fault};

/// How deep values may be nested. The deepest type of the protocol takes 4 levels.
const DEPTH_MAX: u32 = 32;

/// A message being read.
#[derive(Debug, Clone)]
pub struct Decoder<'a> {
    rest: &'a [u8],
    length: usize,
    depth: u32,
}

impl<'a> Decoder<'a> {
    /// Reads from the first byte of `message`.
    #[must_use]
    pub fn new(message: &'a [u8]) -> Self {
        Self {
            rest: message,
            length: message.len(),
            depth: 0,
        }
    }

    /// Bytes not read yet.
    #[must_use]
    pub fn remaining(&self) -> usize {
        self.rest.len()
    }

    /// Bytes read so far.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.length - self.rest.len()
    }

    /// One 4-byte word.
    ///
    /// # Errors
    /// When fewer than 4 bytes are left.
    #[inline]
    pub fn word(&mut self) -> Result<u32, DecodeError> {
        match self.rest.split_first_chunk::<4>() {
            Some((word, rest)) => {
                self.rest = rest;
                Ok(u32::from_be_bytes(*word))
            }
            None => Err(self.truncated(4)),
        }
    }

    /// One 8-byte double word.
    ///
    /// # Errors
    /// When fewer than 8 bytes are left.
    #[inline]
    pub fn double_word(&mut self) -> Result<u64, DecodeError> {
        match self.rest.split_first_chunk::<8>() {
            Some((word, rest)) => {
                self.rest = rest;
                Ok(u64::from_be_bytes(*word))
            }
            None => Err(self.truncated(8)),
        }
    }

    /// `count` packed bytes and the padding up to the next word, whose content is ignored as
    /// every peer does.
    ///
    /// # Errors
    /// When fewer bytes are left.
    pub fn bytes(&mut self, count: usize) -> Result<&'a [u8], DecodeError> {
        let padding = count.wrapping_neg() & 3;
        let taken = self.rest.split_at_checked(count).and_then(|(bytes, rest)| {
            let (_, rest) = rest.split_at_checked(padding)?;
            Some((bytes, rest))
        });
        match taken {
            Some((bytes, rest)) => {
                self.rest = rest;
                Ok(bytes)
            }
            None => Err(self.truncated(count.saturating_add(padding))),
        }
    }

    /// A count of items, each at least `item_size` bytes: within `max`, and with so many bytes
    /// really there. Call it before making room for them.
    ///
    /// # Errors
    /// When the count breaks either bound.
    pub fn count(&mut self, max: u32, item_size: usize) -> Result<u32, DecodeError> {
        let count = self.word()?;
        if count > max {
            return Err(self.fault(Fault::TooLong {
                length: count.into(),
                max,
            }));
        }
        let needed = (count as usize).saturating_mul(item_size);
        if needed > self.rest.len() {
            return Err(self.truncated(needed));
        }
        Ok(count)
    }

    /// Reads what `inner` reads, one level deeper.
    ///
    /// # Errors
    /// When the message is nested too deep, or as `inner` says.
    pub fn nested<T>(
        &mut self,
        inner: impl FnOnce(&mut Self) -> Result<T, DecodeError>,
    ) -> Result<T, DecodeError> {
        if self.depth == DEPTH_MAX {
            return Err(self.fault(Fault::TooDeep { max: DEPTH_MAX }));
        }
        self.depth += 1;
        let value = inner(self);
        self.depth -= 1;
        value
    }

    /// The message must end here.
    ///
    /// # Errors
    /// When bytes are left.
    pub fn finish(self) -> Result<(), DecodeError> {
        match self.rest.len() {
            0 => Ok(()),
            count => Err(self.fault(Fault::Trailing { count })),
        }
    }

    /// An error at this byte.
    #[cold]
    #[must_use]
    pub fn fault(&self, fault: Fault) -> DecodeError {
        DecodeError::new(fault, self.offset())
    }

    #[cold]
    fn truncated(&self, needed: usize) -> DecodeError {
        self.fault(Fault::Truncated {
            needed,
            remaining: self.rest.len(),
        })
    }
}

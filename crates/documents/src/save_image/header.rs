//! The fixed part of a save image: what it says is held against bounds before it is believed.

use super::SaveImageError;

/// Bytes of the header.
pub const HEADER_LENGTH: usize = 92;
/// The most bytes that the documents are believed to have: two of the longest that the wire carries,
/// and room.
pub(super) const ROOM_LIMIT: u32 = 16 << 20;

const COMPLETE: &[u8; 16] = b"LibvirtQemudSave";
const INCOMPLETE: &[u8; 16] = b"LibvirtQemudPart";
/// The version that is written.
const VERSION: u32 = 2;

/// The header of a save image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// Whether the memory behind it is complete.
    pub complete: bool,
    /// Whether the guest ran.
    pub was_running: bool,
    /// The memory's form.
    pub format: SaveFormat,
    /// Bytes of the documents with the room behind them.
    pub(super) room: u32,
    /// Where the cookie begins among the documents; 0 for none.
    pub(super) cookie_offset: u32,
}

/// The form of a saved domain's memory: as QEMU sends it, or through a program.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum SaveFormat {
    /// As QEMU sends it.
    #[default]
    Raw,
    /// Compressed by `gzip`.
    Gzip,
    /// Compressed by `bzip2`.
    Bzip2,
    /// Compressed by `xz`.
    Xz,
    /// Compressed by `lzop`.
    Lzop,
    /// Compressed by `zstd`.
    Zstd,
    /// Each page at its own place in the file, as QEMU's `mapped-ram` has it.
    Sparse,
}

impl SaveFormat {
    /// All of them, in the order of their numbers.
    pub const ALL: [Self; 7] = [
        Self::Raw,
        Self::Gzip,
        Self::Bzip2,
        Self::Xz,
        Self::Lzop,
        Self::Zstd,
        Self::Sparse,
    ];

    /// Its name in `qemu.conf`: that of the program, where one compresses.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Raw => "raw",
            Self::Gzip => "gzip",
            Self::Bzip2 => "bzip2",
            Self::Xz => "xz",
            Self::Lzop => "lzop",
            Self::Zstd => "zstd",
            Self::Sparse => "sparse",
        }
    }

    /// The form of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// The form of that number in a header.
    fn from_number(number: u32) -> Option<Self> {
        let index = usize::try_from(number).ok()?;
        Self::ALL.get(index).copied()
    }

    /// Its number in a header.
    fn number(self) -> u32 {
        let index = Self::ALL.iter().position(|it| *it == self);
        index.and_then(|it| u32::try_from(it).ok()).unwrap_or(0)
    }
}

impl Header {
    /// Reads a header; `bytes` may have more than that.
    ///
    /// # Errors
    /// When the bytes are too few or not a save image's, or the header contradicts itself.
    pub fn read(bytes: &[u8]) -> Result<Self, SaveImageError> {
        let magic = bytes.first_chunk::<16>();
        let complete = match magic {
            Some(COMPLETE) => true,
            Some(INCOMPLETE) => false,
            Some(_) => return Err(SaveImageError::NotSaved),
            None => return Err(short(bytes)),
        };
        let header = bytes.get(..HEADER_LENGTH).ok_or_else(|| short(bytes))?;
        let [version, room, was_running, form, cookie_offset] = numbers(header);
        let header = Self {
            complete,
            was_running: was_running != 0,
            format: match version {
                1 => SaveFormat::Raw,
                2 => SaveFormat::from_number(form).ok_or(SaveImageError::Format(form))?,
                _ => return Err(SaveImageError::Version(version)),
            },
            room,
            cookie_offset,
        };
        header.check()
    }

    /// Where the memory begins in the file, which is how many bytes [`SaveImage::read`] needs.
    ///
    /// [`SaveImage::read`]: super::SaveImage::read
    #[must_use]
    pub fn memory_offset(&self) -> usize {
        HEADER_LENGTH.saturating_add(self.room())
    }

    /// Bytes of the documents with the room behind them.
    pub(super) fn room(&self) -> usize {
        usize::try_from(self.room).unwrap_or(usize::MAX)
    }

    /// Where the cookie begins among the documents.
    pub(super) fn cookie_offset(&self) -> Option<usize> {
        match self.cookie_offset {
            0 => None,
            offset => usize::try_from(offset).ok(),
        }
    }

    /// Writes it, in the order that most hosts have.
    pub(super) fn write(&self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(if self.complete { COMPLETE } else { INCOMPLETE });
        let numbers = [
            VERSION,
            self.room,
            u32::from(self.was_running),
            self.format.number(),
            self.cookie_offset,
        ];
        for number in numbers.into_iter().chain([0; 14]) {
            bytes.extend_from_slice(&number.to_le_bytes());
        }
    }

    fn check(self) -> Result<Self, SaveImageError> {
        if self.room == 0 || self.room > ROOM_LIMIT {
            return Err(SaveImageError::Length {
                length: self.room,
                limit: ROOM_LIMIT,
            });
        }
        if self.cookie_offset >= self.room {
            return Err(SaveImageError::CookieOffset {
                offset: self.cookie_offset,
                length: self.room,
            });
        }
        Ok(self)
    }
}

fn short(bytes: &[u8]) -> SaveImageError {
    SaveImageError::Short {
        length: bytes.len(),
        needed: HEADER_LENGTH,
    }
}

/// The five numbers behind the magic. A version that is large in one byte order is small in the other.
fn numbers(header: &[u8]) -> [u32; 5] {
    let mut numbers = [0; 5];
    let words = header.get(16..).unwrap_or_default().as_chunks::<4>().0;
    for (number, word) in numbers.iter_mut().zip(words) {
        *number = u32::from_le_bytes(*word);
    }
    if numbers.first().is_some_and(|version| *version > VERSION) {
        return numbers.map(u32::swap_bytes);
    }
    numbers
}

//! The beginning of a file that holds a saved domain: a header, the domain's document, a cookie.
//! The memory follows, in QEMU's own form, compressed as the header says.
//!
//! ```text
//! offset  0  16 bytes  LibvirtQemudSave, or LibvirtQemudPart while it is being written
//!        16  u32       version: 1, 2
//!        20  u32       bytes of the documents with the room behind them
//!        24  u32       whether the guest ran
//!        28  u32       the memory's form, from version 2 on
//!        32  u32       where the cookie begins, counted from the documents' beginning; 0 for none
//!        36  14 × u32  0
//!        92            the domain's document, a zero, the cookie, a zero, zeros
//! ```
//!
//! Numbers are in the byte order of the host that wrote the file. Room stays behind the documents, so
//! that the domain's can be replaced by a longer one. Source of the facts: files that libvirt 11.3
//! writes and reads.

mod header;

pub use header::{HEADER_LENGTH, Header, SaveFormat};

use xml::{Errors, Options, Xml, format, parse};

use crate::domain::{Cpu, Domain};

/// What a new image has behind its documents, in bytes, for a longer one.
const SPARE: u32 = 64 * 1024;

/// What stands before the memory in a saved domain's file.
#[derive(Debug, Clone, PartialEq)]
pub struct SaveImage {
    /// Whether the memory behind it is complete.
    pub complete: bool,
    /// Whether the guest ran, and so runs again after its restore.
    pub was_running: bool,
    /// The memory's form.
    pub format: SaveFormat,
    /// The domain.
    pub domain: Box<Domain>,
    /// What else the driver needs.
    pub cookie: Option<SaveCookie>,
}

/// What the driver needs to restore a domain and its document does not say.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(name = "cookie", since = "3.5.0")]
pub struct SaveCookie {
    /// The CPU that the guest saw.
    #[xml(child)]
    pub cpu: Option<Box<Cpu>>,
    /// Whether its user networks were served by a helper process.
    #[xml(present = "slirpHelper", since = "5.8.0")]
    pub slirp_helper: bool,
}

/// Why a file's beginning is not that of a saved domain, or cannot be written.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum SaveImageError {
    /// The file ends too early.
    #[error("the save image ends after {length} bytes where {needed} are needed: it was cut off")]
    Short {
        /// Bytes that there are.
        length: usize,
        /// Bytes that its beginning has.
        needed: usize,
    },
    /// Another file.
    #[error("the file is no save image: its first bytes are those of something else")]
    NotSaved,
    /// A version that is not known.
    #[error("the save image has version {0}; 1 and 2 can be read")]
    Version(u32),
    /// A form of the memory that is not known.
    #[error("the save image has its memory in form {0}, which is unknown")]
    Format(u32),
    /// No room for a document, or more than any needs.
    #[error(
        "the save image says that its documents have {length} bytes; 1 to {limit} can be: its header is damaged"
    )]
    Length {
        /// The bytes.
        length: u32,
        /// The most that is believed.
        limit: u32,
    },
    /// The cookie is outside.
    #[error(
        "the save image says that its cookie begins at {offset} of {length} bytes: its header is damaged"
    )]
    CookieOffset {
        /// Where it begins.
        offset: u32,
        /// The documents' bytes.
        length: u32,
    },
    /// A document is not text.
    #[error("the {document} of the save image is not UTF-8")]
    NotText {
        /// Which.
        document: &'static str,
    },
    /// A document cannot be read.
    #[error("the {document} of the save image cannot be read")]
    Document {
        /// Which.
        document: &'static str,
        /// What is wrong with it.
        #[source]
        errors: Errors,
    },
    /// The documents do not fit.
    #[error(
        "the documents have {length} bytes but the save image has room for {room} only: shorten them"
    )]
    NoRoom {
        /// Their bytes.
        length: usize,
        /// The room.
        room: u32,
    },
}

impl SaveImage {
    /// Reads the beginning of a file; `bytes` may have more than that.
    ///
    /// # Errors
    /// When the bytes are not the whole beginning of a saved domain's file.
    pub fn read(bytes: &[u8]) -> Result<Self, SaveImageError> {
        let header = Header::read(bytes)?;
        let needed = header.memory_offset();
        let documents = bytes.get(HEADER_LENGTH..needed);
        let documents = documents.ok_or(SaveImageError::Short {
            length: bytes.len(),
            needed,
        })?;
        let (domain, cookie) = match header.cookie_offset() {
            Some(offset) => documents.split_at_checked(offset).unwrap_or_default(),
            None => (documents, &[][..]),
        };
        Ok(Self {
            complete: header.complete,
            was_running: header.was_running,
            format: header.format,
            domain: Box::new(document(domain, "domain's document")?),
            cookie: match header.cookie_offset() {
                Some(_) => Some(document(cookie, "cookie")?),
                None => None,
            },
        })
    }

    /// The beginning of a new file, with some room for a longer document.
    ///
    /// # Errors
    /// When the documents have more bytes than a header can say.
    pub fn write(&self) -> Result<Vec<u8>, SaveImageError> {
        let length = self.documents().0.len();
        let room = u32::try_from(length)
            .ok()
            .and_then(|it| it.checked_add(SPARE));
        self.write_within(room.unwrap_or(u32::MAX))
    }

    /// The beginning of a file whose memory begins behind `room` bytes of documents already.
    ///
    /// # Errors
    /// When the documents do not fit.
    pub fn write_within(&self, room: u32) -> Result<Vec<u8>, SaveImageError> {
        let (documents, cookie_offset) = self.documents();
        let header = Header {
            complete: self.complete,
            was_running: self.was_running,
            format: self.format,
            room,
            cookie_offset,
        };
        if room > header::ROOM_LIMIT || documents.len() > header.room() {
            return Err(SaveImageError::NoRoom {
                length: documents.len(),
                room: room.min(header::ROOM_LIMIT),
            });
        }
        let mut bytes = Vec::with_capacity(header.memory_offset());
        header.write(&mut bytes);
        bytes.extend_from_slice(&documents);
        bytes.resize(header.memory_offset(), 0);
        Ok(bytes)
    }

    /// The documents as the file has them, and where the cookie begins.
    fn documents(&self) -> (Vec<u8>, u32) {
        let mut bytes = format(&*self.domain).into_bytes();
        bytes.push(0);
        let Some(cookie) = &self.cookie else {
            return (bytes, 0);
        };
        let offset = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        bytes.extend_from_slice(format(cookie).as_bytes());
        bytes.push(0);
        (bytes, offset)
    }
}

/// The document that ends at the first zero.
fn document<T: Xml>(bytes: &[u8], document: &'static str) -> Result<T, SaveImageError> {
    let end = bytes.iter().position(|it| *it == 0);
    let text = bytes.get(..end.unwrap_or(bytes.len())).unwrap_or_default();
    let text = str::from_utf8(text).map_err(|_| SaveImageError::NotText { document })?;
    parse(text, &Options::lenient()).map_err(|errors| SaveImageError::Document { document, errors })
}

#[cfg(test)]
mod tests;

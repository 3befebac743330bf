//! What the header of a disk image says: its format, its size and the image behind it.
//!
//! Only a bounded part of the file is read, and nothing in it is believed beyond its bounds. A format is never
//! guessed for a file whose format the document names: a guest may write any header into its own raw disk.

use std::io;
use std::path::{Path, PathBuf};

mod backing;
mod bytes;
mod chain;
mod format;
mod luks;
mod qcow;
mod qcow2;
mod qed;
mod vmdk;

pub use backing::Backing;
pub use chain::{Chain, ChainError, Data, Layer, resolve};
pub use format::Format;

use bytes::Fault;

/// The most bytes of an image that are ever read.
const HEADER_LIMIT: usize = 64 * 1024;

/// What an image's header says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Header {
    /// Size of the guest's disk in bytes; nothing for raw, where it is the file's.
    pub virtual_size: Option<u64>,
    /// What the image says lies behind it.
    pub backing: Option<Backing>,
    /// The file in which the guest's bytes are, where they are not in the image itself.
    pub data_file: Option<String>,
    /// Whether the content is encrypted.
    pub encrypted: bool,
}

/// Why the header of an image cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImageError {
    /// The file cannot be read.
    #[error("cannot read the header of image '{}'", path.display())]
    Read {
        /// The image.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// The header is not of the format that was declared.
    #[error("image '{}' is not a {} image: correct the driver type in the document", path.display(), format.name())]
    WrongMagic {
        /// The image.
        path: PathBuf,
        /// The declared format.
        format: Format,
    },
    /// The header contradicts itself or the file.
    #[error("image '{}' has a damaged header ({what}): check it with qemu-img check", path.display())]
    Damaged {
        /// The image.
        path: PathBuf,
        /// What is wrong with it.
        what: &'static str,
    },
}

/// Reads the header of the file at `path`, which holds an image of `format`.
///
/// # Errors
/// When the file cannot be read, or its header is not of the format or lies.
pub fn read_header(path: &Path, format: Format) -> Result<Header, ImageError> {
    if !format.has_backing() {
        return Ok(Header::default());
    }
    let bytes = read_start(path).map_err(|source| ImageError::Read {
        path: path.to_owned(),
        source,
    })?;
    parse(&bytes, format).map_err(|fault| match fault {
        Fault::Magic => ImageError::WrongMagic {
            path: path.to_owned(),
            format,
        },
        Fault::Damaged(what) => ImageError::Damaged {
            path: path.to_owned(),
            what,
        },
    })
}

/// The size in bytes that a guest sees of the file at `path`, which holds an image of `format` with LUKS encryption: it
/// is known without the key.
///
/// # Errors
/// When the file cannot be read, or is no such image.
pub fn encrypted_size(path: &Path, format: Format) -> Result<u64, ImageError> {
    if let Some(size) = read_header(path, format)?.virtual_size {
        return Ok(size);
    }
    let read = |source| ImageError::Read {
        path: path.to_owned(),
        source,
    };
    let bytes = read_start(path).map_err(read)?;
    let whole = length(path).map_err(read)?;
    let damaged = |what| ImageError::Damaged {
        path: path.to_owned(),
        what,
    };
    let start = luks::payload(&bytes).ok_or_else(|| damaged("no LUKS volume"))?;
    whole.checked_sub(start).ok_or_else(|| damaged("cut off"))
}

/// The length of a file in bytes; a block device's end is where its size is.
///
/// # Errors
/// When it cannot be opened.
pub fn length(path: &Path) -> io::Result<u64> {
    use std::io::{Seek, SeekFrom};
    std::fs::File::open(path)?.seek(SeekFrom::End(0))
}

fn parse(bytes: &[u8], format: Format) -> Result<Header, Fault> {
    match format {
        Format::Qcow => qcow::parse(bytes),
        Format::Qcow2 => qcow2::parse(bytes),
        Format::Qed => qed::parse(bytes),
        Format::Vmdk => vmdk::parse(bytes),
        _ => Ok(Header::default()),
    }
}

/// Reads every header that the bytes could be, as a chain of images would. For the fuzzer: panics when
/// a name comes out that is not in the bytes.
pub fn parse_any(bytes: &[u8]) {
    let _ = Format::of(bytes);
    for format in [Format::Qcow, Format::Qcow2, Format::Qed, Format::Vmdk] {
        let Ok(header) = parse(bytes, format) else {
            continue;
        };
        if let Some(backing) = header.backing {
            assert!(backing.name.len() <= bytes.len(), "made up");
            assert!(!backing.name.contains('\0'), "cut short");
            let _ = backing.locate(Path::new("/images/top"));
        }
        let data = header.data_file.unwrap_or_default();
        assert!(data.len() <= bytes.len(), "made up");
    }
}

/// Recognises the format of a file by its first bytes; anything unknown is raw.
///
/// # Errors
/// When the file cannot be read.
pub fn guess_format(path: &Path) -> Result<Format, ImageError> {
    let bytes = read_start(path).map_err(|source| ImageError::Read {
        path: path.to_owned(),
        source,
    })?;
    Ok(Format::of(&bytes))
}

/// Reads at most [`HEADER_LIMIT`] bytes, without waiting on anything that is not a file or block device.
fn read_start(path: &Path) -> io::Result<Vec<u8>> {
    use rustix::fs::{FileType, Mode, OFlags};
    use std::io::Read;
    let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK | OFlags::NOCTTY;
    let file = rustix::fs::open(path, flags, Mode::empty())?;
    let kind = FileType::from_raw_mode(rustix::fs::fstat(&file)?.st_mode);
    if !matches!(kind, FileType::RegularFile | FileType::BlockDevice) {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "not a file or block device",
        ));
    }
    let mut bytes = Vec::new();
    let limit = u64::try_from(HEADER_LIMIT).unwrap_or(u64::MAX);
    std::fs::File::from(file)
        .take(limit)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The inputs that are kept for the fuzz target `image_header`, beginnings of images that
    /// qemu-img made: whole, cut off anywhere, and with any byte changed.
    #[test]
    fn the_kept_fuzz_inputs_are_survived() {
        let kept = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../fuzz/corpus/image_header"
        );
        let mut count = 0;
        for file in std::fs::read_dir(kept).unwrap() {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            parse_any(&bytes);
            for end in 0..bytes.len() {
                parse_any(&bytes[..end]);
                for value in [0, 1, 0x7f, 0xff] {
                    let mut changed = bytes.clone();
                    changed[end] = value;
                    parse_any(&changed);
                }
            }
            count += 1;
        }
        assert!(count >= 11);
    }

    #[test]
    fn the_kept_images_say_what_qemu_wrote() {
        let header = |name: &str, format| {
            let kept = concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/../../fuzz/corpus/image_header/"
            );
            parse(&std::fs::read(format!("{kept}{name}")).unwrap(), format).unwrap()
        };
        let backing = |name: &str, format| header(name, format).backing.unwrap().name;
        assert_eq!(backing("qcow2-backing", Format::Qcow2), "base.img");
        assert!(backing("qcow2-old-json", Format::Qcow2).starts_with("json:{"));
        assert_eq!(backing("qcow", Format::Qcow), "base.img");
        assert_eq!(backing("qed", Format::Qed), "base.img");
        assert_eq!(backing("vmdk-parent", Format::Vmdk), "base.vmdk");
        assert_eq!(header("vmdk-text", Format::Vmdk).backing, None);
        let data = header("qcow2-data-file", Format::Qcow2).data_file;
        assert_eq!(data.as_deref(), Some("data.raw"));
        assert!(header("qcow2-encrypted", Format::Qcow2).encrypted);
    }
}

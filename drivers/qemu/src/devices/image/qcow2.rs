//! The qcow2 header (QEMU's docs/interop/qcow2): big-endian fields, then extensions, then the backing name.

use super::bytes::{Fault, backing_name, text, u32_at, u64_at, usize_of};
use super::{Backing, Header};

/// The first bytes of every qcow2 image.
pub(super) const MAGIC: [u8; 4] = *b"QFI\xfb";

const EXTENSION_END: u32 = 0;
const EXTENSION_BACKING_FORMAT: u32 = 0xE279_2ACA;
const EXTENSION_DATA_FILE: u32 = 0x4441_5441;

/// Incompatible feature: the guest's bytes are in another file.
const FEATURE_DATA_FILE: u64 = 1 << 2;

/// Reads the header out of the first bytes of an image.
pub(super) fn parse(bytes: &[u8]) -> Result<Header, Fault> {
    if !bytes.starts_with(&MAGIC) {
        return Err(Fault::Magic);
    }
    let version = u32_at(bytes, 4)?;
    if !matches!(version, 2 | 3) {
        return Err(Fault::Damaged("unknown version"));
    }
    let backing_offset = u64_at(bytes, 8)?;
    let backing_length = u32_at(bytes, 16)?;
    let virtual_size = u64_at(bytes, 24)?;
    let crypt_method = u32_at(bytes, 32)?;
    let (incompatible, header_length) = if version == 2 {
        (0, 72)
    } else {
        (u64_at(bytes, 72)?, u32_at(bytes, 100)?)
    };
    let extensions = extensions(bytes, usize_of(header_length)?)?;
    Ok(Header {
        virtual_size: Some(virtual_size),
        backing: backing_name(bytes, backing_offset, backing_length)?.map(|name| Backing {
            name,
            format: extensions.backing_format,
        }),
        data_file: extensions
            .data_file
            .filter(|_| incompatible & FEATURE_DATA_FILE != 0),
        encrypted: crypt_method != 0,
    })
}

/// The extensions that matter here.
#[derive(Debug, Default)]
struct Extensions {
    backing_format: Option<String>,
    data_file: Option<String>,
}

fn extensions(bytes: &[u8], mut at: usize) -> Result<Extensions, Fault> {
    if !(72..=bytes.len()).contains(&at) {
        return Err(Fault::Damaged("header length"));
    }
    let mut found = Extensions::default();
    // An image may end right after its header; each extension moves `at` forward by at least 8.
    while bytes.len().saturating_sub(at) >= 8 {
        let kind = u32_at(bytes, at)?;
        let length = usize_of(u32_at(bytes, at + 4)?)?;
        if kind == EXTENSION_END {
            break;
        }
        let end = (at + 8)
            .checked_add(length)
            .ok_or(Fault::Damaged("extension length"))?;
        let data = bytes
            .get(at + 8..end)
            .ok_or(Fault::Damaged("extension length"))?;
        match kind {
            EXTENSION_BACKING_FORMAT => found.backing_format = Some(text(data)?),
            EXTENSION_DATA_FILE => found.data_file = Some(text(data)?),
            _ => {}
        }
        at = end.next_multiple_of(8);
    }
    Ok(found)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A version 3 header with one extension and a backing name, as `qemu-img create -b` writes it.
    pub(crate) fn sample(backing: &str, format: Option<&str>) -> Vec<u8> {
        let mut extensions = Vec::new();
        if let Some(format) = format {
            extensions.extend(EXTENSION_BACKING_FORMAT.to_be_bytes());
            extensions.extend(u32::try_from(format.len()).unwrap().to_be_bytes());
            extensions.extend(format.as_bytes());
            extensions.resize(extensions.len().next_multiple_of(8), 0);
        }
        extensions.extend([0; 8]);
        let offset = if backing.is_empty() {
            0
        } else {
            104 + extensions.len()
        };
        let mut header = Vec::new();
        header.extend(MAGIC);
        header.extend(3u32.to_be_bytes());
        header.extend(u64::try_from(offset).unwrap().to_be_bytes());
        header.extend(u32::try_from(backing.len()).unwrap().to_be_bytes());
        header.extend(16u32.to_be_bytes());
        header.extend((1u64 << 30).to_be_bytes());
        header.resize(100, 0);
        header.extend(104u32.to_be_bytes());
        header.extend(extensions);
        header.extend(backing.as_bytes());
        header
    }

    #[test]
    fn size_and_backing_are_read() {
        let header = parse(&sample("base.img", Some("raw"))).unwrap();
        assert_eq!(header.virtual_size, Some(1 << 30));
        assert_eq!(
            header.backing,
            Some(Backing {
                name: "base.img".into(),
                format: Some("raw".into())
            })
        );
        assert_eq!(parse(&sample("", None)).unwrap().backing, None);
    }

    #[test]
    fn lies_are_refused() {
        assert_eq!(parse(b"RAW"), Err(Fault::Magic));
        assert_eq!(parse(b"QFI\xfb\0\0"), Err(Fault::Damaged("cut off")));
        let mut lie = sample("base.img", Some("raw"));
        lie[16..20].copy_from_slice(&0xffff_ffffu32.to_be_bytes());
        assert_eq!(parse(&lie), Err(Fault::Damaged("backing name too long")));
        let mut lie = sample("base.img", Some("raw"));
        lie[8..16].copy_from_slice(&u64::MAX.to_be_bytes());
        assert_eq!(parse(&lie), Err(Fault::Damaged("backing name offset")));
        let mut lie = sample("base.img", Some("raw"));
        lie[108..112].copy_from_slice(&0xffff_fff0u32.to_be_bytes());
        assert_eq!(parse(&lie), Err(Fault::Damaged("extension length")));
    }

    #[test]
    fn no_cut_or_flipped_header_panics() {
        let good = sample("base.img", Some("qcow2"));
        for end in 0..good.len() {
            let _ = parse(&good[..end]);
        }
        for at in 0..good.len() {
            for value in [0, 1, 0x7f, 0xff] {
                let mut bad = good.clone();
                bad[at] = value;
                let _ = parse(&bad);
            }
        }
    }
}

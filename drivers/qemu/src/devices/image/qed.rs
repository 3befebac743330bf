//! The header of QED (QEMU's docs/interop/qed_spec): little-endian fields, then the backing name.

use super::bytes::{Fault, backing_name, u32_le_at, u64_le_at};
use super::{Backing, Header};

/// The first bytes of every QED image.
pub(super) const MAGIC: [u8; 4] = *b"QED\0";

/// Feature: there is an image behind this one.
const HAS_BACKING: u64 = 1;
/// Feature: the image behind is raw, whatever its first bytes look like.
const RAW_BACKING: u64 = 4;

/// Reads the header out of the first bytes of an image.
pub(super) fn parse(bytes: &[u8]) -> Result<Header, Fault> {
    if !bytes.starts_with(&MAGIC) {
        return Err(Fault::Magic);
    }
    let features = u64_le_at(bytes, 16)?;
    let name = match features & HAS_BACKING {
        0 => None,
        _ => backing_name(
            bytes,
            u64::from(u32_le_at(bytes, 56)?),
            u32_le_at(bytes, 60)?,
        )?,
    };
    let raw = features & RAW_BACKING != 0;
    Ok(Header {
        virtual_size: Some(u64_le_at(bytes, 48)?),
        backing: name.map(|name| Backing {
            name,
            format: raw.then(|| "raw".to_owned()),
        }),
        data_file: None,
        encrypted: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(features: u64) -> Vec<u8> {
        let mut header = Vec::from(MAGIC);
        header.resize(16, 0);
        header.extend(features.to_le_bytes());
        header.resize(48, 0);
        header.extend(4096u64.to_le_bytes());
        header.extend(64u32.to_le_bytes());
        header.extend(8u32.to_le_bytes());
        header.extend(b"base.img");
        header
    }

    #[test]
    fn the_features_say_what_is_behind() {
        assert_eq!(parse(&sample(0)).unwrap().backing, None);
        let backing = parse(&sample(HAS_BACKING | RAW_BACKING)).unwrap().backing;
        let expected = Backing {
            name: "base.img".to_owned(),
            format: Some("raw".to_owned()),
        };
        assert_eq!(backing, Some(expected));
        let header = sample(HAS_BACKING);
        for end in 0..header.len() {
            let _ = parse(&header[..end]);
        }
    }
}

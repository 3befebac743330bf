//! The header of qcow, the format before qcow2 (QEMU's block/qcow.c): big-endian fields, then the backing name.

use super::bytes::{Fault, backing_name, u32_at, u64_at};
use super::{Backing, Header};

/// The first bytes of every qcow image: those of qcow2, and version 1.
pub(super) const MAGIC: [u8; 8] = *b"QFI\xfb\0\0\0\x01";

/// Reads the header out of the first bytes of an image.
pub(super) fn parse(bytes: &[u8]) -> Result<Header, Fault> {
    if !bytes.starts_with(&MAGIC) {
        return Err(Fault::Magic);
    }
    let name = backing_name(bytes, u64_at(bytes, 8)?, u32_at(bytes, 16)?)?;
    Ok(Header {
        virtual_size: Some(u64_at(bytes, 24)?),
        backing: name.map(|name| Backing { name, format: None }),
        data_file: None,
        encrypted: u32_at(bytes, 36)? != 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn size_and_backing_are_read() {
        let mut header = Vec::from(MAGIC);
        header.extend(48u64.to_be_bytes());
        header.extend(8u32.to_be_bytes());
        header.extend(0u32.to_be_bytes());
        header.extend(4096u64.to_be_bytes());
        header.extend([0; 16]);
        header.extend(b"base.img");
        let read = parse(&header).unwrap();
        assert_eq!(read.virtual_size, Some(4096));
        assert_eq!(read.backing.unwrap().name, "base.img");
        for end in 0..header.len() {
            let _ = parse(&header[..end]);
        }
    }
}

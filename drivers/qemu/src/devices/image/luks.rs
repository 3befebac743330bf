//! The header of a LUKS volume (LUKS On-Disk Format Specification 1.2.3, 2.1).

use super::bytes::u32_at;

/// The magic and the version.
const MAGIC: [u8; 8] = *b"LUKS\xba\xbe\0\x01";
const SECTOR: u64 = 512;

/// Where the guest's bytes begin; nothing for what is no volume of version 1.
pub(super) fn payload(bytes: &[u8]) -> Option<u64> {
    if !bytes.starts_with(&MAGIC) {
        return None;
    }
    let sectors = u32_at(bytes, 104).ok()?;
    u64::from(sectors).checked_mul(SECTOR)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_payload_begins_where_the_header_says() {
        let mut bytes = vec![0; 592];
        bytes[..8].copy_from_slice(&MAGIC);
        bytes[104..108].copy_from_slice(&4096_u32.to_be_bytes());
        assert_eq!(payload(&bytes), Some(4096 * 512));
        bytes[7] = 2;
        assert_eq!(payload(&bytes), None, "another version");
        assert_eq!(payload(b"LUKS"), None, "cut off");
    }
}

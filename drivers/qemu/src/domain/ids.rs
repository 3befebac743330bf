//! Identities from the kernel's random source.

use documents::{MacAddress, Uuid};

use super::Ids;

use crate::random::random;

/// The part of a hardware address that says "a QEMU guest".
const MAC_PREFIX: [u8; 3] = [0x52, 0x54, 0x00];

/// Random identities.
#[derive(Debug, Clone, Copy, Default)]
pub struct RandomIds;

impl Ids for RandomIds {
    fn uuid(&self) -> Uuid {
        let mut bytes = random::<16>();
        // RFC 9562: version 4, variant 1.
        let [_, _, _, _, _, _, version, _, variant, ..] = &mut bytes;
        *version = *version & 0x0f | 0x40;
        *variant = *variant & 0x3f | 0x80;
        Uuid(bytes)
    }

    fn mac(&self) -> MacAddress {
        let [a, b, c] = MAC_PREFIX;
        let [d, e, f] = random();
        MacAddress([a, b, c, d, e, f])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identities_differ_and_have_their_marks() {
        let (one, two) = (RandomIds.uuid(), RandomIds.uuid());
        assert_ne!(one, two);
        assert_eq!((one.0[6] >> 4, one.0[8] >> 6), (4, 2));
        let mac = RandomIds.mac();
        assert_eq!(mac.0[..3], MAC_PREFIX);
        assert!(!mac.is_multicast());
    }
}

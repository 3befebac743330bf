//! UUIDs for objects whose documents give none.

use documents::Uuid;

/// A UUID of version 4 (RFC 9562); `None` when the kernel has no random bytes.
pub(crate) fn random() -> Option<Uuid> {
    let mut bytes = [0; 16];
    match rustix::rand::getrandom(&mut bytes, rustix::rand::GetRandomFlags::empty()) {
        Ok(16) => {}
        _ => return None,
    }
    let [_, _, _, _, _, _, version, _, variant, ..] = &mut bytes;
    *version = (*version & 0x0f) | 0x40;
    *variant = (*variant & 0x3f) | 0x80;
    Some(Uuid(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_are_alike_and_all_are_of_version_four() {
        let (one, other) = (random().unwrap(), random().unwrap());
        assert_ne!(one, other);
        for uuid in [one, other] {
            assert_eq!((uuid.0[6] >> 4, uuid.0[8] >> 6), (4, 2));
        }
    }
}

//! Memory between guests.

use documents::domain::{Devices, Shmem};

/// The size in bytes; nothing when none is said.
pub(crate) fn size(shmem: &Shmem) -> Option<u64> {
    let size = shmem.size.as_ref()?;
    let scale: u64 = match size.unit.as_deref() {
        None | Some("b" | "byte" | "bytes" | "B") => 1,
        Some("KB") => 1000,
        Some("k" | "K" | "KiB") => 1 << 10,
        Some("MB") => 1_000_000,
        Some("m" | "M" | "MiB") => 1 << 20,
        Some("GB") => 1_000_000_000,
        Some("g" | "G" | "GiB") => 1 << 30,
        Some("t" | "T" | "TiB") => 1 << 40,
        Some(_) => return None,
    };
    Some(size.value.saturating_mul(scale))
}

/// Sizes are written in MiB.
pub(super) fn complete(devices: &mut Devices) {
    for shmem in &mut devices.shmems {
        let Some(bytes) = size(shmem) else { continue };
        if let Some(size) = shmem.size.as_mut().filter(|_| bytes % (1 << 20) == 0) {
            size.value = bytes >> 20;
            size.unit = Some("M".to_owned());
        }
    }
}

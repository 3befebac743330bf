//! Memory between guests.

use documents::domain::{Devices, Shmem, ShmemModel, ShmemSize};

/// What memory has whose size nobody says, in MiB.
const SIZE: u64 = 4;

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

/// Memory without a server has a size, which is written in MiB; a server is told of by interrupts.
pub(super) fn complete(devices: &mut Devices) {
    for shmem in &mut devices.shmems {
        let model = shmem.model.unwrap_or(ShmemModel::Ivshmem);
        let sized = size(shmem).is_none_or(|size| size > 0) && shmem.size.is_some();
        if model != ShmemModel::IvshmemDoorbell && !sized {
            shmem.size = Some(ShmemSize {
                unit: Some("M".to_owned()),
                value: SIZE,
            });
        }
        if model == ShmemModel::IvshmemDoorbell && shmem.server.is_some() {
            let msi = shmem.msi.get_or_insert_default();
            msi.ioeventfd.get_or_insert(true);
        }
        let Some(bytes) = size(shmem) else { continue };
        if let Some(size) = shmem.size.as_mut().filter(|_| bytes % (1 << 20) == 0) {
            size.value = bytes >> 20;
            size.unit = Some("M".to_owned());
        }
    }
}

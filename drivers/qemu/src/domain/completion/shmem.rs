//! Memory between guests.

use documents::domain::{Devices, Shmem, ShmemModel, ShmemSize};

/// What memory has whose size nobody says, in MiB.
const SIZE: u64 = 4;

/// The size in bytes; nothing when none is said.
pub(crate) fn size(shmem: &Shmem) -> Option<u64> {
    let size = shmem.size.as_ref()?;
    let scale = size.unit.as_deref().map_or(Some(1), xml::unit_bytes)?;
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

//! One image of a disk, its own or one behind it: what goes with its source.

use documents::domain::{Disk, DiskDevice, DiskFormat, DiskSource, NvmeSource, SourceCommon};

use super::first;
use super::network::check_network;
use crate::domain::error::{DiskError, DiskRule};

/// Which format goes with which source, of the disk itself or of an image behind it.
pub(super) fn check_source_format(
    disk: &Disk,
    source: &DiskSource,
    format: DiskFormat,
) -> Result<(), DiskError> {
    let directory = matches!(source, DiskSource::Dir(_));
    // What a volume is shows at start.
    let volume = matches!(source, DiskSource::Volume(_));
    first(
        disk,
        [
            (
                directory && format != DiskFormat::Fat,
                DiskRule::FatSourceFormat,
            ),
            (
                !directory && !volume && format == DiskFormat::Fat,
                DiskRule::FatSource,
            ),
            (
                matches!(format, DiskFormat::Iso | DiskFormat::Cow | DiskFormat::Dir),
                DiskRule::NoFormat,
            ),
        ],
    )
}

pub(super) fn check_image(
    disk: &Disk,
    source: &DiskSource,
    format: Option<DiskFormat>,
) -> Result<(), DiskError> {
    match source {
        DiskSource::Network(network) => check_network(disk, network)?,
        DiskSource::Nvme(nvme) => check_nvme(disk, nvme)?,
        _ => {}
    }
    if let Some(common) = source.common() {
        check_data_store(disk, common, format)?;
    }
    let Some(SourceCommon {
        reservations: Some(reservations),
        ..
    }) = source.common()
    else {
        return Ok(());
    };
    let complete = reservations.source.as_ref().is_some_and(|source| {
        source.kind == "unix" && source.path.is_some() && source.mode.as_deref() == Some("client")
    });
    first(
        disk,
        [
            (
                reservations.managed != Some(true) && !complete,
                DiskRule::ReservationsSource,
            ),
            (disk.device != Some(DiskDevice::Lun), DiskRule::Reservations),
        ],
    )
}

/// The file that holds the bytes of an image that holds only tables.
fn check_data_store(
    disk: &Disk,
    owner: &SourceCommon,
    format: Option<DiskFormat>,
) -> Result<(), DiskError> {
    let Some(data) = owner.data_store.as_deref() else {
        return Ok(());
    };
    let source = data.source.to_source();
    let common = source.as_ref().and_then(DiskSource::common);
    let raw = data.format.as_ref().map(|format| format.format) == Some(DiskFormat::Raw);
    first(
        disk,
        [
            (format != Some(DiskFormat::Qcow2), DiskRule::DataStoreOwner),
            (!raw, DiskRule::DataStoreFormat),
            (
                common.is_some_and(|common| common.data_store.is_some()),
                DiskRule::DataStoreNested,
            ),
            (
                common.is_some_and(|common| !common.slices.is_empty()),
                DiskRule::DataStoreSlice,
            ),
        ],
    )
}

fn check_nvme(disk: &Disk, nvme: &NvmeSource) -> Result<(), DiskError> {
    first(
        disk,
        [
            (nvme.kind.as_deref() != Some("pci"), DiskRule::NvmeType),
            (nvme.namespace == Some(0), DiskRule::NvmeNamespace),
            (nvme.address.is_none(), DiskRule::NvmeAddress),
        ],
    )
}

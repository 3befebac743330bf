//! Disks: limits of I/O, and groups of them.

use documents::domain::{Disk, DiskBus, DiskDevice, Domain, IoTune};

use super::first;
use crate::domain::disk_limits::limits;
use crate::domain::error::{DiskError, DiskRule};

/// The highest limit that QEMU takes (`THROTTLE_VALUE_MAX`).
const HIGHEST: u64 = 1_000_000_000_000_000;

/// The groups by themselves.
pub(super) fn check_groups(domain: &Domain) -> Result<(), DiskError> {
    let name = |at: usize| {
        domain
            .throttlegroups
            .get(at)
            .and_then(|group| group.name.clone())
    };
    for at in 0..domain.throttlegroups.len() {
        let group = name(at);
        if group.is_none() {
            return Err(DiskError::NoThrottleGroupName);
        }
        if (0..at).any(|other| name(other) == group) {
            return Err(DiskError::ThrottleGroupTwice {
                group: group.unwrap_or_default(),
            });
        }
    }
    Ok(())
}

pub(super) fn check(disk: &Disk, domain: &Domain) -> Result<(), DiskError> {
    check_filters(disk, domain)?;
    let Some(tune) = disk.iotune.as_deref() else {
        return Ok(());
    };
    check_tune(disk, tune)?;
    let Some(group) = &tune.group_name else {
        return Ok(());
    };
    // Whoever shares a group shares its limits.
    let differs = |other: &&Disk| {
        other
            .iotune
            .as_deref()
            .is_some_and(|theirs| theirs.group_name.as_ref() == Some(group) && theirs != tune)
    };
    match domain.devices.disks.iter().find(differs) {
        Some(other) => Err(DiskError::GroupDiffers {
            group: group.clone(),
            first: disk.target.dev.clone().unwrap_or_default(),
            second: other.target.dev.clone().unwrap_or_default(),
        }),
        None => Ok(()),
    }
}

fn check_tune(disk: &Disk, tune: &IoTune) -> Result<(), DiskError> {
    let both = |total: Option<u64>, read: Option<u64>, write: Option<u64>| {
        total.is_some() && (read.is_some() || write.is_some())
    };
    let of = &tune.limits;
    let limited = limits(tune).iter().any(|(_, limit)| *limit > 0);
    first(
        disk,
        [
            (
                both(of.total_bytes_sec, of.read_bytes_sec, of.write_bytes_sec),
                DiskRule::Bytes,
            ),
            (
                both(of.total_iops_sec, of.read_iops_sec, of.write_iops_sec),
                DiskRule::Iops,
            ),
            (
                both(
                    of.total_bytes_sec_max,
                    of.read_bytes_sec_max,
                    of.write_bytes_sec_max,
                ),
                DiskRule::BytesMax,
            ),
            (
                both(
                    of.total_iops_sec_max,
                    of.read_iops_sec_max,
                    of.write_iops_sec_max,
                ),
                DiskRule::IopsMax,
            ),
            (tune.group_name.is_some() && !limited, DiskRule::GroupAlone),
            (
                limited && disk.target.bus == Some(DiskBus::Sd),
                DiskRule::SdIoTune,
            ),
            (
                limits(tune).iter().any(|(_, limit)| *limit > HIGHEST),
                DiskRule::ThrottleLimit,
            ),
        ],
    )
}

fn check_filters(disk: &Disk, domain: &Domain) -> Result<(), DiskError> {
    if disk.throttlefilters.is_empty() {
        return Ok(());
    }
    if disk.device == Some(DiskDevice::Cdrom) {
        return Err(DiskError::of(DiskRule::ThrottleCdrom, disk));
    }
    if disk.iotune.is_some() {
        return Err(DiskError::of(DiskRule::ThrottleIoTune, disk));
    }
    let known = |name: &String| {
        domain
            .throttlegroups
            .iter()
            .any(|group| group.name.as_ref() == Some(name))
    };
    match disk.throttlefilters.iter().find(|name| !known(name)) {
        Some(group) => Err(DiskError::NoThrottleGroup {
            group: group.clone(),
        }),
        None => Ok(()),
    }
}

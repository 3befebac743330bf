//! The limits of a disk's I/O by name, so that each rule over all of them is written once.

use documents::domain::{BurstLengths, IoLimits, IoTune};

/// A limit: what it is called in QEMU's throttle groups.
pub(crate) type Name = &'static str;

/// Visits each limit with its name in a throttle group (QAPI: `ThrottleLimits`).
pub(crate) fn for_each_limit(
    limits: &mut IoLimits,
    lengths: &mut BurstLengths,
    mut visit: impl FnMut(Name, &mut Option<u64>),
) {
    macro_rules! each {
        ($of:ident, $($field:ident: $name:literal),+ $(,)?) => {
            $(visit($name, &mut $of.$field);)+
        };
    }
    each! {
        limits,
        total_bytes_sec: "bps-total",
        read_bytes_sec: "bps-read",
        write_bytes_sec: "bps-write",
        total_iops_sec: "iops-total",
        read_iops_sec: "iops-read",
        write_iops_sec: "iops-write",
        total_bytes_sec_max: "bps-total-max",
        read_bytes_sec_max: "bps-read-max",
        write_bytes_sec_max: "bps-write-max",
        total_iops_sec_max: "iops-total-max",
        read_iops_sec_max: "iops-read-max",
        write_iops_sec_max: "iops-write-max",
        size_iops_sec: "iops-size",
    }
    each! {
        lengths,
        total_bytes_sec_max_length: "bps-total-max-length",
        read_bytes_sec_max_length: "bps-read-max-length",
        write_bytes_sec_max_length: "bps-write-max-length",
        total_iops_sec_max_length: "iops-total-max-length",
        read_iops_sec_max_length: "iops-read-max-length",
        write_iops_sec_max_length: "iops-write-max-length",
    }
}

/// The limits that are set, by name.
pub(crate) fn limits(tune: &IoTune) -> Vec<(Name, u64)> {
    let mut found = Vec::new();
    let mut tune = tune.clone();
    for_each_limit(&mut tune.limits, &mut tune.lengths, |name, limit| {
        found.extend(limit.filter(|limit| *limit > 0).map(|limit| (name, limit)));
    });
    found
}

//! SCSI units of the host.

use std::io;
use std::path::PathBuf;

use crate::root::Root;

/// A unit: adapter, channel, target, number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScsiUnit {
    /// The adapter's number: 3 for `scsi_host3`.
    pub adapter: u32,
    /// The channel.
    pub channel: u32,
    /// The target.
    pub target: u32,
    /// The unit.
    pub unit: u64,
}

/// The folder in which the kernel names a unit's generic device.
#[must_use]
pub fn generic_folder(root: &Root, unit: ScsiUnit) -> PathBuf {
    let ScsiUnit {
        adapter,
        channel,
        target,
        unit,
    } = unit;
    root.path(format!(
        "sys/bus/scsi/devices/{adapter}:{channel}:{target}:{unit}/scsi_generic"
    ))
}

/// The generic device of a unit: `sg3`.
///
/// # Errors
/// When there is no such unit, or `sg` is not loaded.
pub fn generic(root: &Root, unit: ScsiUnit) -> io::Result<String> {
    let mut entries = std::fs::read_dir(generic_folder(root, unit))?;
    let entry = entries.next().ok_or(io::ErrorKind::NotFound)??;
    Ok(entry.file_name().to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::tree;

    #[test]
    fn a_units_generic_device_is_found() {
        let (_dir, root) = tree(&[("sys/bus/scsi/devices/1:0:2:4/scsi_generic/sg3/dev", "21:3")]);
        let mut unit = ScsiUnit {
            adapter: 1,
            channel: 0,
            target: 2,
            unit: 4,
        };
        assert_eq!(generic(&root, unit).unwrap(), "sg3");
        unit.unit = 5;
        assert_eq!(
            generic(&root, unit).unwrap_err().kind(),
            io::ErrorKind::NotFound
        );
    }
}

//! What the schema of snapshots says beyond the elements and attributes that there are (domainsnapshot.rng).

use documents::domain::{DiskFormat, DiskSnapshot};
use documents::snapshot::{Snapshot, SnapshotDisk, SnapshotMemory, SnapshotSource};

use super::error::SchemaError;

/// Whether a document fits the schema.
pub(super) fn check(snapshot: &Snapshot) -> Result<(), SchemaError> {
    if let Some(memory) = &snapshot.memory {
        check_memory(memory)?;
    }
    snapshot.disks.iter().try_for_each(check_disk)
}

fn check_memory(memory: &SnapshotMemory) -> Result<(), SchemaError> {
    let is_absolute = |file: &String| file.starts_with('/');
    match (memory.snapshot, &memory.file) {
        (Some(DiskSnapshot::No | DiskSnapshot::Internal), None) => Ok(()),
        (None | Some(DiskSnapshot::External), Some(file)) if is_absolute(file) => Ok(()),
        _ => Err(SchemaError::Memory),
    }
}

fn check_disk(disk: &SnapshotDisk) -> Result<(), SchemaError> {
    if !disk.name.as_deref().is_some_and(is_disk) {
        return Err(SchemaError::DiskName);
    }
    let says_more = disk.driver.is_some() || disk.source != SnapshotSource::default();
    if !matches!(disk.snapshot, None | Some(DiskSnapshot::External)) {
        return match says_more {
            true => Err(SchemaError::DiskSource),
            false => Ok(()),
        };
    }
    let format = disk.driver.as_ref().and_then(|driver| driver.format);
    if !matches!(format, None | Some(DiskFormat::Qcow2 | DiskFormat::Qed)) {
        return Err(SchemaError::DiskFormat);
    }
    let path = match &disk.source {
        SnapshotSource::Unsaid(file) | SnapshotSource::File(file) => file.file.as_deref(),
        SnapshotSource::Block(block) => block.dev.as_deref(),
        _ => None,
    };
    match path {
        Some(path) if !path.starts_with('/') => Err(SchemaError::RelativePath),
        _ => Ok(()),
    }
}

/// Whether a name is that of a disk's target, or a path.
fn is_disk(name: &str) -> bool {
    let name = name.strip_prefix("ioemu:").unwrap_or(name);
    let prefixes = ["fd", "hd", "sd", "vd", "xvd", "ubd"];
    let is_word = |rest: &str| {
        let mut bytes = rest.bytes();
        !rest.is_empty() && bytes.all(|b| b.is_ascii_alphanumeric() || b == b'_')
    };
    let mut rests = prefixes
        .iter()
        .filter_map(|prefix| name.strip_prefix(prefix));
    name.starts_with('/') || rests.any(is_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(inner: &str) -> bool {
        let text = format!("<domainsnapshot>{inner}</domainsnapshot>");
        check(&xml::parse(&text, &xml::Options::lenient()).unwrap()).is_ok()
    }

    #[test]
    fn parts_fit_together() {
        assert!(fits(
            "<memory snapshot='no'/><disks><disk name='vda' snapshot='no'/></disks>"
        ));
        assert!(fits(
            "<memory file='/m'/><disks><disk name='vda'><source file='/a'/></disk></disks>"
        ));
        for inner in [
            "<memory snapshot='internal' file='/m'/>",
            "<memory snapshot='external'/>",
            "<memory snapshot='manual'/>",
            "<disks><disk snapshot='no'/></disks>",
            "<disks><disk name='disk1' snapshot='no'/></disks>",
            "<disks><disk name='vda' snapshot='internal'><driver type='qcow2'/></disk></disks>",
            "<disks><disk name='vda'><driver type='raw'/></disk></disks>",
            "<disks><disk name='vda' type='file'><source file='a'/></disk></disks>",
        ] {
            assert!(!fits(inner), "{inner}");
        }
    }
}

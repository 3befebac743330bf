//! The disks of a document, as calls name them: by target or by source.

use documents::domain::{Disk, DiskSource, Domain};

/// The disk that `word` names: its target (`vda`), or the path of its source.
pub(super) fn find<'d>(document: &'d Domain, word: &str) -> Option<&'d Disk> {
    let disks = || document.devices.disks.iter();
    disks()
        .find(|disk| disk.target.dev.as_deref() == Some(word))
        .or_else(|| disks().find(|disk| path(disk) == Some(word)))
}

/// What the source says of where it is: a path, or a name on the network.
pub(super) fn path(disk: &Disk) -> Option<&str> {
    let path = match &disk.source {
        DiskSource::File(file) => file.file.as_deref(),
        DiskSource::Block(block) => block.dev.as_deref(),
        DiskSource::Dir(dir) => dir.dir.as_deref(),
        DiskSource::Network(network) => network.name.as_deref(),
        DiskSource::Volume(_)
        | DiskSource::Nvme(_)
        | DiskSource::VhostUser(_)
        | DiskSource::VhostVdpa(_) => None,
    };
    path.filter(|path| !path.is_empty())
}

/// The file or block device of the host that holds the disk.
pub(super) fn local(disk: &Disk) -> Option<&str> {
    match &disk.source {
        DiskSource::File(_) | DiskSource::Block(_) => path(disk),
        _ => None,
    }
}

/// The number of the disk's own image in its chain, of a running domain.
pub(super) fn index(disk: &Disk) -> Option<u32> {
    match &disk.source {
        DiskSource::File(file) => file.common.index,
        DiskSource::Block(block) => block.common.index,
        DiskSource::Dir(dir) => dir.common.index,
        DiskSource::Network(network) => network.common.index,
        _ => None,
    }
}

/// Whether QEMU means this disk by a QOM path or a device's id.
pub(super) fn is_called(disk: &Disk, qdev: &str) -> bool {
    let alias = disk.info.alias.as_deref();
    alias.is_some_and(|alias| qdev.split('/').any(|part| part == alias))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> Domain {
        let text = "<domain type='qemu'><name>a</name><os><type>hvm</type></os><devices>\
            <disk type='file'><source file='/a.img'/><target dev='vda'/>\
            <alias name='virtio-disk0'/></disk>\
            <disk type='file' device='cdrom'><target dev='sda'/></disk></devices></domain>";
        xml::parse(text, &xml::Options::lenient()).unwrap()
    }

    #[test]
    fn a_disk_is_known_by_its_target_and_by_its_file() {
        let document = document();
        let target = |word| find(&document, word).and_then(|disk| disk.target.dev.clone());
        assert_eq!(target("vda").as_deref(), Some("vda"));
        assert_eq!(target("/a.img").as_deref(), Some("vda"));
        assert_eq!(target("sda").as_deref(), Some("sda"));
        assert_eq!(target("/b.img"), None);
    }

    #[test]
    fn qemu_names_a_disk_by_its_id_or_by_a_part_of_it() {
        let document = document();
        let disk = find(&document, "vda").unwrap();
        assert!(is_called(
            disk,
            "/machine/peripheral/virtio-disk0/virtio-backend"
        ));
        assert!(is_called(disk, "virtio-disk0"));
        assert!(!is_called(disk, "/machine/peripheral/virtio-disk01"));
    }
}

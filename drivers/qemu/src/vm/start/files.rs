//! The host's files that QEMU opens for a document.

use std::collections::BTreeSet;
use std::path::PathBuf;

use documents::domain::{CharacterSource, DataStore, Disk, DiskSource, Domain, MemoryModel};

/// The files that are given to QEMU's user: images, the kernel and what belongs to it, firmware variables and tables,
/// and the files and devices behind memory, input and character devices. Firmware itself is the distribution's and readable by all.
pub(in crate::vm) fn of(document: &Domain) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let os = &document.os;
    files.extend(os.kernel.iter().map(PathBuf::from));
    files.extend(os.initrd.iter().map(PathBuf::from));
    files.extend(os.shim.iter().map(PathBuf::from));
    files.extend(os.dtb.iter().map(PathBuf::from));
    files.extend(os.acpi.iter().map(|table| PathBuf::from(&table.path)));
    files.extend(
        os.nvram
            .iter()
            .filter_map(super::nvram::file)
            .map(PathBuf::from),
    );
    let devices = &document.devices;
    for disk in &devices.disks {
        files.extend(images(disk));
    }
    let memories = devices.memories.iter();
    let kept =
        memories.filter(|it| matches!(it.model, MemoryModel::Nvdimm | MemoryModel::VirtioPmem));
    let kept = kept.filter_map(|memory| memory.source.as_ref()?.path.as_ref());
    files.extend(kept.map(PathBuf::from));
    let inputs = devices.inputs.iter().filter_map(|input| {
        let source = input.source.as_ref()?;
        source.evdev.as_ref().or(source.dev.as_ref())
    });
    files.extend(inputs.map(PathBuf::from));
    let backends = devices.serials.iter().map(|it| &it.backend);
    let backends = backends.chain(devices.parallels.iter().map(|it| &it.backend));
    let backends = backends.chain(devices.channels.iter().map(|it| &it.backend));
    for backend in backends.chain(devices.consoles.iter().map(|it| &it.backend)) {
        if let CharacterSource::Dev(source) | CharacterSource::Pipe(source) = &backend.source {
            files.extend(source.path.iter().map(PathBuf::from));
        }
    }
    files.sort();
    files.dedup();
    files
}

/// The host's CD-ROM drives among the block devices of the document.
pub(super) fn cdroms(document: &Domain) -> BTreeSet<String> {
    use std::os::unix::fs::{FileTypeExt, MetadataExt};
    /// `SCSI_CDROM_MAJOR` of linux/major.h.
    const CDROM: u32 = 11;
    let is_drive = |path: &str| {
        std::fs::metadata(path).is_ok_and(|meta| {
            meta.file_type().is_block_device() && rustix::fs::major(meta.rdev()) == CDROM
        })
    };
    let disks = document.devices.disks.iter();
    let paths = disks.filter_map(|disk| match &disk.source {
        DiskSource::Block(block) => block.dev.clone(),
        _ => None,
    });
    paths.filter(|path| is_drive(path)).collect()
}

/// A disk's own image, those behind it, and the files of those that hold only tables.
fn images(disk: &Disk) -> Vec<PathBuf> {
    let mut files = Vec::new();
    add(&disk.source, &mut files);
    let mut below = disk.backing_store.as_deref();
    while let Some(store) = below {
        if let Some(source) = store.source.to_source() {
            add(&source, &mut files);
        }
        below = store.backing_store.as_deref();
    }
    files
}

fn add(source: &DiskSource, files: &mut Vec<PathBuf>) {
    match source {
        DiskSource::File(source) => files.extend(source.file.as_ref().map(PathBuf::from)),
        DiskSource::Block(source) => files.extend(source.dev.as_ref().map(PathBuf::from)),
        _ => {}
    }
    let data = source
        .common()
        .and_then(|common| common.data_store.as_deref());
    if let Some(source) = data.and_then(|DataStore { source, .. }| source.to_source()) {
        add(&source, files);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_qemu_opens_is_given_to_it() {
        let text = "<domain type='qemu'><name>a</name><os><type>hvm</type><kernel>/k</kernel>\
            <acpi><table type='slic'>/t</table></acpi></os><devices>\
            <disk type='file'><source file='/d'/><target dev='vda'/></disk>\
            <input type='passthrough' bus='virtio'><source evdev='/e'/></input>\
            <memory model='nvdimm'><source><path>/n</path></source>\
            <target><size>1024</size><node>0</node></target></memory>\
            <serial type='pipe'><source path='/p'/></serial></devices></domain>";
        let domain: Domain = xml::parse(text, &xml::Options::lenient()).unwrap();
        let expected = ["/d", "/e", "/k", "/n", "/p", "/t"].map(PathBuf::from);
        assert_eq!(of(&domain), expected);
    }
}

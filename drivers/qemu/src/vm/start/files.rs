//! The host's files that QEMU opens for a document.

use std::path::PathBuf;

use documents::domain::{CharacterSource, DiskSource, Domain};

use crate::domain::Chains;

/// The files that are given to QEMU's user: images, the kernel and what belongs to it, firmware variables, and
/// the files and devices behind character devices. Firmware itself is the distribution's and readable by all.
pub(in crate::vm) fn of(document: &Domain, chains: &Chains) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let os = &document.os;
    files.extend(os.kernel.iter().map(PathBuf::from));
    files.extend(os.initrd.iter().map(PathBuf::from));
    files.extend(os.dtb.iter().map(PathBuf::from));
    files.extend(
        os.nvram
            .iter()
            .filter_map(|nvram| nvram.path.as_ref())
            .map(PathBuf::from),
    );
    let devices = &document.devices;
    for disk in &devices.disks {
        files.extend(image(&disk.source));
    }
    for layer in chains.values().flatten() {
        files.push(layer.path.clone());
    }
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

fn image(source: &DiskSource) -> Option<PathBuf> {
    match source {
        DiskSource::File(source) => source.file.as_ref().map(PathBuf::from),
        DiskSource::Block(source) => source.dev.as_ref().map(PathBuf::from),
        _ => None,
    }
}

//! What is in the initramfs.

use super::cpio::{Archive, Kind};
use super::modules::Module;

/// The archive: the first process, its console, empty places to mount on, and the modules with
/// the order to load them in (read by `guest/src/modules.rs`).
pub(super) fn pack(init: &[u8], modules: &[Module]) -> Vec<u8> {
    let mut archive = Archive::default();
    start(&mut archive, init, modules);
    archive.finish()
}

/// Adds what every guest has.
pub(super) fn start(archive: &mut Archive, init: &[u8], modules: &[Module]) {
    for directory in ["dev", "proc", "sys", "modules"] {
        archive.add(directory, Kind::Directory, &[]);
    }
    // The kernel opens it for the first process before that can mount anything.
    archive.add("dev/console", Kind::Device(5, 1), &[]);
    archive.add("init", Kind::Program, init);
    let names = modules.iter().map(|module| format!("{}.ko\n", module.name));
    archive.add(
        "modules/order",
        Kind::File,
        names.collect::<String>().as_bytes(),
    );
    for module in modules {
        archive.add(
            &format!("modules/{}.ko", module.name),
            Kind::File,
            &module.bytes,
        );
    }
}

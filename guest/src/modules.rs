//! The kernel modules of the initramfs, loaded in the order that the image's builder computed.

use std::fs::{self, File};

/// One file name a line, each module after those that it needs.
const ORDER: &str = "/modules/order";

/// Loads every module; one that the kernel refuses is told on the console and skipped.
pub(crate) fn load_all() {
    let order = match fs::read_to_string(ORDER) {
        Ok(order) => order,
        Err(cause) => return eprintln!("guest: no modules: {ORDER}: {cause}"),
    };
    for name in order.lines() {
        if let Err(cause) = load(name) {
            eprintln!("guest: module {name}: {cause}");
        }
    }
}

fn load(name: &str) -> std::io::Result<()> {
    let file = File::open(format!("/modules/{name}"))?;
    Ok(rustix::system::finit_module(&file, c"", 0)?)
}

//! `cargo xtask guest`: a kernel and an initramfs that boot in seconds, the same with the drivers of real hardware, UEFI
//! firmware, passt, and the emulators and a guest of other architectures, under `target/guest`.

mod arm;
mod cpio;
mod elf;
mod emulators;
mod firmware;
mod image;
mod kernel;
mod modules;
mod package;
mod passt;

use std::path::{Path, PathBuf};

use self::kernel::Kernel;
use self::package::Archive;
use crate::error::Error;
use crate::files;
use crate::run::Run;

/// The guest, ready to boot.
#[derive(Debug)]
pub(crate) struct Guest {
    pub(crate) kernel: PathBuf,
    pub(crate) initrd: PathBuf,
}

/// Builds what is missing or changed. The kernel package is fetched once and kept.
pub(crate) fn build() -> Result<Guest, Error> {
    let place = files::top().join("target/guest");
    let archive = Archive::of_this_machine();
    let cloud = kernel::unpacked(&archive, &place.join("kernel"), kernel::CLOUD)?;
    let hardware = place.join("hardware");
    let drivers = kernel::unpacked(&archive, &hardware.join("kernel"), kernel::HARDWARE)?;
    firmware::unpacked(&archive, &place.join("firmware"))?;
    passt::unpacked(&archive, &place.join("passt"))?;
    emulators::unpacked(&archive, &place.join("emulators"))?;
    arm::build(&place.join("arm64"))?;
    let init = init()?;
    pack(&hardware, &drivers, &init, &modules::with_hardware())?;
    pack(&place, &cloud, &init, &modules::WANTED)
}

/// Puts the kernel and the initramfs with those of its modules that the guest wants into a directory.
fn pack(place: &Path, kernel: &Kernel, init: &[u8], wanted: &[&str]) -> Result<Guest, Error> {
    let modules = modules::in_load_order(kernel, wanted)?;
    let guest = Guest {
        kernel: place.join("vmlinuz"),
        initrd: place.join("initrd.cpio"),
    };
    files::replace(&guest.kernel, &files::read(&kernel.image)?)?;
    // Not compressed: an emulated CPU unpacks slower than the host reads.
    files::replace(&guest.initrd, &image::pack(init, &modules))?;
    Ok(guest)
}

/// Compiles the guest's first process and makes sure that it needs nothing else.
fn init() -> Result<Vec<u8>, Error> {
    let (source, target) = (
        files::top().join("guest"),
        files::top().join("target/guest/build"),
    );
    let cargo = Run::cargo()
        .args(["build", "--quiet", "--release", "--locked"])
        .dir(&source);
    // The guest has its own target and flags, whatever the caller set for the workspace.
    let overriding = ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "CARGO_BUILD_TARGET"];
    let cargo = overriding.into_iter().fold(cargo, Run::without_env);
    cargo.env("CARGO_TARGET_DIR", &target).go()?;
    let program = target.join("x86_64-unknown-linux-gnu/release/init");
    let bytes = files::read(&program)?;
    if elf::Elf::parse(&bytes).is_none_or(|elf| elf.section(".interp").is_some()) {
        return Err(Error::NotStatic(program));
    }
    Ok(bytes)
}

//! The guest of 64-bit ARM: the distribution's kernel, and its one program with all of a small system in it.
//!
//! Our own first process is built for this machine; for another one the toolchain would have to be installed.

use std::path::{Path, PathBuf};

use super::cpio::{Archive as Cpio, Kind};
use super::kernel;
use super::modules::{self, Module};
use super::package::{self, Archive};
use crate::error::Error;
use crate::files;

/// The architecture, as the distribution calls it.
const ARCHITECTURE: &str = "arm64";
/// The package that depends on the newest kernel made for guests.
const KERNEL: &str = "linux-image-cloud-arm64";
/// The package of the program.
const PROGRAM: &str = "busybox-static";

/// What the program runs first. It greets and answers as our own guest does, as far as tests ask it.
const INIT: &str = "#!/bin/busybox sh
/bin/busybox mount -t proc proc /proc
/bin/busybox mount -t sysfs sysfs /sys
/bin/busybox mount -t devtmpfs dev /dev
while read -r module; do /bin/busybox insmod /modules/$module; done < /modules/order
for event in /dev/input/event*; do
  [ -c $event ] && (/bin/busybox head -c 1 $event > /dev/null; /bin/busybox poweroff -f) &
done
echo \"Ferrovirt guest ready: $(/bin/busybox uname -srm)\"
while read -r line; do
  case $line in
    devices)
      for device in /sys/bus/pci/devices/* /sys/bus/virtio/devices/*; do
        echo ${device##*/} $(/bin/busybox cat $device/vendor $device/device)
      done
      echo ok ;;
    poweroff) /bin/busybox poweroff -f ;;
    *) echo \"error: unknown command '$line', try devices or poweroff\" ;;
  esac
done
";

/// Puts `vmlinuz` and `initrd.cpio` into a directory; packages are fetched where there are none yet.
pub(super) fn build(place: &Path) -> Result<(), Error> {
    let archive = Archive::foreign(&place.join("archive"), ARCHITECTURE)?;
    let kernel = kernel::unpacked(&archive, &place.join("kernel"), KERNEL)?;
    let program = program(&archive, &place.join("busybox"))?;
    let modules = modules::in_load_order(&kernel, &modules::WANTED)?;
    files::replace(&place.join("vmlinuz"), &files::read(&kernel.image)?)?;
    files::replace(&place.join("initrd.cpio"), &pack(&program, &modules))
}

fn program(archive: &Archive, place: &Path) -> Result<Vec<u8>, Error> {
    let path: PathBuf = place.join("unpacked/bin/busybox");
    if !path.is_file() {
        package::unpack(archive, place, PROGRAM, || archive.known(PROGRAM))?;
    }
    files::read(&path)
}

fn pack(program: &[u8], modules: &[Module]) -> Vec<u8> {
    let mut archive = Cpio::default();
    super::image::start(&mut archive, INIT.as_bytes(), modules);
    archive.add("bin", Kind::Directory, &[]);
    archive.add("bin/busybox", Kind::Program, program);
    archive.finish()
}

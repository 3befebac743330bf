//! The kernel modules that the guest loads, each after those that it needs.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::elf::Elf;
use super::kernel::Kernel;
use crate::error::Error;
use crate::files;
use crate::run::Run;

/// What the guest wants, by the kernel's names. Those that a kernel has built in, or does not
/// have, are left out: the cloud kernel of Debian 12 has no `ahci`, `e1000` and `i6300esb` (the guest arms
/// that watchdog without a driver), and finds `virtio_mmio` devices by ACPI only, so a microvm
/// needs `<acpi/>`, and without KVM `tsc_early_khz` on its command line.
pub(super) const WANTED: [&str; 27] = [
    "virtio_pci",
    "virtio_mmio",
    "virtio_console",
    "virtio_blk",
    "virtio_net",
    "virtio_rng",
    "virtio_balloon",
    "virtio_input",
    "virtio_scsi",
    "evdev",
    "button",
    "pvpanic_pci",
    "pvpanic_mmio",
    "ata_piix",
    "ahci",
    "sd_mod",
    "sr_mod",
    "vmw_pvscsi",
    "e1000",
    "i6300esb",
    "virtio_mem",
    "virtio_pmem",
    "nd_pmem",
    "vmw_vsock_virtio_transport",
    "virtiofs",
    "9pnet_virtio",
    "qemu_fw_cfg",
];

/// Drivers of the hardware that QEMU emulates. The first one's device asks for attention from the beginning, which others
/// on its line could not bear.
const HARDWARE: [&str; 41] = [
    "am53c974",
    "xhci_pci",
    "ehci_pci",
    "uhci_hcd",
    "ohci_pci",
    "hid_generic",
    "usbhid",
    "usb_storage",
    "uas",
    "ftdi_sio",
    "cdc_ether",
    "rndis_host",
    "snd_usb_audio",
    "snd_hda_codec_generic",
    "snd_hda_intel",
    "snd_intel8x0",
    "snd_ens1370",
    "sym53c8xx",
    "megaraid_sas",
    "mptsas",
    "8139cp",
    "e1000e",
    "e100",
    "igb",
    "pcnet32",
    "ne2k_pci",
    "tulip",
    "vmxnet3",
    "lpc_ich",
    "i2c_i801",
    "iTCO_wdt",
    "ib700wdt",
    "pvpanic",
    "floppy",
    "parport_pc",
    "psmouse",
    "virtio_crypto",
    "nfit",
    "9p",
    "nvme",
    "pcspkr",
];

/// What the guest wants of a kernel with drivers of hardware.
pub(super) fn with_hardware() -> Vec<&'static str> {
    WANTED.into_iter().chain(HARDWARE).collect()
}

/// A module as it goes into the initramfs.
#[derive(Debug)]
pub(super) struct Module {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// The modules of a kernel, in an order in which they can be loaded.
pub(super) fn in_load_order(kernel: &Kernel, wanted: &[&str]) -> Result<Vec<Module>, Error> {
    let files: BTreeMap<String, PathBuf> = files::walk(&kernel.modules, &|_| true)?
        .into_iter()
        .filter_map(|path| Some((module_name(&path)?, path)))
        .collect();
    let mut order = Order {
        files,
        done: Vec::new(),
        open: BTreeSet::new(),
    };
    wanted.iter().try_for_each(|name| order.add(name))?;
    Ok(order.done)
}

/// A depth-first walk over what modules need.
struct Order {
    files: BTreeMap<String, PathBuf>,
    done: Vec<Module>,
    open: BTreeSet<String>,
}

impl Order {
    fn add(&mut self, name: &str) -> Result<(), Error> {
        let Some(path) = self.files.get(name).cloned() else {
            return Ok(());
        };
        if self.done.iter().any(|module| module.name == name) {
            return Ok(());
        }
        if !self.open.insert(name.to_owned()) {
            return Err(Error::ModuleCycle(name.to_owned()));
        }
        let bytes = content(&path)?;
        for needed in needs(&bytes).map_err(|reason| Error::Elf { path, reason })? {
            self.add(&needed)?;
        }
        self.done.push(Module {
            name: name.to_owned(),
            bytes,
        });
        Ok(())
    }
}

/// The kernel's name of a module file; nothing for other files.
fn module_name(path: &Path) -> Option<String> {
    let file = path.file_name()?.to_str()?;
    let stem = file
        .strip_suffix(".ko")
        .or_else(|| file.strip_suffix(".ko.xz"))?;
    Some(stem.replace('-', "_"))
}

fn content(path: &Path) -> Result<Vec<u8>, Error> {
    if path.extension().is_some_and(|extension| extension == "xz") {
        // Next to the package's own file, so that a second run finds it.
        Run::new("xz")
            .args(["--decompress", "--keep", "--force"])
            .arg(path)
            .go()?;
        return files::read(&path.with_extension(""));
    }
    files::read(path)
}

/// The modules that a module says it depends on (`modinfo -F depends`).
fn needs(bytes: &[u8]) -> Result<Vec<String>, &'static str> {
    let elf = Elf::parse(bytes).ok_or("no ELF file")?;
    let info = elf.section(".modinfo").ok_or("no .modinfo section")?;
    let list = info
        .split(|byte| *byte == 0)
        .find_map(|field| field.strip_prefix(b"depends="))
        .ok_or("no list of what it depends on")?;
    let list = std::str::from_utf8(list).map_err(|_| "a list that is no text")?;
    Ok(list
        .split(',')
        .filter(|name| !name.is_empty())
        .map(|name| name.replace('-', "_"))
        .collect())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::elf::tests::sample;
    use super::*;

    fn check(modules: &[(&str, &str)]) -> Result<Vec<String>, Error> {
        let room = tempfile::tempdir().unwrap();
        for (name, depends) in modules {
            let file = format!("license=GPL\0depends={depends}\0name={name}\0");
            let path = room.path().join(format!("kernel/{name}.ko"));
            files::replace(&path, &sample(".modinfo", file.as_bytes())).unwrap();
        }
        let kernel = Kernel {
            image: PathBuf::new(),
            modules: room.path().to_owned(),
        };
        let order = in_load_order(&kernel, &WANTED)?;
        Ok(order.into_iter().map(|module| module.name).collect())
    }

    #[test]
    fn what_is_needed_comes_first_and_once() {
        let modules = [
            ("virtio_blk", "virtio"),
            ("virtio-rng", "virtio"),
            ("virtio", ""),
            ("virtio_pci", "virtio,virtio-ring"),
            ("virtio_ring", "virtio"),
            ("unrelated", "virtio"),
        ];
        let order = check(&modules).unwrap();
        assert_eq!(
            order,
            [
                "virtio",
                "virtio_ring",
                "virtio_pci",
                "virtio_blk",
                "virtio_rng"
            ]
        );
    }

    #[test]
    fn a_module_that_is_built_in_is_left_out() {
        assert_eq!(check(&[("evdev", "input_core")]).unwrap(), ["evdev"]);
    }

    #[test]
    fn a_circle_is_an_error() {
        let modules = [("evdev", "button"), ("button", "evdev")];
        assert!(matches!(check(&modules), Err(Error::ModuleCycle(_))));
    }

    #[test]
    fn a_file_that_is_no_module_is_named() {
        let room = tempfile::tempdir().unwrap();
        fs::create_dir(room.path().join("kernel")).unwrap();
        files::replace(&room.path().join("kernel/evdev.ko"), b"text").unwrap();
        let kernel = Kernel {
            image: PathBuf::new(),
            modules: room.path().to_owned(),
        };
        let failure = in_load_order(&kernel, &WANTED).unwrap_err();
        assert!(failure.to_string().contains("evdev.ko"), "{failure}");
    }
}

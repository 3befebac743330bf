//! What the host has for guests to use: firmware, directories, nodes and pages.

use std::path::PathBuf;

use ::host::{Root, dmi, memory, mounts, numa};
use documents::domain::{BaseBoard, PciAddress, SmbiosEntry, SmbiosInfo};
use driver::Layout;

use crate::command_line::{HugePageDir, Surroundings};
use crate::domain::Host;
use crate::firmware::{self, Firmware};
use crate::vm::DRIVER;

/// The host, as the driver's guests find it. Nothing of it is kept: it is read when it is needed.
#[derive(Debug)]
pub struct HostFacts {
    layout: Layout,
    firmware_dirs: Vec<PathBuf>,
}

impl HostFacts {
    /// The host of an installation. One that is not the system's has descriptors of its user's too.
    pub fn new(layout: &Layout, privileged: bool) -> Self {
        let user = match privileged {
            true => None,
            false => std::env::var_os("XDG_CONFIG_HOME")
                .map(PathBuf::from)
                .or_else(|| {
                    std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".config"))
                }),
        };
        Self {
            layout: layout.clone(),
            firmware_dirs: firmware::directories(user.as_deref()),
        }
    }

    /// What command lines name of the host.
    pub fn surroundings(&self) -> Surroundings {
        let root = Root::default();
        let nodes = numa::cells(&root).unwrap_or_default();
        Surroundings {
            memory_dir: self.layout.lib_dir(DRIVER).join("ram"),
            page_kib: memory::base_page(),
            huge_pages: huge_pages(&root),
            nodes: nodes.into_iter().map(|cell| cell.id).collect(),
            advised_nodes: None,
            smbios: dmi::dmi(&root).map(smbios),
        }
    }
}

impl Host for HostFacts {
    fn layout(&self) -> Layout {
        self.layout.clone()
    }

    fn firmware(&self) -> Vec<Firmware> {
        firmware::installed(&self.firmware_dirs)
    }

    fn address_bits(&self) -> Option<u32> {
        let processor = ::host::cpu::processor(&Root::default());
        processor.ok()?.physical_address_bits
    }

    fn is_conventional(&self, address: &PciAddress) -> bool {
        ::host::pci::is_conventional(&Root::default(), &address.to_string())
    }
}

/// The file systems of huge pages. The first one of a size counts.
fn huge_pages(root: &Root) -> Vec<HugePageDir> {
    let default = memory::default_huge_page(root);
    let mut dirs: Vec<HugePageDir> = Vec::new();
    for mount in mounts::mounts(root).unwrap_or_default() {
        if mount.kind != "hugetlbfs" {
            continue;
        }
        let size = mount.options.iter().find_map(|option| {
            let bytes = option.strip_prefix("pagesize=")?;
            let at = bytes
                .find(|it: char| !it.is_ascii_digit())
                .unwrap_or(bytes.len());
            let (number, unit) = bytes.split_at_checked(at)?;
            let factor = match unit {
                "" => 1,
                unit => xml::unit_bytes(unit)?,
            };
            Some(number.parse::<u64>().ok()?.saturating_mul(factor) >> 10)
        });
        let Some(kib) = size.or(default) else {
            continue;
        };
        if dirs.iter().any(|dir| dir.kib == kib) {
            continue;
        }
        dirs.push(HugePageDir {
            kib,
            is_default: Some(kib) == default,
            path: mount.point.join("libvirt/qemu"),
        });
    }
    dirs
}

fn smbios(dmi: dmi::Dmi) -> SmbiosInfo {
    let entries = |entries: dmi::Entries| {
        let entry = |(name, value): (&str, String)| SmbiosEntry {
            name: name.to_owned(),
            value,
        };
        entries.into_iter().map(entry).collect()
    };
    SmbiosInfo {
        bios: entries(dmi.bios),
        system: entries(dmi.system),
        // QEMU has a place for one board.
        base_boards: dmi
            .boards
            .into_iter()
            .take(1)
            .map(|board| BaseBoard {
                entries: entries(board),
            })
            .collect(),
        chassis: entries(dmi.chassis),
        oem_strings: dmi.oem_strings,
    }
}

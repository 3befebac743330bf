//! PCI devices of the host: who drives them, and which of them only go together.

use std::path::{Path, PathBuf};

use crate::root::Root;

/// Where the kernel lists devices.
const DEVICES: &str = "sys/bus/pci/devices";

/// The capability of PCI Express devices.
const PCI_EXPRESS: u8 = 0x10;

/// A PCI device of the host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PciDevice {
    /// Its address: `0000:06:02.0`.
    pub address: String,
    /// The driver that has it.
    pub driver: Option<String>,
    /// The group of the IOMMU that it belongs to.
    pub group: Option<u32>,
    /// The vendor and the device.
    pub id: (u32, u32),
    /// Whether it is a bridge, which no guest can have.
    pub bridge: bool,
}

/// A device by its address; nothing when there is none.
#[must_use]
pub fn device(root: &Root, address: &str) -> Option<PciDevice> {
    let folder = format!("{DEVICES}/{address}");
    let hex = |name: &str| {
        let text = root.optional(format!("{folder}/{name}"))?;
        u32::from_str_radix(text.trim_start_matches("0x"), 16).ok()
    };
    let link = |name: &str| -> Option<String> {
        let target = std::fs::read_link(root.path(format!("{folder}/{name}"))).ok()?;
        Some(target.file_name()?.to_string_lossy().into_owned())
    };
    Some(PciDevice {
        address: address.to_owned(),
        driver: link("driver"),
        group: link("iommu_group").and_then(|group| group.parse().ok()),
        id: (hex("vendor")?, hex("device")?),
        // Base class 6.
        bridge: hex("class").unwrap_or_default() >> 16 == 0x06,
    })
}

/// Whether there is a device at this address that knows no PCI Express, by what its configuration space says.
#[must_use]
pub fn is_conventional(root: &Root, address: &str) -> bool {
    let config = std::fs::read(root.path(format!("{DEVICES}/{address}/config")));
    config.is_ok_and(|config| !has_capability(&config, PCI_EXPRESS))
}

/// Whether a configuration space lists a capability (PCI 3.0, 6.7).
fn has_capability(config: &[u8], wanted: u8) -> bool {
    const STATUS: usize = 0x06;
    const LISTED: u8 = 1 << 4;
    const FIRST: usize = 0x34;
    let byte = |at: usize| config.get(at).copied().unwrap_or_default();
    if byte(STATUS) & LISTED == 0 {
        return false;
    }
    let mut at = usize::from(byte(FIRST) & !3);
    // There is no room for more of them; a damaged list may run in circles.
    for _ in 0..48 {
        if at < 0x40 {
            return false;
        }
        if byte(at) == wanted {
            return true;
        }
        at = usize::from(byte(at + 1) & !3);
    }
    false
}

/// The devices of a group of the IOMMU: no guest can have one while the host uses another.
#[must_use]
pub fn group(root: &Root, number: u32) -> Vec<PciDevice> {
    let names = root.names(format!("sys/kernel/iommu_groups/{number}/devices"));
    names.iter().filter_map(|name| device(root, name)).collect()
}

/// Whether the kernel can give devices to guests: VFIO is there and an IOMMU separates devices.
#[must_use]
pub fn has_vfio(root: &Root) -> bool {
    root.path("dev/vfio/vfio").exists() && crate::devices::iommu(root)
}

/// The file of a device through which something is told to the kernel.
#[must_use]
pub fn control(root: &Root, address: &str, file: &str) -> PathBuf {
    root.path(Path::new(DEVICES).join(address).join(file))
}

/// The nodes through which a screen is drawn, by their numbers.
#[must_use]
pub fn render_nodes(root: &Root) -> Vec<u32> {
    root.numbered("dev/dri", "renderD")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::tree;

    #[test]
    fn a_device_without_the_capability_of_express_is_conventional() {
        let space = |list: &[(usize, u8, u8)]| {
            let mut config = vec![0; 256];
            config[0x06] = 0x10;
            config[0x34] = 0x40;
            for (at, id, next) in list {
                config[*at] = *id;
                config[at + 1] = *next;
            }
            config
        };
        assert!(has_capability(
            &space(&[(0x40, 0x05, 0x50), (0x50, 0x10, 0)]),
            PCI_EXPRESS
        ));
        assert!(!has_capability(
            &space(&[(0x40, 0x05, 0x50), (0x50, 0x11, 0)]),
            PCI_EXPRESS
        ));
        let circle = space(&[(0x40, 0x05, 0x40)]);
        assert!(!has_capability(&circle, PCI_EXPRESS));
        assert!(!has_capability(&[], PCI_EXPRESS));
        let (_dir, root) = tree(&[("sys/bus/pci/devices/0000:00:02.0/config", "\0")]);
        assert!(is_conventional(&root, "0000:00:02.0"));
        assert!(!is_conventional(&root, "0000:00:03.0"), "there is none");
    }

    #[test]
    fn a_device_says_who_drives_it_and_whom_it_goes_with() {
        let (dir, root) = tree(&[
            ("sys/bus/pci/devices/0000:06:02.0/vendor", "0x8086\n"),
            ("sys/bus/pci/devices/0000:06:02.0/device", "0x10ca\n"),
            ("sys/bus/pci/devices/0000:06:02.0/class", "0x020000\n"),
            ("sys/bus/pci/drivers/igbvf/bind", ""),
            ("sys/kernel/iommu_groups/7/devices/0000:06:02.0/x", ""),
        ]);
        let link = |from: &str, to: &str| {
            std::os::unix::fs::symlink(to, dir.path().join(from)).unwrap();
        };
        link(
            "sys/bus/pci/devices/0000:06:02.0/driver",
            "../../drivers/igbvf",
        );
        link(
            "sys/bus/pci/devices/0000:06:02.0/iommu_group",
            "../../../../kernel/iommu_groups/7",
        );
        let expected = PciDevice {
            address: "0000:06:02.0".into(),
            driver: Some("igbvf".into()),
            group: Some(7),
            id: (0x8086, 0x10ca),
            bridge: false,
        };
        assert_eq!(device(&root, "0000:06:02.0"), Some(expected.clone()));
        assert_eq!(group(&root, 7), [expected]);
        assert_eq!(device(&root, "0000:06:03.0"), None);
        assert!(!has_vfio(&root));
    }
}

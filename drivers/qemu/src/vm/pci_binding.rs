//! PCI devices of the host, taken from their driver for a guest and given back.

use std::fs;
use std::io;
use std::path::PathBuf;

use documents::domain::{DiskSource, Domain, HostDevSource};
use host::Root;
use host::pci::{self, PciDevice};

/// The driver that hands devices to guests.
const VFIO: &str = "vfio-pci";

/// Why a device cannot be given to a guest.
#[derive(Debug, thiserror::Error)]
pub enum BindError {
    /// There is no such device.
    #[error("Device {0} not found: could not access its folder in /sys/bus/pci/devices")]
    Missing(String),
    /// It cannot be separated from the rest of the host.
    #[error("PCI device {0} is in no group of the IOMMU: turn the IOMMU on")]
    NoGroup(String),
    /// Another device goes with it, and the host uses it.
    #[error(
        "PCI device {device} cannot be assigned: '{other}' of its IOMMU group is used by the host's driver {driver}"
    )]
    Group {
        /// The address of the device that a guest is to have.
        device: String,
        /// The address of the one that goes with it.
        other: String,
        /// The driver of the host that has the other one.
        driver: String,
    },
    /// It is left to others to hand it over, and nobody did.
    #[error("Unmanaged PCI device {0} must be manually detached from the host")]
    Unmanaged(String),
    /// The kernel did not take or give it.
    #[error("cannot write '{}'", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the kernel said.
        source: io::Error,
    },
    /// The driver did not take it.
    #[error("PCI device {0} has not been taken by {VFIO}: load the module")]
    NotTaken(String),
}

/// The devices that a guest is to have, each with whether the driver takes and returns them.
pub(crate) fn wanted(domain: &Domain) -> Vec<(String, bool)> {
    let devices = domain.devices.hostdevs.iter();
    let devices = devices.filter_map(|device| match &device.source {
        HostDevSource::Pci(source) => {
            let address = source.address.unwrap_or_default().to_string();
            Some((address, device.managed == Some(true)))
        }
        _ => None,
    });
    let mut wanted: Vec<_> = devices.collect();
    // Several namespaces of one controller are several disks.
    for (address, managed) in controllers(domain) {
        match wanted.iter_mut().find(|(known, _)| *known == address) {
            Some((_, known)) => *known |= managed,
            None => wanted.push((address, managed)),
        }
    }
    wanted
}

/// The NVMe controllers of the disks that QEMU drives itself.
pub(crate) fn controllers(domain: &Domain) -> impl Iterator<Item = (String, bool)> + '_ {
    let sources = domain.devices.disks.iter().flat_map(|disk| {
        let below = std::iter::successors(disk.backing_store.as_deref(), |store| {
            store.backing_store.as_deref()
        });
        let below = below.filter_map(|store| store.source.to_source());
        std::iter::once(disk.source.clone()).chain(below)
    });
    sources.filter_map(|source| match source {
        DiskSource::Nvme(nvme) => {
            let address = nvme.address.unwrap_or_default().to_string();
            Some((address, nvme.managed == Some(true)))
        }
        _ => None,
    })
}

/// The addresses of those that are managed.
pub(crate) fn managed(domain: &Domain) -> Vec<String> {
    let wanted = wanted(domain).into_iter();
    wanted
        .filter_map(|(address, managed)| managed.then_some(address))
        .collect()
}

/// The addresses of those that will be taken from their drivers. What its driver leaves to guests anyway is not given
/// back to another one when the guest ends.
pub(crate) fn to_take(domain: &Domain, root: &Root) -> Vec<String> {
    let mut managed = managed(domain);
    managed.retain(|address| {
        pci::device(root, address).is_some_and(|device| device.driver.as_deref() != Some(VFIO))
    });
    managed
}

/// Takes the devices for a guest, and notes in `taken` each that changes its driver and is not there yet.
///
/// # Errors
/// When one is missing, not separable, or in use.
pub(crate) fn take(
    devices: &[(String, bool)],
    root: &Root,
    taken: &mut Vec<String>,
) -> Result<(), BindError> {
    for (address, managed) in devices {
        let device = pci::device(root, address);
        let device = device.ok_or_else(|| BindError::Missing(address.clone()))?;
        if device.driver.as_deref() == Some(VFIO) {
            continue;
        }
        if !managed {
            return Err(BindError::Unmanaged(address.clone()));
        }
        if !taken.contains(address) {
            taken.push(address.clone());
        }
        write(root, address, "driver_override", VFIO)?;
        rebind(root, &device)?;
        let now = pci::device(root, address).and_then(|device| device.driver);
        if now.as_deref() != Some(VFIO) {
            return Err(BindError::NotTaken(address.clone()));
        }
    }
    devices
        .iter()
        .try_for_each(|(address, _)| check_group(address, root))
}

/// A guest that has a device can reach the others of its group: the host must not use them.
fn check_group(address: &str, root: &Root) -> Result<(), BindError> {
    let device = pci::device(root, address);
    let group = device.and_then(|device| device.group);
    let group = group.ok_or_else(|| BindError::NoGroup(address.to_owned()))?;
    let used = |other: &PciDevice| {
        let driver = other.driver.as_deref();
        !other.bridge && !matches!(driver, None | Some(VFIO | "pci-stub"))
    };
    match pci::group(root, group).into_iter().find(used) {
        Some(other) => Err(BindError::Group {
            device: address.to_owned(),
            driver: other.driver.unwrap_or_default(),
            other: other.address,
        }),
        None => Ok(()),
    }
}

/// Gives the devices back to the drivers that fit them.
///
/// # Errors
/// The first that could not be given back; the others are.
pub(crate) fn give_back(devices: &[String], root: &Root) -> Result<(), BindError> {
    let mut result = Ok(());
    for address in devices {
        let Some(device) = pci::device(root, address) else {
            continue;
        };
        // An empty line takes the choice of a driver back.
        let given = write(root, address, "driver_override", "\n");
        // A start that was broken off may not have come to it: its driver keeps it.
        let given = match device.driver.as_deref() {
            None | Some(VFIO) => given.and_then(|()| rebind(root, &device)),
            Some(_) => given,
        };
        result = result.and(given);
    }
    result
}

/// Takes a device from its driver and lets the kernel find the one for it.
fn rebind(root: &Root, device: &PciDevice) -> Result<(), BindError> {
    if device.driver.is_some() {
        write(root, &device.address, "driver/unbind", &device.address)?;
    }
    let path = root.path("sys/bus/pci/drivers_probe");
    put(path, &device.address)
}

fn write(root: &Root, address: &str, file: &str, text: &str) -> Result<(), BindError> {
    put(pci::control(root, address, file), text)
}

fn put(path: PathBuf, text: &str) -> Result<(), BindError> {
    let written = fs::File::options()
        .write(true)
        .open(&path)
        .and_then(|mut file| io::Write::write_all(&mut file, text.as_bytes()));
    written.map_err(|source| BindError::Write { path, source })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    /// A host with a card of `driver` in group 7; the kernel behind the files does nothing.
    fn host(driver: &str) -> (tempfile::TempDir, Root) {
        let folder = tempfile::tempdir().unwrap();
        let card = "sys/bus/pci/devices/0000:06:02.0";
        for (path, text) in [
            (format!("{card}/vendor"), "0x8086"),
            (format!("{card}/device"), "0x10ca"),
            (format!("{card}/class"), "0x020000"),
            (format!("{card}/driver_override"), ""),
            (format!("sys/bus/pci/drivers/{driver}/unbind"), ""),
            ("sys/bus/pci/drivers_probe".to_owned(), ""),
            (
                "sys/kernel/iommu_groups/7/devices/0000:06:02.0/x".to_owned(),
                "",
            ),
        ] {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            let mut file = fs::File::create(path).unwrap();
            io::Write::write_all(&mut file, text.as_bytes()).unwrap();
        }
        let link = |from: &str, to: &str| symlink(to, folder.path().join(card).join(from)).unwrap();
        link("driver", &format!("../../drivers/{driver}"));
        link("iommu_group", "../../../../kernel/iommu_groups/7");
        let root = Root::new(folder.path());
        (folder, root)
    }

    fn take_one(driver: &str, managed: bool) -> (Result<(), BindError>, Vec<String>, String) {
        let (folder, root) = host(driver);
        let mut taken = Vec::new();
        let devices = [("0000:06:02.0".to_owned(), managed)];
        let result = take(&devices, &root, &mut taken);
        let file = "sys/bus/pci/devices/0000:06:02.0/driver_override";
        let chosen = fs::read_to_string(folder.path().join(file)).unwrap();
        (result, taken, chosen)
    }

    #[test]
    fn a_device_that_vfio_has_is_taken_as_it_is() {
        let (result, taken, chosen) = take_one(VFIO, true);
        assert!(result.is_ok());
        assert!(taken.is_empty() && chosen.is_empty());
    }

    #[test]
    fn what_vfio_has_already_is_not_among_what_is_taken() {
        let device = |managed: &str| {
            format!(
                "<domain type='qemu'><name>a</name><devices><hostdev mode='subsystem' type='pci' \
                 managed='{managed}'><source><address domain='0' bus='6' slot='2' function='0'/></source></hostdev>\
                 </devices></domain>"
            )
        };
        for (driver, managed, expected) in
            [("igbvf", "yes", 1), ("igbvf", "no", 0), (VFIO, "yes", 0)]
        {
            let (_folder, root) = host(driver);
            let options = xml::Options::lenient();
            let domain: Domain = xml::parse(&device(managed), &options).unwrap();
            assert_eq!(
                to_take(&domain, &root).len(),
                expected,
                "{driver} {managed}"
            );
        }
    }

    #[test]
    fn a_managed_device_is_taken_from_its_driver_and_noted() {
        let (result, taken, chosen) = take_one("igbvf", true);
        // No kernel moves the link here, which is what a missing module looks like.
        assert!(matches!(result, Err(BindError::NotTaken(_))));
        assert_eq!((taken.len(), chosen.as_str()), (1, VFIO));
    }

    #[test]
    fn a_device_that_was_not_taken_yet_stays_with_its_driver() {
        for (driver, unbound) in [("igbvf", ""), (VFIO, "0000:06:02.0")] {
            let (folder, root) = host(driver);
            give_back(&["0000:06:02.0".to_owned()], &root).unwrap();
            let file = format!("sys/bus/pci/drivers/{driver}/unbind");
            let written = fs::read_to_string(folder.path().join(file)).unwrap();
            assert_eq!(written, unbound, "{driver}");
        }
    }

    #[test]
    fn an_unmanaged_device_must_be_free_already() {
        let (result, taken, _) = take_one("igbvf", false);
        assert!(matches!(result, Err(BindError::Unmanaged(_))));
        assert!(taken.is_empty());
    }

    #[test]
    fn a_controller_is_taken_once_for_all_its_namespaces() {
        let nvme = |namespace: u32, managed: &str| {
            format!(
                "<disk type='nvme' device='disk'><source type='pci' namespace='{namespace}' {managed}>\
                 <address domain='0' bus='6' slot='2' function='0'/></source><target dev='vd{namespace}'/></disk>"
            )
        };
        let text = format!(
            "<domain type='qemu'><name>a</name><devices>{}{}</devices></domain>",
            nvme(1, ""),
            nvme(2, "managed='yes'")
        );
        let domain: Domain = xml::parse(&text, &xml::Options::lenient()).unwrap();
        assert_eq!(wanted(&domain), [("0000:06:02.0".to_owned(), true)]);
    }

    #[test]
    fn a_device_that_is_not_there_is_named() {
        let (_folder, root) = host(VFIO);
        let devices = [("0000:09:00.0".to_owned(), true)];
        let result = take(&devices, &root, &mut Vec::new());
        assert!(matches!(result, Err(BindError::Missing(address)) if address == "0000:09:00.0"));
    }
}

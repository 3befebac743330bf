//! IOMMU, vsock, shared memory, panic devices, pstore, devices that encrypt, leases.

use documents::domain::{
    Address, Crypto, CryptoBackendModel, Domain, IoApicDriver, Iommu, IommuModel, Panic,
    PanicModel, Pstore, Shmem, ShmemModel,
};

use crate::capabilities::Capabilities;
use crate::domain::completion::os::word;
use crate::domain::completion::shmem::size;
use crate::domain::error::PlatformDeviceError;
use crate::domain::machine::{Family, machine_arch};
use crate::domain::repeated::repeated;

/// The first number of a guest in sockets between host and guest; those below have a meaning of their own.
const FIRST_CID: u32 = 3;

/// The CPUs that interrupts reach without the extended mode of the IOMMU.
const PLAIN_CPUS: u32 = 255;

/// The smallest memory between guests.
const SHMEM: u64 = 1 << 20;

/// The smallest storage for after a crash, in KiB.
const PSTORE: u64 = 4;

pub(super) fn check(
    domain: &Domain,
    capabilities: &Capabilities,
) -> Result<(), PlatformDeviceError> {
    let devices = &domain.devices;
    for shmem in &devices.shmems {
        check_shmem(shmem)?;
    }
    check_panics(&devices.panics, domain, capabilities)?;
    if let Some(iommu) = &devices.iommu {
        check_iommu(iommu, domain, capabilities)?;
    }
    check_cpus(domain)?;
    let cid = devices.vsock.as_ref().and_then(|vsock| vsock.cid.as_ref());
    if cid
        .and_then(|cid| cid.address)
        .is_some_and(|cid| cid < FIRST_CID)
    {
        return Err(PlatformDeviceError::Cid);
    }
    if devices.vsock.is_some() && !capabilities.has_device("vhost-vsock-pci") {
        return Err(PlatformDeviceError::NoVsock);
    }
    for crypto in &devices.cryptos {
        check_crypto(crypto, capabilities)?;
    }
    if let Some(pstore) = &devices.pstore {
        check_pstore(pstore, capabilities)?;
    }
    if devices.nvram.is_some() && !machine_arch(domain).starts_with("ppc64") {
        return Err(PlatformDeviceError::Nvram);
    }
    for lease in &devices.leases {
        if lease.lockspace.is_none() {
            return Err(PlatformDeviceError::LeaseLockspace);
        }
        if lease.key.is_none() {
            return Err(PlatformDeviceError::Lease { what: "key" });
        }
    }
    Ok(())
}

fn check_shmem(shmem: &Shmem) -> Result<(), PlatformDeviceError> {
    if shmem.name.contains('/') {
        return Err(PlatformDeviceError::ShmemSlash);
    }
    if matches!(shmem.name.as_str(), "." | "..") {
        return Err(PlatformDeviceError::ShmemDots {
            name: shmem.name.clone(),
        });
    }
    let size = size(shmem).unwrap_or(0);
    let sized = shmem.model != Some(ShmemModel::IvshmemDoorbell);
    if sized && size > 0 && (size < SHMEM || !size.is_power_of_two()) {
        return Err(PlatformDeviceError::ShmemSize);
    }
    let model = shmem.model.unwrap_or(ShmemModel::Ivshmem);
    let name = word(model);
    let server = |state| Err(PlatformDeviceError::ShmemServer { model: name, state });
    match model {
        ShmemModel::Ivshmem => return Err(PlatformDeviceError::Ivshmem),
        ShmemModel::IvshmemPlain if shmem.server.is_some() => return server("disabled"),
        ShmemModel::IvshmemPlain if shmem.msi.is_some() => {
            return Err(PlatformDeviceError::ShmemMsi);
        }
        ShmemModel::IvshmemDoorbell if size > 0 => {
            return Err(PlatformDeviceError::ShmemNoSize { model: name });
        }
        ShmemModel::IvshmemDoorbell if shmem.server.is_none() => return server("enabled"),
        _ => {}
    }
    Ok(())
}

fn check_panics(
    panics: &[Panic],
    domain: &Domain,
    capabilities: &Capabilities,
) -> Result<(), PlatformDeviceError> {
    if let Some(second) = repeated(panics, |panic| panic.model) {
        let model = word(second.model.unwrap_or_default());
        return Err(PlatformDeviceError::SecondPanic { model });
    }
    let arch = machine_arch(domain);
    for panic in panics {
        let model = panic.model.unwrap_or_default();
        let foreign = |guests| {
            Err(PlatformDeviceError::PanicModel {
                model: word(model),
                guests,
            })
        };
        let address = panic.info.address.as_ref();
        match model {
            PanicModel::Pseries if !arch.starts_with("ppc64") => return foreign("pSeries"),
            PanicModel::S390 if arch != "s390x" => return foreign("S390"),
            PanicModel::Hyperv if !matches!(arch, "x86_64" | "i686") => return foreign("x86"),
            PanicModel::Pseries | PanicModel::S390 | PanicModel::Hyperv if address.is_some() => {
                return Err(PlatformDeviceError::PanicNoAddress { model: word(model) });
            }
            PanicModel::Isa if !matches!(address, None | Some(Address::Isa(_))) => {
                return Err(PlatformDeviceError::PanicAddress { kind: "ISA" });
            }
            PanicModel::Isa if !capabilities.has_device("pvpanic") => {
                return Err(PlatformDeviceError::Missing {
                    what: "ISA panic device",
                });
            }
            PanicModel::Pvpanic if !matches!(address, None | Some(Address::Pci(_))) => {
                return Err(PlatformDeviceError::PanicAddress { kind: "PCI" });
            }
            PanicModel::Pvpanic if !capabilities.has_device("pvpanic-pci") => {
                return Err(PlatformDeviceError::Missing {
                    what: "PCI panic device",
                });
            }
            _ => {}
        }
    }
    Ok(())
}

fn check_iommu(
    iommu: &Iommu,
    domain: &Domain,
    capabilities: &Capabilities,
) -> Result<(), PlatformDeviceError> {
    let model = word(iommu.model);
    let driver = iommu.driver.clone().unwrap_or_default();
    let family = Family::of_domain(domain);
    let only = |machines| Err(PlatformDeviceError::IommuMachine { model, machines });
    match iommu.model {
        IommuModel::Intel | IommuModel::Smmuv3 if iommu.info.address.is_some() => {
            return Err(PlatformDeviceError::IommuAddress { model });
        }
        IommuModel::Virtio | IommuModel::Smmuv3 if iommu.driver.is_some() => {
            return Err(PlatformDeviceError::IommuOptions { model });
        }
        _ => {}
    }
    if driver.intremap == Some(true) {
        let features = domain.features.as_deref();
        if features.and_then(|features| features.ioapic) != Some(IoApicDriver::Qemu) {
            return Err(PlatformDeviceError::WholeIoApic);
        }
    }
    if driver.eim == Some(true) && driver.intremap != Some(true) {
        return Err(PlatformDeviceError::EimAlone);
    }
    let device = match iommu.model {
        IommuModel::Intel if family != Family::Q35 => return only("Q35"),
        IommuModel::Smmuv3 if family != Family::ArmVirt => return only("ARM Virt"),
        IommuModel::Virtio if !matches!(family, Family::Q35 | Family::ArmVirt) => {
            return only("Q35 and ARM Virt");
        }
        IommuModel::Intel => "intel-iommu",
        IommuModel::Virtio => "virtio-iommu-pci",
        IommuModel::Smmuv3 => "arm-smmuv3",
    };
    if !capabilities.has_device(device) {
        return Err(PlatformDeviceError::IommuModel { model });
    }
    let acpi = domain
        .features
        .as_deref()
        .is_some_and(|features| features.acpi);
    if iommu.model == IommuModel::Virtio && !acpi {
        return Err(PlatformDeviceError::IommuAcpi { model });
    }
    let elsewhere = !matches!(iommu.info.address, None | Some(Address::Pci(_)));
    if iommu.model == IommuModel::Virtio && elsewhere {
        return Err(PlatformDeviceError::IommuPci { model });
    }
    Ok(())
}

/// A PC with many CPUs needs an IOMMU that carries interrupts to all of them.
fn check_cpus(domain: &Domain) -> Result<(), PlatformDeviceError> {
    let maximum = domain.vcpu.as_ref().map_or(1, |vcpu| vcpu.max);
    if maximum <= PLAIN_CPUS || Family::of_domain(domain) != Family::Q35 {
        return Ok(());
    }
    let iommu = domain.devices.iommu.as_ref();
    let Some(iommu) = iommu.filter(|iommu| iommu.model == IommuModel::Intel) else {
        return Ok(());
    };
    let eim = iommu.driver.as_ref().and_then(|driver| driver.eim);
    match eim {
        Some(true) => Ok(()),
        _ => Err(PlatformDeviceError::ManyCpus),
    }
}

fn check_crypto(crypto: &Crypto, capabilities: &Capabilities) -> Result<(), PlatformDeviceError> {
    if !capabilities.has_device("virtio-crypto-pci") {
        return Err(PlatformDeviceError::Missing {
            what: "virtio crypto device",
        });
    }
    let object = match crypto.backend.model {
        CryptoBackendModel::Builtin => "cryptodev-backend-builtin",
        CryptoBackendModel::Lkcf => "cryptodev-backend-lkcf",
    };
    if capabilities.has_object(object) {
        Ok(())
    } else {
        Err(PlatformDeviceError::CryptoBackend {
            backend: word(crypto.backend.model),
        })
    }
}

fn check_pstore(pstore: &Pstore, capabilities: &Capabilities) -> Result<(), PlatformDeviceError> {
    let size = pstore.size.ok_or(PlatformDeviceError::PstoreNoSize)?;
    if size < PSTORE || !size.is_power_of_two() {
        return Err(PlatformDeviceError::PstoreSize);
    }
    if !matches!(pstore.info.address, None | Some(Address::Pci(_))) {
        return Err(PlatformDeviceError::PstoreBus);
    }
    if capabilities.has_device("acpi-erst") {
        Ok(())
    } else {
        Err(PlatformDeviceError::Missing {
            what: "ACPI ERST device",
        })
    }
}

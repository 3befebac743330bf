//! The unit that maps the addresses of devices.

use documents::domain::{Domain, IoApicDriver, Iommu, IommuModel};

use crate::capabilities::Arch;
use crate::domain::machine::{Family, machine_arch};

/// The CPUs that interrupts reach without an IOMMU's help.
const PLAIN_CPUS: u32 = 255;

/// Turns on what a guest with many CPUs needs, and what that needs.
pub(super) fn complete(domain: &mut Domain) {
    let many = domain.vcpu.as_ref().map_or(1, |vcpu| vcpu.max) > PLAIN_CPUS;
    let q35 = Family::of_domain(domain) == Family::Q35;
    let x86 = machine_arch(domain) == Arch::X86_64.name();
    if many && q35 && x86 {
        domain.devices.iommu.get_or_insert_with(Iommu::default);
    }
    let Some(iommu) = &mut domain.devices.iommu else {
        return;
    };
    if many && q35 && iommu.model == IommuModel::Intel {
        let driver = iommu.driver.get_or_insert_default();
        driver.intremap.get_or_insert(true);
        driver.eim.get_or_insert(true);
    }
    if let Some(driver) = &mut iommu.driver {
        driver.aw_bits.take_if(|bits| *bits == 0);
    }
    let driver = iommu.driver.as_ref();
    if driver.and_then(|driver| driver.intremap) == Some(true) {
        // Interrupts that are remapped pass through an I/O APIC of QEMU's own.
        let features = domain.features.get_or_insert_default();
        features.ioapic.get_or_insert(IoApicDriver::Qemu);
    }
}

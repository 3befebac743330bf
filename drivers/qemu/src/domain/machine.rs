//! What kind of machine a guest is: the few families that differ in what they have built in.

use documents::domain::Domain;

use crate::capabilities::Arch;

/// A family of machine types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    /// `pc-i440fx-*`: a PCI bus, IDE, a PIIX3 with USB.
    I440fx,
    /// `pc-q35-*`: PCI Express, SATA, an ICH9.
    Q35,
    /// `microvm`: virtio on memory-mapped slots, no PCI.
    Microvm,
    /// `isapc`.
    Isa,
    /// `virt` of ARM: PCI Express, memory-mapped slots, a PL011.
    ArmVirt,
    /// `virt` of RISC-V: PCI Express, memory-mapped slots, a 16550A.
    RiscvVirt,
    /// Another machine of a PC architecture.
    OtherPc,
    /// A machine whose documents are kept, but which this driver does not run.
    Foreign,
}

impl Family {
    /// The family of a machine type by its name.
    pub(crate) fn of(arch: Arch, machine: &str) -> Self {
        let is = |name: &str| {
            machine == name
                || machine
                    .strip_prefix(name)
                    .is_some_and(|r| r.starts_with('-'))
        };
        if arch.is_x86() {
            // The first versions were not named after the chipset.
            let early = ["pc-0.", "pc-1.", "rhel"];
            if machine == "pc"
                || is("pc-i440fx")
                || early.iter().any(|prefix| machine.starts_with(prefix))
            {
                Self::I440fx
            } else if machine == "q35" || is("pc-q35") {
                Self::Q35
            } else if is("microvm") {
                Self::Microvm
            } else if is("isapc") {
                Self::Isa
            } else {
                Self::OtherPc
            }
        } else if arch.is_arm() && is("virt") {
            Self::ArmVirt
        } else if arch.is_riscv() && is("virt") {
            Self::RiscvVirt
        } else {
            Self::Foreign
        }
    }

    /// The family of a domain's machine, whose architecture and name completion has filled in.
    pub(crate) fn of_domain(domain: &Domain) -> Self {
        let kind = domain.os.kind.as_ref();
        let arch = kind.and_then(|kind| Arch::from_name(kind.arch.as_deref()?));
        let machine = kind.and_then(|kind| kind.machine.as_deref());
        match (arch, machine) {
            (Some(arch), Some(machine)) => Self::of(arch, machine),
            _ => Self::Foreign,
        }
    }

    /// Whether it is a PC.
    pub(crate) fn is_pc(self) -> bool {
        matches!(
            self,
            Self::I440fx | Self::Q35 | Self::Microvm | Self::Isa | Self::OtherPc
        )
    }

    /// Whether it is the `virt` of an architecture that has one.
    pub(crate) fn is_virt(self) -> bool {
        matches!(self, Self::ArmVirt | Self::RiscvVirt)
    }

    /// Whether it has a balloon unless its document says otherwise. A small PC has only what its document names.
    pub(crate) fn has_balloon(self) -> bool {
        matches!(
            self,
            Self::I440fx | Self::Q35 | Self::Isa | Self::OtherPc | Self::RiscvVirt
        )
    }

    /// Whether it has a conventional PCI root bus.
    pub(crate) fn has_pci_root(self) -> bool {
        self == Self::I440fx
    }

    /// Whether it has a PCI Express root bus.
    pub(crate) fn has_pcie_root(self) -> bool {
        self == Self::Q35 || self.is_virt()
    }

    /// Whether it has a PS/2 controller for mouse and keyboard.
    pub(crate) fn has_ps2(self) -> bool {
        matches!(self, Self::I440fx | Self::Q35 | Self::Isa)
    }

    /// The name of QEMU's first PCI bus; `pci.0` or `pcie.0`.
    pub(crate) fn root_bus(self) -> &'static str {
        if self.has_pcie_root() {
            "pcie.0"
        } else {
            "pci.0"
        }
    }
}

/// The architecture of the guest, which completion has filled in; empty before that.
pub(crate) fn machine_arch(domain: &Domain) -> &str {
    let kind = domain.os.kind.as_ref();
    kind.and_then(|kind| kind.arch.as_deref())
        .unwrap_or_default()
}

/// The name of the guest's machine, which completion has filled in; empty before that.
pub(crate) fn machine_name(domain: &Domain) -> &str {
    let kind = domain.os.kind.as_ref();
    kind.and_then(|kind| kind.machine.as_deref())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_belong_to_their_family() {
        let check = |arch, machine, family| assert_eq!(Family::of(arch, machine), family);
        check(Arch::X86_64, "pc-i440fx-10.0", Family::I440fx);
        check(Arch::X86_64, "pc-1.0", Family::I440fx);
        check(Arch::X86_64, "rhel6.5.0", Family::I440fx);
        check(Arch::I686, "pc-q35-9.2", Family::Q35);
        check(Arch::X86_64, "microvm", Family::Microvm);
        check(Arch::X86_64, "x-remote", Family::OtherPc);
        check(Arch::Aarch64, "virt-8.2", Family::ArmVirt);
        check(Arch::Armv7l, "virt", Family::ArmVirt);
        check(Arch::Riscv64, "virt", Family::RiscvVirt);
    }

    #[test]
    fn a_name_means_its_board_only_where_that_is_built() {
        assert_eq!(Family::of(Arch::Aarch64, "q35"), Family::Foreign);
        assert_eq!(Family::of(Arch::X86_64, "virt"), Family::OtherPc);
        assert_eq!(Family::of(Arch::S390x, "s390-ccw-virtio"), Family::Foreign);
    }
}

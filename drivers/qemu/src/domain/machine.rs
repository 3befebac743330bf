//! What kind of machine a guest is: the few families that differ in what they have built in.

use documents::domain::Domain;

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
    /// `virt` of ARM, RISC-V and LoongArch: PCI Express and little else.
    Virt,
    /// Anything else.
    Other,
}

impl Family {
    /// The family of a machine type by its name.
    pub(crate) fn of(machine: &str) -> Self {
        let is = |name: &str| {
            machine == name
                || machine
                    .strip_prefix(name)
                    .is_some_and(|r| r.starts_with('-'))
        };
        if machine == "pc" || is("pc-i440fx") || is("pc-0") || is("pc-1") {
            Self::I440fx
        } else if machine == "q35" || is("pc-q35") {
            Self::Q35
        } else if is("microvm") {
            Self::Microvm
        } else if is("isapc") {
            Self::Isa
        } else if is("virt") {
            Self::Virt
        } else {
            Self::Other
        }
    }

    /// The family of a domain's machine.
    pub(crate) fn of_domain(domain: &Domain) -> Self {
        domain
            .os
            .kind
            .as_ref()
            .and_then(|kind| kind.machine.as_deref())
            .map_or(Self::Other, Self::of)
    }

    /// Whether it has a conventional PCI root bus.
    pub(crate) fn has_pci_root(self) -> bool {
        self == Self::I440fx
    }

    /// Whether it has a PCI Express root bus.
    pub(crate) fn has_pcie_root(self) -> bool {
        matches!(self, Self::Q35 | Self::Virt)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_belong_to_their_family() {
        assert_eq!(Family::of("pc-i440fx-10.0"), Family::I440fx);
        assert_eq!(Family::of("pc-q35-9.2"), Family::Q35);
        assert_eq!(Family::of("microvm"), Family::Microvm);
        assert_eq!(Family::of("virt-8.2"), Family::Virt);
        assert_eq!(Family::of("x-remote"), Family::Other);
    }
}

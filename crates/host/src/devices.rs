//! Devices of the host that virtualization builds on.

use std::fs::OpenOptions;

use crate::root::Root;

/// Whether hardware virtualization can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kvm {
    /// The kernel offers none.
    Missing,
    /// There is a device, but we may not or cannot use it.
    Unusable,
    /// It can be opened.
    Usable,
}

/// Asks for `/dev/kvm`.
#[must_use]
pub fn kvm(root: &Root) -> Kvm {
    match OpenOptions::new()
        .read(true)
        .write(true)
        .open(root.path("dev/kvm"))
    {
        Ok(_) => Kvm::Usable,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Kvm::Missing,
        Err(_) => Kvm::Unusable,
    }
}

/// Whether an IOMMU separates devices, so that they can be given to guests.
#[must_use]
pub fn iommu(root: &Root) -> bool {
    !root.names("sys/kernel/iommu_groups").is_empty()
}

#[cfg(test)]
mod tests {
    use super::{Kvm, iommu, kvm};
    use crate::fake::tree;

    #[test]
    fn devices_are_there_or_not() {
        let (_dir, root) = tree(&[]);
        assert_eq!((kvm(&root), iommu(&root)), (Kvm::Missing, false));
        let (_dir, root) = tree(&[("dev/kvm", ""), ("sys/kernel/iommu_groups/0/type", "DMA")]);
        assert_eq!((kvm(&root), iommu(&root)), (Kvm::Usable, true));
        // A directory cannot be opened for writing, whoever asks.
        let (_dir, root) = tree(&[("dev/kvm/x", "")]);
        assert_eq!(kvm(&root), Kvm::Unusable);
    }
}

//! `<iommu>`: the unit that maps the addresses of devices.

use documents::domain::{Iommu, IommuModel};

use super::part::Part;
use super::properties::Properties;
use super::seat::{Guest, Seat, Virtio, alias};
use crate::domain::DomainError;

/// Everything that QEMU creates for an IOMMU; ARM's is a property of the machine.
pub(crate) fn parts(iommu: &Iommu, guest: &Guest<'_>) -> Result<Vec<Part>, DomainError> {
    let id = Properties::default().set("id", alias(&iommu.info));
    let part = match iommu.model {
        IommuModel::Smmuv3 => return Ok(Vec::new()),
        IommuModel::Virtio => {
            id.device("virtio-iommu", Virtio::default(), guest.seat(&iommu.info))?
        }
        IommuModel::Intel => {
            let driver = iommu.driver.clone().unwrap_or_default();
            // These two have a third value, so that QEMU takes words for them.
            let word = |on: Option<bool>| on.map(|on| if on { "on" } else { "off" });
            id.optional("intremap", word(driver.intremap))
                .optional("caching-mode", driver.caching_mode)
                .optional("eim", word(driver.eim))
                .optional("device-iotlb", driver.iotlb)
                .optional("aw-bits", driver.aw_bits)
                .optional("dma-translation", driver.dma_translation)
                .device("intel-iommu", Virtio::default(), Seat::default())?
        }
    };
    Ok(vec![part])
}

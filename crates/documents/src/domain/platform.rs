//! `<iommu>`, `<vsock>`, `<panic>`, `<lease>`, `<crypto>`, `<pstore>`, `<nvram>`: small devices of the platform.

use xml::{Xml, XmlEnum};

use super::{DeviceInfo, VirtioModel, VirtioOptions};

/// An I/O memory management unit.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(name = "iommu")]
pub struct Iommu {
    /// The model.
    #[xml(attribute, required)]
    pub model: IommuModel,
    /// How it is run.
    #[xml(child, omit_empty)]
    pub driver: Option<IommuDriver>,
    /// What all devices have.
    #[xml(flatten, schema_without = "boot master rom")]
    pub info: DeviceInfo,
}

/// The model of an IOMMU.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum IommuModel {
    /// Intel VT-d.
    #[default]
    Intel,
    /// ARM's.
    Smmuv3,
    /// virtio.
    Virtio,
}

/// How an IOMMU is run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct IommuDriver {
    /// Whether interrupts are mapped.
    #[xml(attribute, on_off, since = "3.4.0")]
    pub intremap: Option<bool>,
    /// Whether devices of the host can be used.
    #[xml(attribute = "caching_mode", on_off, since = "3.4.0")]
    pub caching_mode: Option<bool>,
    /// Whether there can be more than 255 CPUs.
    #[xml(attribute, on_off, since = "3.4.0")]
    pub eim: Option<bool>,
    /// Whether devices keep translations.
    #[xml(attribute, on_off, since = "3.5.0")]
    pub iotlb: Option<bool>,
    /// Bits of an address.
    #[xml(attribute = "aw_bits", since = "6.5.0")]
    pub aw_bits: Option<u32>,
    /// Whether addresses are translated at all.
    #[xml(attribute = "dma_translation", on_off, since = "10.7.0")]
    pub dma_translation: Option<bool>,
}

/// Sockets between host and guest.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(name = "vsock")]
pub struct Vsock {
    /// The model.
    #[xml(attribute)]
    pub model: Option<VirtioModel>,
    /// The guest's number.
    #[xml(child)]
    pub cid: Option<VsockCid>,
    /// What all devices have.
    #[xml(flatten, schema_without = "boot master rom")]
    pub info: DeviceInfo,
    /// What of virtio may be set on any device.
    #[xml(child, omit_empty)]
    pub driver: Option<VirtioOptions>,
}

/// The guest's number in sockets between host and guest.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct VsockCid {
    /// Whether one is found at start.
    #[xml(attribute, yes_no)]
    pub auto: Option<bool>,
    /// The number, from 3.
    #[xml(attribute, positive)]
    pub address: Option<u32>,
}

/// Where the guest says that it has crashed.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(name = "panic")]
pub struct Panic {
    /// The model.
    #[xml(attribute, fault = "Unsupported")]
    pub model: Option<PanicModel>,
    /// What all devices have.
    #[xml(flatten, schema_without = "acpi boot master rom")]
    pub info: DeviceInfo,
}

/// The model of a panic device.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum PanicModel {
    /// On the ISA bus.
    #[default]
    Isa,
    /// pSeries.
    Pseries,
    /// Hyper-V's registers.
    Hyperv,
    /// s390.
    S390,
    /// On PCI.
    #[xml(since = "9.1.0")]
    Pvpanic,
}

/// A lease of a lock manager.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(name = "lease")]
pub struct Lease {
    /// The lock space.
    #[xml(text_child, schema_required)]
    pub lockspace: Option<String>,
    /// The lease's name.
    #[xml(text_child, schema_required)]
    pub key: Option<String>,
    /// Where it is.
    #[xml(child, required, missing = "Content")]
    pub target: LeaseTarget,
}

/// Where a lease is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct LeaseTarget {
    /// The file.
    #[xml(attribute, required, missing = "Content")]
    pub path: String,
    /// The place in it.
    #[xml(attribute, schema = "crate::pattern::UINT")]
    pub offset: Option<u64>,
}

/// A device that encrypts.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(name = "crypto")]
pub struct Crypto {
    /// The model.
    #[xml(attribute, required)]
    pub model: CryptoModel,
    /// Who runs it.
    #[xml(attribute = "type", required, default = "qemu")]
    pub kind: CryptoKind,
    /// How it encrypts.
    #[xml(child, required, once)]
    pub backend: CryptoBackend,
    /// What of virtio may be set on any device.
    #[xml(child, omit_empty)]
    pub driver: Option<VirtioOptions>,
    /// What all devices have.
    #[xml(flatten, schema_without = "acpi boot master rom")]
    pub info: DeviceInfo,
}

/// The model of a device that encrypts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum CryptoModel {
    /// virtio.
    #[default]
    Virtio,
}

/// Who runs a device that encrypts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum CryptoKind {
    /// QEMU.
    #[default]
    Qemu,
}

/// How a device encrypts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct CryptoBackend {
    /// By whom.
    #[xml(attribute, required)]
    pub model: CryptoBackendModel,
    /// Queues.
    #[xml(attribute, schema = "crate::pattern::POSITIVE")]
    pub queues: Option<u32>,
}

/// Who encrypts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum CryptoBackendModel {
    /// QEMU.
    #[default]
    Builtin,
    /// The kernel.
    Lkcf,
}

/// Where the guest leaves data for after a crash.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(name = "pstore")]
pub struct Pstore {
    /// The device.
    #[xml(attribute, required)]
    pub backend: PstoreBackend,
    /// The file.
    #[xml(text_child, schema = "crate::pattern::ABSOLUTE_PATH")]
    pub path: Option<String>,
    /// The size, in KiB.
    #[xml(text_child, unit = "KiB", schema_required)]
    pub size: Option<u64>,
    /// What all devices have.
    #[xml(flatten, schema_without = "acpi boot master rom")]
    pub info: DeviceInfo,
}

/// The device that keeps data.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum PstoreBackend {
    /// ACPI.
    #[default]
    AcpiErst,
}

/// The memory that stays of pSeries.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(name = "nvram")]
pub struct NvramDevice {
    /// What all devices have.
    #[xml(flatten, schema_without = "acpi alias boot master rom")]
    pub info: DeviceInfo,
}

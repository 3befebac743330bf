//! `<memory>` among the devices, and `<shmem>`: memory in slots and memory between guests.

use xml::{Xml, XmlEnum};

use super::{DeviceInfo, MemoryAccess};
use crate::Uuid;

/// Memory in a slot.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(name = "memory")]
pub struct MemoryDevice {
    /// The model.
    #[xml(attribute, required)]
    pub model: MemoryModel,
    /// Whether other processes may map it.
    #[xml(
        attribute,
        since = "3.2.0",
        absent = "`shared` of `virtio-pmem`; of others as `memoryBacking` says"
    )]
    pub access: Option<MemoryAccess>,
    /// Whether its contents are given up at the end.
    #[xml(attribute, yes_no, since = "4.4.0", absent = "as `memoryBacking` says")]
    pub discard: Option<bool>,
    /// The UUID, of NVDIMM on pSeries.
    #[xml(text_child, since = "6.2.0", absent = "one is made, on pSeries")]
    pub uuid: Option<Uuid>,
    /// Where it comes from.
    #[xml(child, omit_empty)]
    pub source: Option<MemoryDeviceSource>,
    /// What the guest sees.
    #[xml(child, required, missing = "Content")]
    pub target: MemoryDeviceTarget,
    /// What all devices have.
    #[xml(flatten, schema_without = "boot master rom")]
    pub info: DeviceInfo,
}

/// The model of a memory device.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum MemoryModel {
    /// Memory.
    #[default]
    Dimm,
    /// Memory that stays.
    #[xml(since = "3.2.0")]
    Nvdimm,
    /// Memory that stays, by virtio.
    #[xml(since = "7.1.0")]
    VirtioPmem,
    /// Memory that grows and shrinks, by virtio.
    #[xml(since = "7.9.0")]
    VirtioMem,
    /// Memory of Intel SGX.
    #[xml(since = "8.10.0")]
    SgxEpc,
}

/// Where memory comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "alignsize => path")]
#[xml(rule = "pmem => path")]
#[xml(rule = "path => no pagesize, nodemask")]
pub struct MemoryDeviceSource {
    /// The host's nodes: a list.
    #[xml(
        text_child,
        schema = "crate::pattern::CPU_SET",
        absent = "as `numatune` says"
    )]
    pub nodemask: Option<String>,
    /// The size of a page, in KiB.
    #[xml(text_child, unit = "KiB", absent = "as `numatune` and the host say")]
    pub pagesize: Option<u64>,
    /// The file.
    #[xml(
        text_child,
        schema = "crate::pattern::ABSOLUTE_PATH",
        since = "3.2.0",
        absent = "an error of a model that is a file"
    )]
    pub path: Option<String>,
    /// The alignment, in KiB.
    #[xml(
        text_child,
        unit = "KiB",
        since = "5.0.0",
        absent = "that of the file's pages"
    )]
    pub alignsize: Option<u64>,
    /// Whether the host's file is memory that stays.
    #[xml(present, since = "5.0.0")]
    pub pmem: bool,
}

/// What the guest sees of memory; sizes in KiB.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct MemoryDeviceTarget {
    /// Whether slots of the host are made as needed.
    #[xml(attribute, yes_no, since = "10.1.0", default = "`no`")]
    pub dynamic_memslots: Option<bool>,
    /// The size.
    #[xml(
        text_child,
        unit = "KiB",
        required,
        schema_required,
        missing = "Content",
        origin = "crate::origin::XML",
        lax = "empty"
    )]
    pub size: u64,
    /// The guest's NUMA node.
    #[xml(
        text_child,
        fault = "Content",
        absent = "0 where the guest has NUMA nodes"
    )]
    pub node: Option<u32>,
    /// The label's size, of NVDIMM.
    #[xml(
        text_child = "size",
        wrapper = "label",
        unit = "KiB",
        schema_required,
        since = "3.2.0"
    )]
    pub label_size: Option<u64>,
    /// The size of a step, of virtio memory.
    #[xml(
        text_child,
        unit = "KiB",
        since = "7.9.0",
        absent = "an error of virtio memory"
    )]
    pub block: Option<u64>,
    /// The size wanted, of virtio memory.
    #[xml(text_child, unit = "KiB", since = "7.9.0", default = "0")]
    pub requested: Option<u64>,
    /// The size now, of virtio memory.
    #[xml(
        text_child,
        unit = "KiB",
        since = "7.9.0",
        absent = "the domain is not running",
        lax
    )]
    pub current: Option<u64>,
    /// Whether the guest can only read, of NVDIMM.
    #[xml(present, since = "5.0.0")]
    pub readonly: bool,
    /// The guest's physical address, of virtio memory.
    #[xml(
        child = "address",
        attribute = "base",
        hex = 1,
        since = "9.5.0",
        schema_required
    )]
    pub base: Option<u64>,
}

/// Memory between guests.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(name = "shmem")]
pub struct Shmem {
    /// Its name.
    #[xml(
        attribute,
        required,
        schema = "crate::pattern::SHMEM_NAME",
        missing = "Content"
    )]
    pub name: String,
    /// Whether it stays here in a migration.
    #[xml(attribute, since = "6.6.0", absent = "the hypervisor decides")]
    pub role: Option<ShmemRole>,
    /// The model.
    #[xml(
        child = "model",
        attribute = "type",
        schema_required,
        absent = "the hypervisor decides",
        since = "2.5.0"
    )]
    pub model: Option<ShmemModel>,
    /// The size, in bytes.
    #[xml(child)]
    pub size: Option<ShmemSize>,
    /// The server.
    #[xml(child)]
    pub server: Option<ShmemServer>,
    /// Interrupts.
    #[xml(child)]
    pub msi: Option<ShmemMsi>,
    /// What all devices have.
    #[xml(flatten, schema_without = "boot master rom")]
    pub info: DeviceInfo,
}

/// Whether memory between guests stays here in a migration.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum ShmemRole {
    /// It is copied.
    Master,
    /// It stays.
    #[default]
    Peer,
}

/// The model of memory between guests.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum ShmemModel {
    /// With or without a server, which is no more.
    Ivshmem,
    /// Without a server.
    #[default]
    IvshmemPlain,
    /// With a server.
    IvshmemDoorbell,
}

/// The size of memory between guests; written in MiB.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct ShmemSize {
    /// The unit; bytes when none is said.
    #[xml(
        attribute,
        schema = "crate::pattern::UNIT",
        default = "`bytes`",
        lax = "empty"
    )]
    pub unit: Option<String>,
    /// The number.
    #[xml(text, schema_required)]
    pub value: u64,
}

/// The server of memory between guests.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct ShmemServer {
    /// Its socket.
    #[xml(
        attribute,
        schema = "crate::pattern::ABSOLUTE_PATH",
        default = "/var/lib/libvirt/shmem/shmem-NAME-sock"
    )]
    pub path: Option<String>,
}

/// Interrupts between guests.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct ShmemMsi {
    /// How many.
    #[xml(
        attribute,
        absent = "the hypervisor decides",
        any_base,
        schema = "crate::pattern::UINT"
    )]
    pub vectors: Option<u32>,
    /// Whether they have a thread of their own.
    #[xml(attribute, on_off, default = "`on`")]
    pub ioeventfd: Option<bool>,
}

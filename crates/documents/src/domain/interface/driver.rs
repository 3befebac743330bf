//! `<driver>` of interfaces: how QEMU runs a network card.

use xml::{Xml, XmlEnum};

use crate::domain::VirtioOptions;

/// How QEMU runs an interface.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(
    rule = "@model => no @txmode, @ioeventfd, @event_idx, @queues, @rx_queue_size, @tx_queue_size, @rss, @rss_hash_report"
)]
pub struct InterfaceDriver {
    /// Who moves the packets.
    #[xml(
        attribute,
        since = "0.8.8",
        default = "`vhost` where the host has it, else `qemu`"
    )]
    pub name: Option<NetDriverName>,
    /// The host's driver; of use to `hostdev` alone.
    #[xml(
        attribute,
        since = "10.0.0",
        schema = "crate::pattern::NAME",
        absent = "the one that the host's kernel has for the device"
    )]
    pub model: Option<String>,
    /// How sending is put off.
    #[xml(attribute, absent = "the hypervisor decides", since = "0.9.0")]
    pub txmode: Option<TxMode>,
    /// Whether sending has a thread of its own.
    #[xml(attribute, on_off, since = "0.9.3", absent = "the hypervisor decides")]
    pub ioeventfd: Option<bool>,
    /// Whether events are numbered.
    #[xml(
        attribute = "event_idx",
        on_off,
        since = "0.9.5",
        absent = "the hypervisor decides"
    )]
    pub event_idx: Option<bool>,
    /// Queues.
    #[xml(
        attribute,
        since = "1.0.6",
        default = "1",
        schema = "crate::pattern::POSITIVE"
    )]
    pub queues: Option<u32>,
    /// Entries of a receive queue.
    #[xml(
        attribute = "rx_queue_size",
        since = "2.3.0",
        absent = "the hypervisor decides",
        schema = "crate::pattern::POSITIVE"
    )]
    pub rx_queue_size: Option<u32>,
    /// Entries of a send queue.
    #[xml(
        attribute = "tx_queue_size",
        since = "3.7.0",
        absent = "the hypervisor decides",
        schema = "crate::pattern::POSITIVE"
    )]
    pub tx_queue_size: Option<u32>,
    /// Whether receive side scaling is offered.
    #[xml(attribute, on_off, since = "8.3.0", absent = "the hypervisor decides")]
    pub rss: Option<bool>,
    /// Whether the guest gets the hash.
    #[xml(
        attribute = "rss_hash_report",
        on_off,
        since = "8.3.0",
        absent = "the hypervisor decides"
    )]
    pub rss_hash_report: Option<bool>,
    /// What of virtio may be set on any device.
    #[xml(flatten)]
    pub virtio: VirtioOptions,
    /// What the host may hand over in one piece.
    #[xml(child, omit_empty, since = "1.2.9")]
    pub host: Option<HostOffloads>,
    /// What the guest may hand over in one piece.
    #[xml(child, omit_empty, since = "1.2.9")]
    pub guest: Option<GuestOffloads>,
}

/// Who moves the packets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum NetDriverName {
    /// QEMU.
    #[default]
    Qemu,
    /// The kernel.
    Vhost,
    /// VFIO, of `hostdev`.
    #[xml(since = "1.0.5")]
    Vfio,
    /// KVM, of `hostdev`, which is no more.
    #[xml(since = "1.0.5")]
    Kvm,
    /// Xen, of `hostdev`.
    #[xml(since = "1.2.3")]
    Xen,
}

/// How sending is put off.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum TxMode {
    /// By an I/O thread.
    #[default]
    Iothread,
    /// By a timer.
    Timer,
}

/// What the host may hand over in one piece.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct HostOffloads {
    /// Checksums.
    #[xml(attribute, on_off, default = "`on`")]
    pub csum: Option<bool>,
    /// Large packets of any kind.
    #[xml(attribute, on_off, default = "`on`")]
    pub gso: Option<bool>,
    /// TCP over IPv4.
    #[xml(attribute, on_off, default = "`on`")]
    pub tso4: Option<bool>,
    /// TCP over IPv6.
    #[xml(attribute, on_off, default = "`on`")]
    pub tso6: Option<bool>,
    /// TCP with congestion notification.
    #[xml(attribute, on_off, default = "`on`")]
    pub ecn: Option<bool>,
    /// UDP.
    #[xml(attribute, on_off, default = "`on`")]
    pub ufo: Option<bool>,
    /// Merged receive buffers.
    #[xml(attribute = "mrg_rxbuf", on_off, since = "1.2.13", default = "`on`")]
    pub mrg_rxbuf: Option<bool>,
}

/// What the guest may hand over in one piece.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct GuestOffloads {
    /// Checksums.
    #[xml(attribute, on_off, default = "`on`")]
    pub csum: Option<bool>,
    /// TCP over IPv4.
    #[xml(attribute, on_off, default = "`on`")]
    pub tso4: Option<bool>,
    /// TCP over IPv6.
    #[xml(attribute, on_off, default = "`on`")]
    pub tso6: Option<bool>,
    /// TCP with congestion notification.
    #[xml(attribute, on_off, default = "`on`")]
    pub ecn: Option<bool>,
    /// UDP.
    #[xml(attribute, on_off, default = "`on`")]
    pub ufo: Option<bool>,
}

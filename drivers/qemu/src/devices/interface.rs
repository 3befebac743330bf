//! `<interface>`: the network back-end and the card in front of it.

use std::path::{Path, PathBuf};

use documents::domain::{
    Interface, InterfaceSource, IpFamily, NetDriverName, TeamingKind, TunnelSource, TxMode,
    VhostUserInterface, VhostUserMode,
};
use serde::Serialize;
use serde_json::{Value, json};

use super::character::reconnect;
use super::chardev::{Address, Backend, Chardev, Socket};
use super::part::Part;
use super::seat::{Guest, Seat, Transition, Virtio, alias};
use crate::capabilities::{Capabilities, Feature};
use crate::domain::completion::is_passt;
use crate::domain::{DomainError, InterfaceError, InterfaceRule};

/// How long QEMU waits before it looks for passt again, in milliseconds.
const PASST_AGAIN: u64 = 5000;

/// The descriptors of a prepared tap device, by the numbers that QEMU sees.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TapFds {
    /// The tap device, one for each queue.
    pub fds: Vec<i32>,
    /// `/dev/vhost-net`, one for each queue, or none.
    pub vhost: Vec<i32>,
}

/// What the start knows of an interface.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Facts<'a> {
    /// Its place among the interfaces.
    pub(crate) index: usize,
    /// Its tap device, where it has one.
    pub(crate) tap: Option<&'a TapFds>,
    /// The descriptor of its vDPA device, where it has one.
    pub(crate) vdpa: Option<i32>,
    /// Where the sockets of this guest's passt processes are, without their names' ends.
    pub(crate) passt: Option<&'a Path>,
    /// Its place in the boot order.
    pub(crate) boot: Option<u32>,
}

/// A network back-end.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Netdev {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    addr: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    server: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reconnect_ms: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    chardev: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    queues: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fd: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fds: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    vhost: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    vhostfd: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    vhostfds: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sndbuf: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    net: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ipv6_prefix: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ipv6_prefixlen: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mcast: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    listen: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    connect: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    udp: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    localaddr: Option<String>,
    id: String,
}

/// The card that the guest sees.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "snake_case")]
struct Device {
    driver: String,
    #[serde(flatten)]
    virtio: Virtio,
    #[serde(skip_serializing_if = "Option::is_none")]
    tx: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ioeventfd: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    event_idx: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    csum: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gso: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    host_tso4: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    host_tso6: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    host_ecn: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    host_ufo: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mrg_rxbuf: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    guest_csum: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    guest_tso4: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    guest_tso6: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    guest_ecn: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    guest_ufo: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mq: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    vectors: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rx_queue_size: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tx_queue_size: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rss: Option<bool>,
    #[serde(rename = "hash", skip_serializing_if = "Option::is_none")]
    rss_hash_report: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    host_mtu: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failover: Option<bool>,
    netdev: String,
    id: String,
    mac: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    bootindex: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rombar: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    romfile: Option<String>,
    #[serde(flatten)]
    seat: Seat,
}

/// Everything that QEMU creates for an interface.
pub(crate) fn parts(
    interface: &Interface,
    guest: &Guest<'_>,
    capabilities: &Capabilities,
    facts: &Facts<'_>,
) -> Result<Vec<Part>, DomainError> {
    let alias = alias(&interface.info);
    let mut parts = Vec::new();
    let netdev = Netdev {
        id: format!("host{alias}"),
        ..backend(interface, capabilities, facts, &alias, &mut parts)?
    };
    let device = device(interface, guest, facts, alias);
    parts.push(Part::netdev(&netdev)?);
    parts.push(Part::device(&device)?);
    Ok(parts)
}

/// The socket on which the passt process of an interface listens.
pub fn passt_socket(prefix: &Path, alias: &str) -> PathBuf {
    let mut name = prefix.as_os_str().to_owned();
    name.push(format!("-{alias}.socket"));
    PathBuf::from(name)
}

fn backend(
    interface: &Interface,
    capabilities: &Capabilities,
    facts: &Facts<'_>,
    alias: &str,
    parts: &mut Vec<Part>,
) -> Result<Netdev, InterfaceError> {
    let passt = || {
        let prefix = facts.passt.unwrap_or(Path::new("passt"));
        passt_socket(prefix, alias).to_string_lossy().into_owned()
    };
    match &interface.source {
        InterfaceSource::User(_) if is_passt(interface) => Ok(stream(passt(), capabilities)),
        InterfaceSource::User(_) => user(interface, capabilities),
        InterfaceSource::Bridge(_)
        | InterfaceSource::Ethernet(_)
        | InterfaceSource::Network(_)
        | InterfaceSource::Direct(_) => tap(interface, facts),
        InterfaceSource::Mcast(end) => Ok(Netdev {
            kind: "socket",
            mcast: Some(endpoint(end)),
            ..Netdev::default()
        }),
        InterfaceSource::Server(end) => Ok(Netdev {
            kind: "socket",
            listen: Some(endpoint(end)),
            ..Netdev::default()
        }),
        InterfaceSource::Client(end) => Ok(Netdev {
            kind: "socket",
            connect: Some(endpoint(end)),
            ..Netdev::default()
        }),
        InterfaceSource::Udp(end) => {
            let local = end.local.clone().unwrap_or_default();
            Ok(Netdev {
                kind: "socket",
                udp: Some(endpoint(end)),
                localaddr: Some(endpoint(&TunnelSource {
                    address: local.address,
                    port: local.port,
                    local: None,
                })),
                ..Netdev::default()
            })
        }
        InterfaceSource::Vhostuser(process) => {
            let path = match is_passt(interface) {
                true => passt(),
                false => process.path.clone().unwrap_or_default(),
            };
            let chardev = process_socket(process, path, alias, capabilities);
            let id = chardev.id.clone();
            parts.push(Part::Chardev(chardev));
            Ok(Netdev {
                kind: "vhost-user",
                chardev: Some(id),
                queues: several_queues(interface),
                ..Netdev::default()
            })
        }
        InterfaceSource::Vdpa(_) => Ok(Netdev {
            kind: "vhost-vdpa",
            vhostfd: facts.vdpa.map(|fd| fd.to_string()),
            queues: several_queues(interface),
            ..Netdev::default()
        }),
        InterfaceSource::Hostdev(_) => {
            Err(InterfaceError::of(InterfaceRule::NoPassthrough, interface))
        }
        InterfaceSource::Null | InterfaceSource::Vds(_) | InterfaceSource::Internal(_) => {
            Err(InterfaceError::of(InterfaceRule::Null, interface))
        }
    }
}

fn endpoint(end: &TunnelSource) -> String {
    format!(
        "{}:{}",
        end.address.as_deref().unwrap_or_default(),
        end.port.unwrap_or_default()
    )
}

fn several_queues(interface: &Interface) -> Option<u32> {
    let driver = interface.driver.as_deref();
    driver
        .and_then(|driver| driver.queues)
        .filter(|queues| *queues > 1)
}

/// Frames over a stream socket, at whose other end passt is.
fn stream(path: String, capabilities: &Capabilities) -> Netdev {
    Netdev {
        kind: "stream",
        addr: Some(json!({"type": "unix", "path": path})),
        server: Some(false),
        reconnect_ms: capabilities
            .has(Feature::NetdevStreamReconnectMs)
            .then_some(PASST_AGAIN),
        ..Netdev::default()
    }
}

fn process_socket(
    process: &VhostUserInterface,
    path: String,
    alias: &str,
    capabilities: &Capabilities,
) -> Chardev {
    Chardev {
        id: format!("char{alias}"),
        backend: Backend::Socket(Socket {
            address: Address::Unix(path),
            server: process.mode == Some(VhostUserMode::Server),
            telnet: false,
            tls: None,
            reconnect: reconnect(process.reconnect.as_ref(), capabilities),
        }),
        log: None,
    }
}

/// Networking inside QEMU.
fn user(interface: &Interface, capabilities: &Capabilities) -> Result<Netdev, InterfaceError> {
    if !capabilities.has(Feature::NetdevUser) {
        return Err(InterfaceError::NoSlirp);
    }
    let mut netdev = Netdev {
        kind: "user",
        ..Netdev::default()
    };
    for ip in &interface.ips {
        let v6 =
            ip.family == Some(IpFamily::Ipv6) || (ip.family.is_none() && ip.address.contains(':'));
        if v6 {
            netdev.ipv6_prefix = Some(ip.address.clone());
            netdev.ipv6_prefixlen = ip.prefix;
        } else {
            let prefix = ip
                .prefix
                .map(|prefix| format!("/{prefix}"))
                .unwrap_or_default();
            netdev.net = Some(format!("{}{prefix}", ip.address));
        }
    }
    Ok(netdev)
}

/// A tap device that was opened for the guest.
fn tap(interface: &Interface, facts: &Facts<'_>) -> Result<Netdev, InterfaceError> {
    let tap = facts
        .tap
        .filter(|tap| !tap.fds.is_empty())
        .ok_or(InterfaceError::NoTap { index: facts.index })?;
    let list = |fds: &[i32]| fds.iter().map(i32::to_string).collect::<Vec<_>>().join(":");
    let several = |fds: &[i32]| (fds.len() > 1).then(|| list(fds));
    let one = |fds: &[i32]| (fds.len() == 1).then(|| list(fds));
    Ok(Netdev {
        kind: "tap",
        fd: one(&tap.fds),
        fds: several(&tap.fds),
        vhost: (!tap.vhost.is_empty()).then_some(true),
        vhostfd: one(&tap.vhost),
        vhostfds: several(&tap.vhost),
        sndbuf: interface.tune.as_ref().and_then(|tune| tune.sndbuf),
        ..Netdev::default()
    })
}

/// How many tap and vhost descriptors an interface wants: queues, and whether the kernel may move its packets.
pub fn wanted_tap(interface: &Interface) -> Option<(u32, bool)> {
    let tapped = matches!(
        interface.source,
        InterfaceSource::Bridge(_)
            | InterfaceSource::Ethernet(_)
            | InterfaceSource::Network(_)
            | InterfaceSource::Direct(_)
    );
    let virtio = interface
        .model
        .as_deref()
        .is_some_and(|model| model.starts_with("virtio"));
    let driver = interface.driver.as_deref();
    let userspace = driver.and_then(|driver| driver.name) == Some(NetDriverName::Qemu);
    let queues = driver
        .and_then(|driver| driver.queues)
        .filter(|_| virtio)
        .unwrap_or(1)
        .max(1);
    tapped.then_some((queues, virtio && !userspace))
}

fn device(interface: &Interface, guest: &Guest<'_>, facts: &Facts<'_>, alias: String) -> Device {
    let model = interface.model.as_deref().unwrap_or("virtio");
    let driver = match model {
        "virtio" => guest.virtio_driver("net", &interface.info, Transition::Either),
        "virtio-transitional" => {
            guest.virtio_driver("net", &interface.info, Transition::Transitional)
        }
        "virtio-non-transitional" => {
            guest.virtio_driver("net", &interface.info, Transition::NonTransitional)
        }
        other => other.to_owned(),
    };
    let virtio = model.starts_with("virtio");
    let options = interface
        .driver
        .clone()
        .filter(|_| virtio)
        .unwrap_or_default();
    let host = options.host.unwrap_or_default();
    let offloads = options.guest.unwrap_or_default();
    let queues = options.queues.filter(|queues| *queues > 1);
    let rom = interface.info.rom.clone().unwrap_or_default();
    Device {
        driver,
        virtio: Virtio::new(&options.virtio),
        tx: options.txmode.map(|mode| match mode {
            TxMode::Iothread => "bh",
            TxMode::Timer => "timer",
        }),
        ioeventfd: options.ioeventfd,
        event_idx: options.event_idx,
        csum: host.csum,
        gso: host.gso,
        host_tso4: host.tso4,
        host_tso6: host.tso6,
        host_ecn: host.ecn,
        host_ufo: host.ufo,
        mrg_rxbuf: host.mrg_rxbuf,
        guest_csum: offloads.csum,
        guest_tso4: offloads.tso4,
        guest_tso6: offloads.tso6,
        guest_ecn: offloads.ecn,
        guest_ufo: offloads.ufo,
        mq: queues.map(|_| true),
        // Two for each queue pair, one for the control queue, one for changes of the configuration.
        vectors: queues.map(|queues| queues.saturating_mul(2).saturating_add(2)),
        rx_queue_size: options.rx_queue_size,
        tx_queue_size: options.tx_queue_size,
        rss: options.rss,
        rss_hash_report: options.rss_hash_report,
        host_mtu: interface.mtu.filter(|_| virtio),
        failover: interface
            .teaming
            .as_ref()
            .and_then(|team| (team.kind == Some(TeamingKind::Persistent)).then_some(true)),
        netdev: format!("host{alias}"),
        id: alias,
        mac: interface
            .mac
            .as_ref()
            .map(|mac| mac.address.to_string())
            .unwrap_or_default(),
        bootindex: facts.boot,
        rombar: rom.bar.map(u32::from),
        romfile: if rom.enabled == Some(false) {
            Some(String::new())
        } else {
            rom.file
        },
        seat: guest.seat(&interface.info),
    }
}

//! The network back-end: where the frames of a card come from and go to.

use std::path::{Path, PathBuf};

use documents::domain::{
    Interface, InterfaceSource, IpFamily, NetDriverName, TunnelSource, VhostUserInterface,
    VhostUserMode,
};
use serde::Serialize;
use serde_json::{Value, json};

use super::Facts;
use crate::capabilities::{Capabilities, Feature};
use crate::devices::character::reconnect;
use crate::devices::chardev::{Address, Backend, Chardev, Socket};
use crate::devices::part::Part;
use crate::domain::completion::is_passt;
use crate::domain::{InterfaceError, InterfaceRule};

/// How long QEMU waits before it looks for passt again, in milliseconds.
const PASST_AGAIN: u64 = 5000;

/// A network back-end.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Netdev {
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

/// The back-end of the interface `alias`; what it refers to is added to `parts`.
pub(super) fn netdev(
    interface: &Interface,
    capabilities: &Capabilities,
    facts: &Facts<'_>,
    alias: &str,
    parts: &mut Vec<Part>,
) -> Result<Netdev, InterfaceError> {
    Ok(Netdev {
        id: format!("host{alias}"),
        ..backend(interface, capabilities, facts, alias, parts)?
    })
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
        InterfaceSource::Mcast(end)
        | InterfaceSource::Server(end)
        | InterfaceSource::Client(end)
        | InterfaceSource::Udp(end) => Ok(tunnel(&interface.source, end)),
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

/// Frames over a socket, at whose other end is another QEMU.
fn tunnel(source: &InterfaceSource, end: &TunnelSource) -> Netdev {
    let mut netdev = Netdev {
        kind: "socket",
        ..Netdev::default()
    };
    let at = Some(endpoint(end));
    match source {
        InterfaceSource::Mcast(_) => netdev.mcast = at,
        InterfaceSource::Server(_) => netdev.listen = at,
        InterfaceSource::Client(_) => netdev.connect = at,
        _ => {
            let local = end.local.clone().unwrap_or_default();
            netdev.udp = at;
            netdev.localaddr = Some(endpoint(&TunnelSource {
                address: local.address,
                port: local.port,
                local: None,
            }));
        }
    }
    netdev
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

/// The socket on which the passt process of an interface listens.
pub fn passt_socket(prefix: &Path, alias: &str) -> PathBuf {
    let mut name = prefix.as_os_str().to_owned();
    name.push(format!("-{alias}.socket"));
    PathBuf::from(name)
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

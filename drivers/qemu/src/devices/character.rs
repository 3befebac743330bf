//! `<serial>`, `<parallel>`, `<console>`, `<channel>`: the back-end and the port in front of it.

use documents::domain::{
    Channel, ChannelTarget, CharacterBackend, CharacterSource, Console, ConsoleTargetKind,
    MouseMode, Parallel, Reconnect as ReconnectElement, Serial, SerialTargetKind, SocketMode,
    TcpProtocol,
};
use serde::Serialize;

use super::chardev::{Address, Backend, Chardev, Log, Reconnect, Socket};
use super::part::Part;
use super::properties::Properties;
use super::seat::{Guest, Seat, alias};
use crate::capabilities::{Capabilities, Feature};
use crate::domain::completion::os::word;
use crate::domain::{CharacterError, DomainError};

/// A port that the guest sees.
#[derive(Debug, Default, Serialize)]
struct Device {
    driver: &'static str,
    #[serde(flatten)]
    seat: Seat,
    chardev: String,
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<u32>,
}

/// The network that carries a forwarded port of the guest.
#[derive(Debug, Serialize)]
struct Forward {
    #[serde(rename = "type")]
    kind: &'static str,
    guestfwd: [ForwardRule; 1],
    id: String,
}

#[derive(Debug, Serialize)]
struct ForwardRule {
    str: String,
}

/// Everything that QEMU creates for a serial port.
pub(crate) fn serial(
    serial: &Serial,
    guest: &Guest<'_>,
    capabilities: &Capabilities,
) -> Result<Vec<Part>, DomainError> {
    let id = alias(&serial.info);
    let target = serial.target.clone().unwrap_or_default();
    if target.kind == Some(SerialTargetKind::SystemSerial) {
        if target.model.is_none() {
            return Err(CharacterError::NoSerialModel.into());
        }
        // The board has the port: only what is behind it is said.
        let mut parts = behind(&id, "serial", &serial.backend, capabilities)?;
        parts.push(Part::option("serial", format!("chardev:char{id}")));
        return Ok(parts);
    }
    let driver = match target.kind.unwrap_or_default() {
        SerialTargetKind::IsaSerial => "isa-serial",
        SerialTargetKind::UsbSerial => "usb-serial",
        SerialTargetKind::PciSerial => "pci-serial",
        SerialTargetKind::IsaDebug => "isa-debugcon",
        kind => {
            return Err(CharacterError::Target {
                device: "serial",
                target: word(kind),
            }
            .into());
        }
    };
    let mut parts = behind(&id, "serial", &serial.backend, capabilities)?;
    let index = target.port.filter(|_| driver == "isa-serial");
    let device = Device {
        seat: guest.seat(&serial.info),
        index,
        ..front(driver, id)
    };
    parts.push(Part::device(&device)?);
    Ok(parts)
}

/// Everything that QEMU creates for a parallel port.
pub(crate) fn parallel(
    parallel: &Parallel,
    guest: &Guest<'_>,
    capabilities: &Capabilities,
) -> Result<Vec<Part>, DomainError> {
    let id = alias(&parallel.info);
    let mut parts = behind(&id, "parallel", &parallel.backend, capabilities)?;
    let device = Device {
        seat: guest.seat(&parallel.info),
        ..front("isa-parallel", id)
    };
    parts.push(Part::device(&device)?);
    Ok(parts)
}

/// Everything that QEMU creates for a console; nothing for one that is a serial port.
pub(crate) fn console(
    console: &Console,
    guest: &Guest<'_>,
    capabilities: &Capabilities,
) -> Result<Vec<Part>, DomainError> {
    let kind = console
        .target
        .as_ref()
        .and_then(|target| target.kind)
        .unwrap_or_default();
    match kind {
        ConsoleTargetKind::Serial => return Ok(Vec::new()),
        ConsoleTargetKind::Virtio => {}
        kind => {
            return Err(CharacterError::Target {
                device: "console",
                target: word(kind),
            }
            .into());
        }
    }
    let id = alias(&console.info);
    let mut parts = behind(&id, "console", &console.backend, capabilities)?;
    let device = Device {
        seat: guest.seat(&console.info),
        ..front("virtconsole", id)
    };
    parts.push(Part::device(&device)?);
    Ok(parts)
}

/// Everything that QEMU creates for a channel.
pub(crate) fn channel(
    channel: &Channel,
    guest: &Guest<'_>,
    capabilities: &Capabilities,
) -> Result<Vec<Part>, DomainError> {
    let id = alias(&channel.info);
    let mut parts = behind(&id, "channel", &channel.backend, capabilities)?;
    let second = match &channel.target {
        ChannelTarget::Virtio(port) => {
            let name = port.name.clone();
            Part::device(&Device {
                seat: guest.seat(&channel.info),
                name,
                ..front("virtserialport", id)
            })?
        }
        ChannelTarget::Guestfwd(target) => {
            let address = target.address.as_deref().unwrap_or_default();
            let rule = format!(
                "tcp:{address}:{}-chardev:char{id}",
                target.port.unwrap_or_default()
            );
            Part::netdev(&Forward {
                kind: "user",
                guestfwd: [ForwardRule { str: rule }],
                id,
            })?
        }
        ChannelTarget::Xen(_) => {
            return Err(CharacterError::Target {
                device: "channel",
                target: "xen",
            }
            .into());
        }
    };
    parts.push(second);
    Ok(parts)
}

fn front(driver: &'static str, id: String) -> Device {
    Device {
        driver,
        chardev: format!("char{id}"),
        id,
        ..Device::default()
    }
}

/// Where the certificates of encrypted connections are.
const CERTIFICATES: &str = "/etc/pki/qemu";

fn is_encrypted(backend: &CharacterBackend) -> bool {
    matches!(&backend.source, CharacterSource::Tcp(tcp) if tcp.tls == Some(true))
}

fn credentials_name(alias: &str) -> String {
    format!("objchar{alias}_tls0")
}

/// The back-end of the device `alias`, behind the certificates that an encrypted one needs.
fn behind(
    alias: &str,
    device: &'static str,
    backend: &CharacterBackend,
    capabilities: &Capabilities,
) -> Result<Vec<Part>, DomainError> {
    let mut parts = Vec::new();
    if let CharacterSource::Tcp(tcp) = &backend.source
        && is_encrypted(backend)
    {
        let server = tcp.mode == SocketMode::Bind;
        // A client looks whom it talks to; a server lets in whoever comes.
        parts.push(
            Properties::default()
                .set("dir", CERTIFICATES)
                .set("endpoint", if server { "server" } else { "client" })
                .set("verify-peer", !server)
                .object("tls-creds-x509", &credentials_name(alias))?,
        );
    }
    let chardev = chardev(alias, device, backend, capabilities)?;
    parts.push(Part::Chardev(chardev));
    Ok(parts)
}

/// The back-end of the device `alias`.
pub(crate) fn chardev(
    alias: &str,
    device: &'static str,
    backend: &CharacterBackend,
    capabilities: &Capabilities,
) -> Result<Chardev, CharacterError> {
    let log = backend.log.as_ref().and_then(|log| {
        Some(Log {
            file: log.file.clone()?,
            append: log.append,
        })
    });
    Ok(Chardev {
        id: format!("char{alias}"),
        backend: make(alias, backend, device, capabilities)?,
        log,
    })
}

fn make(
    alias: &str,
    backend: &CharacterBackend,
    device: &'static str,
    capabilities: &Capabilities,
) -> Result<Backend, CharacterError> {
    let path = |path: &Option<String>, backend| {
        path.clone()
            .ok_or(CharacterError::NoPath { device, backend })
    };
    let unsupported = |backend| Err(CharacterError::Backend { backend });
    Ok(match &backend.source {
        CharacterSource::Null => Backend::Null,
        CharacterSource::Vc => Backend::Vc,
        CharacterSource::Pty(_) => Backend::Pty,
        CharacterSource::Stdio => Backend::Stdio,
        CharacterSource::File(file) => Backend::File {
            path: path(&file.path, "file")?,
            append: file.append,
        },
        CharacterSource::Pipe(pipe) => Backend::Pipe {
            path: path(&pipe.path, "pipe")?,
        },
        CharacterSource::Dev(dev) if device == "parallel" => Backend::Parallel {
            path: path(&dev.path, "dev")?,
        },
        CharacterSource::Dev(dev) => Backend::Serial {
            path: path(&dev.path, "dev")?,
        },
        CharacterSource::Unix(unix) => Backend::Socket(Socket {
            address: Address::Unix(path(&unix.path, "unix")?),
            server: unix.mode == Some(SocketMode::Bind),
            telnet: false,
            tls: None,
            reconnect: reconnect(unix.reconnect.as_ref(), capabilities),
        }),
        CharacterSource::Tcp(tcp) => {
            let missing = || CharacterError::NoHost {
                device,
                backend: "tcp",
            };
            Backend::Socket(Socket {
                address: Address::Inet {
                    host: tcp.host.clone().ok_or_else(missing)?,
                    port: tcp.service.clone().ok_or_else(missing)?,
                },
                server: tcp.mode == SocketMode::Bind,
                telnet: backend.tcp_protocol() == Some(TcpProtocol::Telnet),
                tls: is_encrypted(backend).then(|| credentials_name(alias)),
                reconnect: reconnect(tcp.reconnect.as_ref(), capabilities),
            })
        }
        CharacterSource::Udp(udp) => {
            let end = |mode| {
                udp.ends
                    .iter()
                    .find(|end| end.mode == mode)
                    .cloned()
                    .unwrap_or_default()
            };
            let (remote, local) = (end(SocketMode::Connect), end(SocketMode::Bind));
            Backend::Udp {
                host: remote.host.unwrap_or_default(),
                port: remote.service.ok_or(CharacterError::NoHost {
                    device,
                    backend: "udp",
                })?,
                local_address: local.host.unwrap_or_default(),
                local_port: local.service.unwrap_or_else(|| "0".to_owned()),
            }
        }
        CharacterSource::QemuVdAgent(agent) => Backend::Vdagent {
            mouse: agent.mouse.map(|mode| mode == MouseMode::Client),
            clipboard: agent.clipboard,
        },
        CharacterSource::Spicevmc => Backend::SpiceVmc {
            name: match device {
                "smartcard" => "smartcard",
                "redirdev" => "usbredir",
                _ => "vdagent",
            }
            .to_owned(),
        },
        CharacterSource::Spiceport(port) => Backend::SpicePort {
            name: port.channel.clone().unwrap_or_default(),
        },
        CharacterSource::Nmdm(_) => return unsupported("nmdm"),
        CharacterSource::Dbus(channel) => Backend::Dbus {
            name: channel.channel.clone().unwrap_or_default(),
        },
    })
}

pub(super) fn reconnect(
    element: Option<&ReconnectElement>,
    capabilities: &Capabilities,
) -> Option<Reconnect> {
    let element = element?;
    let seconds = match element.enabled {
        // Said plainly, because QEMU's default may change.
        Some(false) => 0,
        _ => u64::from(element.timeout?),
    };
    Some(if capabilities.has(Feature::ChardevReconnectMs) {
        Reconnect::Milliseconds(seconds * 1000)
    } else {
        Reconnect::Seconds(seconds)
    })
}

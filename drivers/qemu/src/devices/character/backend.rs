//! The back-end of a character device: where its bytes come from and go to.

use documents::domain::{
    CharacterBackend, CharacterSource, MouseMode, Reconnect as ReconnectElement, SocketMode,
    TcpProtocol, TcpSource, UdpSource,
};

use crate::capabilities::{Capabilities, Feature};
use crate::devices::chardev::{Address, Backend, Chardev, Log, Reconnect, Socket};
use crate::devices::part::Part;
use crate::devices::properties::Properties;
use crate::domain::{CharacterError, DomainError};

/// Where the certificates of encrypted connections are.
const CERTIFICATES: &str = "/etc/pki/qemu";

fn is_encrypted(backend: &CharacterBackend) -> bool {
    matches!(&backend.source, CharacterSource::Tcp(tcp) if tcp.tls == Some(true))
}

fn credentials_name(alias: &str) -> String {
    format!("objchar{alias}_tls0")
}

/// The back-end of the device `alias`, behind the certificates that an encrypted one needs.
pub(super) fn behind(
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
        let path = path.clone();
        path.ok_or(CharacterError::NoPath { device, backend })
    };
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
            let socket = inet(tcp, device, capabilities)?;
            Backend::Socket(Socket {
                telnet: backend.tcp_protocol() == Some(TcpProtocol::Telnet),
                tls: is_encrypted(backend).then(|| credentials_name(alias)),
                ..socket
            })
        }
        CharacterSource::Udp(source) => udp(source, device)?,
        CharacterSource::QemuVdAgent(agent) => Backend::Vdagent {
            mouse: agent.mouse.map(|mode| mode == MouseMode::Client),
            clipboard: agent.clipboard,
        },
        CharacterSource::Spicevmc => Backend::SpiceVmc {
            name: spice_channel(device).to_owned(),
        },
        CharacterSource::Spiceport(port) => Backend::SpicePort {
            name: port.channel.clone().unwrap_or_default(),
        },
        CharacterSource::Nmdm(_) => return Err(CharacterError::Backend { backend: "nmdm" }),
        CharacterSource::Dbus(channel) => Backend::Dbus {
            name: channel.channel.clone().unwrap_or_default(),
        },
    })
}

/// A TCP socket without encryption.
fn inet(
    tcp: &TcpSource,
    device: &'static str,
    capabilities: &Capabilities,
) -> Result<Socket, CharacterError> {
    let backend = "tcp";
    let missing = || CharacterError::NoHost { device, backend };
    Ok(Socket {
        address: Address::Inet {
            host: tcp.host.clone().ok_or_else(missing)?,
            port: tcp.service.clone().ok_or_else(missing)?,
        },
        server: tcp.mode == SocketMode::Bind,
        telnet: false,
        tls: None,
        reconnect: reconnect(tcp.reconnect.as_ref(), capabilities),
    })
}

fn udp(udp: &UdpSource, device: &'static str) -> Result<Backend, CharacterError> {
    let end = |mode| {
        let end = udp.ends.iter().find(|end| end.mode == mode);
        end.cloned().unwrap_or_default()
    };
    let (remote, local) = (end(SocketMode::Connect), end(SocketMode::Bind));
    let backend = "udp";
    let missing = CharacterError::NoHost { device, backend };
    Ok(Backend::Udp {
        host: remote.host.unwrap_or_default(),
        port: remote.service.ok_or(missing)?,
        local_address: local.host.unwrap_or_default(),
        local_port: local.service.unwrap_or_else(|| "0".to_owned()),
    })
}

/// The channel of SPICE that carries a device.
fn spice_channel(device: &str) -> &'static str {
    match device {
        "smartcard" => "smartcard",
        "redirdev" => "usbredir",
        _ => "vdagent",
    }
}

/// How a client of a socket comes back after a break, in the words that this QEMU has for it.
pub(in crate::devices) fn reconnect(
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

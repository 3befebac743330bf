//! Character devices: what each back-end and each port needs.

use std::net::IpAddr;

use documents::domain::{
    Address, Channel, ChannelTarget, CharacterBackend, CharacterSource, Console, ConsoleTargetKind,
    Devices, Domain, Graphics, Reconnect, Serial, SerialTargetKind, SerialTargetModel, SocketMode,
    TcpProtocol,
};

use crate::domain::completion::os::word;
use crate::domain::error::CharacterError;
use crate::domain::machine::Family;
use crate::domain::rules::character::of_other_devices;

type Result = std::result::Result<(), CharacterError>;

pub(super) fn check(domain: &Domain) -> Result {
    let devices = &domain.devices;
    for serial in &devices.serials {
        check_source(&serial.backend)?;
        check_socket(&serial.backend)?;
        if serial.backend.source == CharacterSource::Spicevmc {
            return Err(CharacterError::SpicevmcTarget);
        }
    }
    let parallels = devices.parallels.iter().map(|it| &it.backend);
    let consoles = devices.consoles.iter().map(|it| &it.backend);
    let channels = devices.channels.iter().map(|it| &it.backend);
    let ports = parallels.chain(consoles).chain(of_other_devices(devices));
    ports.clone().try_for_each(check_socket)?;
    ports.chain(channels).try_for_each(check_source)?;
    devices.channels.iter().try_for_each(check_channel)?;
    check_spice(devices)?;
    let family = Family::of_domain(domain);
    for serial in &devices.serials {
        check_serial(serial, family)?;
    }
    devices.consoles.iter().try_for_each(check_console)?;
    all_backends(devices).try_for_each(check_protocol)
}

fn all_backends(devices: &Devices) -> impl Iterator<Item = &CharacterBackend> {
    let serials = devices.serials.iter().map(|it| &it.backend);
    let parallels = devices.parallels.iter().map(|it| &it.backend);
    let channels = devices.channels.iter().map(|it| &it.backend);
    let consoles = devices.consoles.iter().map(|it| &it.backend);
    let ports = serials.chain(parallels).chain(channels).chain(consoles);
    ports.chain(of_other_devices(devices))
}

/// A socket that QEMU makes gets its path at start, but only that of a channel does.
fn check_socket(backend: &CharacterBackend) -> Result {
    match &backend.source {
        CharacterSource::Unix(unix) if unix.path.is_none() => {
            Err(CharacterError::Missing { what: "path" })
        }
        _ => Ok(()),
    }
}

/// What a back-end needs to lead anywhere.
fn check_source(backend: &CharacterBackend) -> Result {
    let need = |there: bool, what| match there {
        true => Ok(()),
        false => Err(CharacterError::Missing { what }),
    };
    match &backend.source {
        CharacterSource::File(file) => need(file.path.is_some(), "path"),
        CharacterSource::Dev(dev) | CharacterSource::Pipe(dev) => need(dev.path.is_some(), "path"),
        CharacterSource::Unix(unix) => {
            // Without a path it is QEMU that makes the socket.
            let mode = match unix.path {
                Some(_) => unix.mode.unwrap_or_default(),
                None => SocketMode::Bind,
            };
            check_reconnect(unix.reconnect.as_ref(), mode)
        }
        CharacterSource::Tcp(tcp) => {
            need(tcp.host.is_some(), "host")?;
            need(tcp.service.is_some(), "service")?;
            check_reconnect(tcp.reconnect.as_ref(), tcp.mode)
        }
        CharacterSource::Udp(udp) => {
            let sends = udp.ends.iter().find(|end| end.mode == SocketMode::Connect);
            need(sends.is_some_and(|end| end.service.is_some()), "service")
        }
        CharacterSource::Nmdm(nmdm) => {
            // One that names neither is refused at start, as all are.
            let alone = nmdm.master.is_some() != nmdm.slave.is_some();
            need(!alone, "master and slave")
        }
        CharacterSource::Spiceport(port) | CharacterSource::Dbus(port) => port
            .channel
            .as_ref()
            .map(drop)
            .ok_or(CharacterError::NoChannel),
        _ => Ok(()),
    }
}

fn check_reconnect(reconnect: Option<&Reconnect>, mode: SocketMode) -> Result {
    let Some(reconnect) = reconnect else {
        return Ok(());
    };
    if reconnect.enabled != Some(true) {
        return Ok(());
    }
    let timeout = reconnect
        .timeout
        .ok_or(CharacterError::NoReconnectTimeout)?;
    if mode == SocketMode::Bind {
        return Err(CharacterError::ReconnectBind);
    }
    if timeout == 0 {
        return Err(CharacterError::ReconnectZero);
    }
    Ok(())
}

fn check_channel(channel: &Channel) -> Result {
    let ChannelTarget::Guestfwd(target) = &channel.target else {
        return Ok(());
    };
    let address = target.address.as_deref();
    let address = address.ok_or(CharacterError::NoForwardAddress)?;
    match address.parse::<IpAddr>() {
        Ok(IpAddr::V4(_)) => {}
        Ok(IpAddr::V6(_)) => return Err(CharacterError::ForwardAddress),
        Err(_) => {
            let address = address.to_owned();
            return Err(CharacterError::ForwardAddressForm { address });
        }
    }
    match target.port {
        Some(_) => Ok(()),
        None => Err(CharacterError::NoForwardPort),
    }
}

/// What SPICE carries needs SPICE.
fn check_spice(devices: &Devices) -> Result {
    let spice = devices
        .graphics
        .iter()
        .any(|graphics| matches!(graphics, Graphics::Spice(_)));
    if spice {
        return Ok(());
    }
    let needs = |backend: &CharacterBackend| match backend.source {
        CharacterSource::Spicevmc => Some("spicevmc"),
        CharacterSource::Spiceport(_) => Some("spiceport"),
        _ => None,
    };
    let mut backends = all_backends(devices);
    match backends.find_map(needs) {
        Some(backend) => Err(CharacterError::NeedsSpice { backend }),
        None => Ok(()),
    }
}

/// Which port has which model, and where it can be.
fn check_serial(serial: &Serial, family: Family) -> Result {
    let target = serial.target.clone().unwrap_or_default();
    let kind = target.kind.unwrap_or_default();
    check_serial_address(kind, serial.info.address.as_ref())?;
    let Some(model) = target.model else {
        return Ok(());
    };
    let needed = serial_kind(model);
    if needed != kind {
        return Err(CharacterError::SerialModel {
            model: word(model),
            target: word(needed),
        });
    }
    if !has_serial(family, kind, model) {
        return Err(CharacterError::SerialMachine {
            target: word(kind),
            model: word(model),
        });
    }
    Ok(())
}

fn check_serial_address(kind: SerialTargetKind, address: Option<&Address>) -> Result {
    let (place, fits) = match kind {
        SerialTargetKind::UsbSerial => ("usb", matches!(address, None | Some(Address::Usb(_)))),
        SerialTargetKind::PciSerial => ("pci", matches!(address, None | Some(Address::Pci(_)))),
        SerialTargetKind::IsaSerial | SerialTargetKind::IsaDebug => {
            ("isa", matches!(address, None | Some(Address::Isa(_))))
        }
        SerialTargetKind::SpaprVioSerial => (
            "spaprvio",
            matches!(address, None | Some(Address::SpaprVio(_))),
        ),
        SerialTargetKind::SystemSerial | SerialTargetKind::SclpSerial => ("", true),
    };
    match kind {
        _ if fits => Ok(()),
        // Whether a port is on USB is seen while places are handed out.
        SerialTargetKind::UsbSerial => Err(CharacterError::UsbSerialAddress),
        _ => Err(CharacterError::SerialAddress {
            target: word(kind),
            place,
        }),
    }
}

/// The one kind of port that has the model.
fn serial_kind(model: SerialTargetModel) -> SerialTargetKind {
    match model {
        SerialTargetModel::IsaSerial => SerialTargetKind::IsaSerial,
        SerialTargetModel::UsbSerial => SerialTargetKind::UsbSerial,
        SerialTargetModel::PciSerial => SerialTargetKind::PciSerial,
        SerialTargetModel::SpaprVty => SerialTargetKind::SpaprVioSerial,
        SerialTargetModel::Pl011 | SerialTargetModel::Uart16550a => SerialTargetKind::SystemSerial,
        SerialTargetModel::Sclpconsole | SerialTargetModel::Sclplmconsole => {
            SerialTargetKind::SclpSerial
        }
        SerialTargetModel::IsaDebugcon => SerialTargetKind::IsaDebug,
    }
}

/// Whether machines of the family have such a port.
fn has_serial(family: Family, kind: SerialTargetKind, model: SerialTargetModel) -> bool {
    match kind {
        SerialTargetKind::SpaprVioSerial | SerialTargetKind::SclpSerial => false,
        SerialTargetKind::SystemSerial => match model {
            SerialTargetModel::Pl011 => family == Family::ArmVirt,
            _ => family == Family::RiscvVirt,
        },
        SerialTargetKind::IsaSerial | SerialTargetKind::IsaDebug => {
            family.has_ps2() || family == Family::Microvm
        }
        SerialTargetKind::UsbSerial | SerialTargetKind::PciSerial => true,
    }
}

fn check_console(console: &Console) -> Result {
    let kind = console.target.as_ref().and_then(|target| target.kind);
    match kind.unwrap_or_default() {
        ConsoleTargetKind::Serial | ConsoleTargetKind::Virtio => Ok(()),
        ConsoleTargetKind::Sclp => Err(CharacterError::NoSclp {
            console: "sclpconsole",
        }),
        ConsoleTargetKind::Sclplm => Err(CharacterError::NoSclp {
            console: "sclplmconsole",
        }),
        kind => Err(CharacterError::ConsoleTarget { target: word(kind) }),
    }
}

fn check_protocol(backend: &CharacterBackend) -> Result {
    let tcp = matches!(backend.source, CharacterSource::Tcp(_));
    match backend.tcp_protocol() {
        None | Some(TcpProtocol::Raw | TcpProtocol::Telnet) => Ok(()),
        Some(protocol) if tcp => Err(CharacterError::Protocol {
            protocol: word(protocol),
        }),
        Some(_) => Ok(()),
    }
}

//! Serial and parallel ports, consoles and channels.

use documents::domain::{
    Channel, ChannelTarget, CharacterBackend, CharacterSource, Console, ConsoleTarget,
    ConsoleTargetKind, Devices, PtySource, Serial, SerialTargetKind, SerialTargetModel,
};

use super::backend;
use super::made_sockets::MadeSockets;
use crate::domain::error::CharacterError;
use crate::domain::machine::Family;
use crate::domain::rules::character::ISA_PORTS;

/// Fills in all character devices.
pub(super) fn complete(
    devices: &mut Devices,
    family: Family,
    made: &MadeSockets,
) -> Result<(), CharacterError> {
    for backend in backends(devices) {
        backend::complete(backend);
        forget_terminal(backend);
    }
    couple_first_console(devices)?;
    number(devices);
    for serial in &mut devices.serials {
        complete_serial(serial, family);
    }
    // Only clients of a running guest look for its terminal.
    devices.consoles.iter_mut().for_each(|it| it.tty = None);
    mirror_first_console(devices);
    for channel in &mut devices.channels {
        complete_channel(channel, made);
    }
    Ok(())
}

/// The back-ends of all character devices.
fn backends(devices: &mut Devices) -> impl Iterator<Item = &mut CharacterBackend> {
    let serials = devices.serials.iter_mut().map(|it| &mut it.backend);
    let parallels = devices.parallels.iter_mut().map(|it| &mut it.backend);
    let consoles = devices.consoles.iter_mut().map(|it| &mut it.backend);
    let channels = devices.channels.iter_mut().map(|it| &mut it.backend);
    serials.chain(parallels).chain(consoles).chain(channels)
}

/// A pseudo terminal is made at each start.
fn forget_terminal(backend: &mut CharacterBackend) {
    if let CharacterSource::Pty(terminal) = &mut backend.source {
        *terminal = PtySource::default();
    }
}

/// The first console of a guest is its first serial port: each is made of the other where one is missing.
fn couple_first_console(devices: &mut Devices) -> Result<(), CharacterError> {
    let others = devices.consoles.iter().skip(1);
    if others
        .into_iter()
        .any(|console| kind(console) == ConsoleTargetKind::Serial)
    {
        return Err(CharacterError::SecondSerialConsole);
    }
    let first = devices.consoles.first().map(kind);
    if first == Some(ConsoleTargetKind::Serial) {
        if devices.serials.is_empty()
            && let Some(console) = devices.consoles.first()
        {
            let (backend, info) = (console.backend.clone(), console.info.clone());
            devices.serials.push(Serial {
                backend,
                info,
                target: None,
            });
        }
    } else if devices.serials.first().is_some_and(is_plain) {
        let console = Console {
            target: Some(serial_target()),
            ..Console::default()
        };
        devices.consoles.insert(0, console);
    }
    Ok(())
}

/// The console that stands for the first serial port shows what that port has become.
pub(super) fn mirror_first_console(devices: &mut Devices) {
    if let (Some(serial), Some(console)) = (devices.serials.first(), devices.consoles.first_mut())
        && kind(console) == ConsoleTargetKind::Serial
    {
        console.backend.clone_from(&serial.backend);
        console.info.clone_from(&serial.info);
        let port = serial.target.as_ref().and_then(|target| target.port);
        console.target = Some(ConsoleTarget {
            port: port.or(Some(0)),
            ..serial_target()
        });
        console.tty = None;
    }
}

fn kind(console: &Console) -> ConsoleTargetKind {
    console
        .target
        .as_ref()
        .and_then(|target| target.kind)
        .unwrap_or(ConsoleTargetKind::Serial)
}

/// Whether it is a port that a guest takes for its console.
fn is_plain(serial: &Serial) -> bool {
    let kind = serial.target.as_ref().and_then(|target| target.kind);
    matches!(
        kind,
        None | Some(
            SerialTargetKind::IsaSerial
                | SerialTargetKind::SpaprVioSerial
                | SerialTargetKind::SclpSerial
                | SerialTargetKind::SystemSerial
        )
    )
}

fn serial_target() -> ConsoleTarget {
    ConsoleTarget {
        kind: Some(ConsoleTargetKind::Serial),
        port: Some(0),
    }
}

/// Gives numbers to the ports that have none.
fn number(devices: &mut Devices) {
    number_isa(&mut devices.serials);
    number_serials(&mut devices.serials);
    let mut next = 0;
    for parallel in &mut devices.parallels {
        parallel.port.take_if(|port| *port == ANY);
        // Behind the highest of those before it: the document is read in its order.
        let port = *parallel.port.get_or_insert(next);
        next = next.max(port.saturating_add(1));
    }
    for (index, console) in (0..).zip(&mut devices.consoles) {
        let target = console.target.get_or_insert_default();
        target.kind.get_or_insert(ConsoleTargetKind::Serial);
        target.port = Some(index);
    }
}

/// The number `-1` stands for any.
const ANY: u32 = u32::MAX;

/// Ports that the document puts on the ISA bus get its lowest free ones.
fn number_isa(serials: &mut [Serial]) {
    let targets = serials.iter_mut().filter_map(|it| it.target.as_mut());
    let mut isa: Vec<_> = targets
        .filter(|it| it.kind == Some(SerialTargetKind::IsaSerial))
        .collect();
    for target in &mut isa {
        target.port.take_if(|port| *port == ANY);
    }
    let taken: Vec<u32> = isa.iter().filter_map(|it| it.port).collect();
    let mut free = (0..ISA_PORTS).filter(|port| !taken.contains(port));
    for target in isa.into_iter().filter(|it| it.port.is_none()) {
        target.port = free.next();
    }
}

/// Other serial ports get the numbers behind the highest that is named.
fn number_serials(serials: &mut [Serial]) {
    let targets = || serials.iter().filter_map(|it| it.target.as_ref());
    let named = targets().filter_map(|it| it.port);
    let highest = named.filter(|port| *port != ANY).max();
    let mut next = highest.map_or(0, |port| port.saturating_add(1));
    for serial in serials {
        let target = serial.target.get_or_insert_default();
        target.port.take_if(|port| *port == ANY);
        if target.port.is_none() {
            target.port = Some(next);
            next = next.saturating_add(1);
        }
    }
}

fn complete_serial(serial: &mut Serial, family: Family) {
    let target = serial.target.get_or_insert_default();
    let usual = match family {
        Family::ArmVirt | Family::RiscvVirt => SerialTargetKind::SystemSerial,
        Family::Foreign if target.kind.is_none() => return,
        _ => SerialTargetKind::IsaSerial,
    };
    // Documents have always said ISA where they meant the first port of any machine.
    target
        .kind
        .take_if(|kind| *kind == SerialTargetKind::IsaSerial);
    let kind = *target.kind.get_or_insert(usual);
    let model = match kind {
        SerialTargetKind::IsaSerial => SerialTargetModel::IsaSerial,
        SerialTargetKind::UsbSerial => SerialTargetModel::UsbSerial,
        SerialTargetKind::PciSerial => SerialTargetModel::PciSerial,
        SerialTargetKind::SpaprVioSerial => SerialTargetModel::SpaprVty,
        SerialTargetKind::SystemSerial => match family {
            Family::ArmVirt => SerialTargetModel::Pl011,
            Family::RiscvVirt => SerialTargetModel::Uart16550a,
            // What other boards have built in differs from board to board.
            _ => return,
        },
        SerialTargetKind::SclpSerial => SerialTargetModel::Sclpconsole,
        SerialTargetKind::IsaDebug => SerialTargetModel::IsaDebugcon,
    };
    target.model.get_or_insert(model);
}

/// The state belongs to a running guest; a socket without a path gets one at start.
fn complete_channel(channel: &mut Channel, made: &MadeSockets) {
    let ChannelTarget::Virtio(target) = &mut channel.target else {
        return;
    };
    target.state = None;
    match &mut channel.backend.source {
        CharacterSource::Unix(unix) => {
            let name = target.name.as_deref().unwrap_or_default();
            unix.path.take_if(|path| made.is_channels(path, name));
            if unix.path.is_none() {
                unix.mode = None;
            }
        }
        CharacterSource::Spicevmc => {
            target
                .name
                .get_or_insert_with(|| "com.redhat.spice.0".to_owned());
        }
        _ => {}
    }
}

//! What a start adds to a document: number, aliases, ports and paths.

use std::path::{Path, PathBuf};

use documents::domain::{
    Address, ChannelMode, ChannelTarget, CharacterSource, ConsoleTargetKind, Controller,
    ControllerKind, Devices, Disk, DiskBus, Domain, Graphics, Listen, MemoryDevice, MemoryModel,
    SocketMode, SpiceGraphics, TimerName, VirtioSerialAddress, VncGraphics,
};
use host::kvm::TimeStampCounter;

use super::error::{ClockError, DisplayError, DomainError, MachineError};
use super::machine::Family;
use super::{Checked, addresses, disk_name};
use crate::capabilities::Capabilities;

/// How far a guest's time stamp counter may be off, in parts per million: half of what NTP still corrects.
const TOLERANCE: u64 = 250;

/// The most characters of a name that become part of a path.
const SHORT_NAME: usize = 20;

/// What a start decides.
pub struct Start<'a> {
    /// The domain's number; -1 for a document that is only shown.
    pub id: i32,
    /// Where sockets of channels without a path are made.
    pub channel_dir: PathBuf,
    /// The guest's own directory.
    pub home: PathBuf,
    /// The address that VNC listens on when the document names none.
    pub vnc_listen: String,
    /// Gives a free port for VNC, or for its websocket; nothing when none is left.
    pub next_port: &'a mut dyn FnMut(PortUse) -> Option<u16>,
    /// What the document's emulator can do.
    pub capabilities: &'a Capabilities,
    /// The host's own processor, where it is known.
    pub processor: Option<&'a cpu::Definition>,
    /// Its time stamp counter, where guests can rely on it.
    pub counter: Option<TimeStampCounter>,
}

/// What a port is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PortUse {
    /// The display itself, from 5900.
    Vnc,
    /// Its websocket, from 5700.
    VncWebsocket,
}

impl std::fmt::Debug for Start<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Start")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// The document of a guest that runs, or is about to.
#[derive(Debug, Clone, PartialEq)]
pub struct Live(Domain);

impl Live {
    /// The document with everything that a running guest has: number, aliases, ports, sockets.
    pub fn document(&self) -> &Domain {
        &self.0
    }

    /// The document, for what is learned while the guest runs.
    pub fn document_mut(&mut self) -> &mut Domain {
        &mut self.0
    }

    /// Gives places and names to devices that have lost theirs.
    pub(crate) fn place_anew(&mut self) -> Result<(), DomainError> {
        addresses::assign(&mut self.0, &[])?;
        let family = Family::of_domain(&self.0);
        name_devices(&mut self.0.devices, family);
        Ok(())
    }

    /// A live document that was stored by an earlier process.
    pub fn restored(document: Domain) -> Self {
        Self(document)
    }
}

/// The name of a domain's directory: `domain-3-name`, the name cut short.
pub fn directory_name(id: i32, name: &str) -> String {
    format!("domain-{id}-{}", short(name))
}

/// Where the socket of the D-Bus is that a guest has to itself: `dbus/3-name-dbus.sock` beside the channels.
pub(crate) fn bus_socket_path(channel_dir: &Path, id: i32, name: &str) -> PathBuf {
    let state = channel_dir.parent().unwrap_or(channel_dir);
    state
        .join("dbus")
        .join(format!("{id}-{}-dbus.sock", short(name)))
}

/// Makes the live document.
///
/// # Errors
/// When the machine is none that this driver runs, when no port is left, when the hypervisor cannot give the guest's
/// CPU, or when its memory is too large.
pub fn live(checked: &Checked, start: &mut Start<'_>) -> Result<Live, DomainError> {
    let mut domain = checked.document().clone();
    let family = Family::of_domain(&domain);
    if family == Family::Foreign {
        return Err(not_run(domain).into());
    }
    if let Some(counter) = start.counter {
        check_counter(&domain, counter)?;
    }
    domain.id = (start.id >= 0).then_some(start.id);
    if let Some(cpu) = domain.cpu.as_deref_mut() {
        super::cpu::prepare(cpu, domain.kind, start.capabilities, start.processor)?;
    }
    super::completion::memory::number_threads(&mut domain);
    super::align::memory(&mut domain)?;
    super::images::drop_volumes(&mut domain);
    super::images::number(&mut domain);
    name_devices(&mut domain.devices, family);
    let directory = start
        .channel_dir
        .join(format!("{}-{}", start.id, short(&domain.name)));
    place_sockets(&mut domain.devices, &directory);
    for graphics in &mut domain.devices.graphics {
        match graphics {
            Graphics::Vnc(vnc) => open_vnc(vnc, start)?,
            Graphics::Spice(spice) => open_spice(spice, start)?,
            Graphics::Dbus(dbus) if dbus.p2p != Some(true) && dbus.address.is_none() => {
                let path = bus_socket_path(&start.channel_dir, start.id, &domain.name);
                dbus.address = Some(format!("unix:path={}", path.display()));
                dbus.from_config = Some("yes".to_owned());
            }
            _ => {}
        }
    }
    Ok(Live(domain))
}

fn not_run(domain: Domain) -> MachineError {
    let kind = domain.os.kind.unwrap_or_default();
    MachineError::NotRun {
        arch: kind.arch.unwrap_or_default(),
        machine: kind.machine.unwrap_or_default(),
    }
}

/// A guest's time stamp counter runs as fast as the host's, unless the host can scale it.
fn check_counter(domain: &Domain, host: TimeStampCounter) -> Result<(), ClockError> {
    let mut timers = domain.clock.iter().flat_map(|clock| &clock.timers);
    let wanted = timers.find_map(|timer| {
        let frequency = timer.frequency.filter(|frequency| *frequency > 0);
        frequency.filter(|_| timer.name == TimerName::Tsc)
    });
    let tolerance = host.frequency.saturating_mul(TOLERANCE) / 1_000_000;
    let least = host.frequency.saturating_sub(tolerance);
    let most = host.frequency.saturating_add(tolerance);
    match wanted.filter(|wanted| !host.scaling && !(least..=most).contains(wanted)) {
        None => Ok(()),
        Some(wanted) => Err(ClockError::CounterFrequency {
            wanted,
            least,
            most,
            host: host.frequency,
        }),
    }
}

fn short(name: &str) -> &str {
    name.char_indices()
        .nth(SHORT_NAME)
        .and_then(|(at, _)| name.get(..at))
        .unwrap_or(name)
}

/// Gives an alias to each device that has none.
fn name_devices(devices: &mut Devices, family: Family) {
    let models: Vec<_> = devices
        .controllers
        .iter()
        .map(|c| (c.kind, c.index, c.model.clone()))
        .collect();
    let wide = |disk: &Disk| {
        let place = addresses::drive::of(disk);
        let scsi = |(kind, index, _): &&(ControllerKind, Option<u32>, Option<String>)| {
            *kind == ControllerKind::Scsi && *index == place.map(|place| place.controller)
        };
        models
            .iter()
            .find(scsi)
            .is_none_or(|(_, _, model)| model.as_deref() != Some("lsilogic"))
    };
    for disk in &mut devices.disks {
        if let Some(alias) = disk_alias(disk, wide(disk)) {
            disk.info.alias.get_or_insert(alias);
        }
    }
    for controller in &mut devices.controllers {
        let alias = controller_alias(controller, family);
        controller.info.alias.get_or_insert(alias);
    }
    let mut last = ("", 0);
    name_memories(&mut devices.memories);
    addresses::for_each_info(devices, |element, info| {
        let number = if last.0 == element { last.1 + 1 } else { 0 };
        last = (element, number);
        let prefix = match element {
            "interface" => "net",
            "memballoon" => "balloon",
            other => other,
        };
        info.alias
            .get_or_insert_with(|| format!("{prefix}{number}"));
    });
    let serial = devices
        .serials
        .first()
        .and_then(|serial| serial.info.alias.clone());
    if let Some(console) = devices.consoles.first_mut() {
        let kind = console.target.as_ref().and_then(|target| target.kind);
        if matches!(kind, None | Some(ConsoleTargetKind::Serial)) && serial.is_some() {
            console.info.alias = serial;
        }
    }
}

/// Memory in a slot is named after the slot, other memory is counted, each model by itself.
fn name_memories(memories: &mut [MemoryDevice]) {
    let prefix = |model| match model {
        MemoryModel::Dimm => "dimm",
        MemoryModel::Nvdimm => "nvdimm",
        MemoryModel::VirtioPmem => "virtiopmem",
        MemoryModel::VirtioMem => "virtiomem",
        MemoryModel::SgxEpc => "epc",
    };
    let mut counted = std::collections::BTreeMap::new();
    for memory in memories {
        let prefix = prefix(memory.model);
        let slot = match memory.info.address {
            Some(Address::Dimm(place)) => place.slot,
            _ => None,
        };
        let number = slot.unwrap_or_else(|| {
            let next = counted.entry(prefix).or_insert(0);
            *next += 1;
            *next - 1
        });
        memory
            .info
            .alias
            .get_or_insert_with(|| format!("{prefix}{number}"));
    }
}

fn disk_alias(disk: &Disk, wide: bool) -> Option<String> {
    let bus = disk.target.bus?;
    let index = disk
        .target
        .dev
        .as_deref()
        .and_then(disk_name::index)
        .unwrap_or_default();
    let prefix = match bus {
        DiskBus::Virtio => return Some(format!("virtio-disk{index}")),
        DiskBus::Usb => return Some(format!("usb-disk{index}")),
        DiskBus::Ide => "ide",
        DiskBus::Sata => "sata",
        DiskBus::Scsi => "scsi",
        DiskBus::Fdc => "fdc",
        _ => return Some(format!("{}{index}", super::completion::os::word(bus))),
    };
    let place = addresses::drive::of(disk)?;
    let (controller, bus_number, unit) = (place.controller, place.bus, place.unit);
    Some(if bus == DiskBus::Scsi && wide {
        format!("{prefix}{controller}-{bus_number}-{}-{unit}", place.target)
    } else {
        format!("{prefix}{controller}-{bus_number}-{unit}")
    })
}

/// The built-in controllers have the names that QEMU gives them.
fn controller_alias(controller: &Controller, family: Family) -> String {
    let index = controller.index.unwrap_or_default();
    match controller.kind {
        ControllerKind::Pci if index == 0 => family.root_bus().to_owned(),
        ControllerKind::Pci => format!("pci.{index}"),
        ControllerKind::Usb if index == 0 => "usb".to_owned(),
        ControllerKind::Ide if index == 0 && family == Family::I440fx => "ide".to_owned(),
        ControllerKind::Sata if index == 0 && family == Family::Q35 => "ide".to_owned(),
        kind => format!("{}{index}", super::completion::os::word(kind)),
    }
}

/// Channels whose socket has no path get one of their own.
fn place_sockets(devices: &mut Devices, directory: &Path) {
    for channel in &mut devices.channels {
        let ChannelTarget::Virtio(target) = &channel.target else {
            continue;
        };
        if let CharacterSource::Unix(unix) = &mut channel.backend.source
            && unix.path.is_none()
        {
            let place = match channel.info.address {
                Some(Address::VirtioSerial(place)) => place,
                _ => VirtioSerialAddress::default(),
            };
            let (controller, bus, port) = (place.controller, place.bus, place.port);
            let name = target.name.clone().unwrap_or_else(|| {
                format!(
                    "vioser-{controller:02}-{bus:02}-{:02}.sock",
                    port.unwrap_or(0)
                )
            });
            unix.path = Some(directory.join(name).to_string_lossy().into_owned());
            unix.mode = Some(SocketMode::Bind);
        }
    }
}

/// Settles where a display is shown: without a word at the usual address, or at a socket among the guest's own files.
fn place_display(listens: &mut [Listen], start: &Start<'_>, kind: &str) -> Option<Shown> {
    match listens.first_mut()? {
        Listen::Address(listen) => {
            let address = &mut listen.address;
            let address = address.get_or_insert_with(|| start.vnc_listen.clone());
            Some(Shown::At(address.clone()))
        }
        Listen::Socket(listen) => {
            if listen.socket.is_none() {
                let path = start.home.join(format!("{kind}.sock"));
                listen.socket = Some(path.to_string_lossy().into_owned());
                listen.auto_generated = Some("yes".to_owned());
            }
            Some(Shown::On(listen.socket.clone()))
        }
        _ => None,
    }
}

/// Where clients find a display.
enum Shown {
    /// At an address, with a port.
    At(String),
    /// At a socket.
    On(Option<String>),
}

fn open_spice(spice: &mut SpiceGraphics, start: &mut Start<'_>) -> Result<(), DisplayError> {
    let Some(Shown::At(address)) = place_display(&mut spice.listens, start, "spice") else {
        return Ok(());
    };
    spice.listen = Some(address);
    let wants_plain = spice.default_mode != Some(ChannelMode::Secure);
    if spice.autoport == Some(true) && wants_plain {
        let port = (start.next_port)(PortUse::Vnc).ok_or(DisplayError::NoPort)?;
        spice.port = Some(i32::from(port));
    }
    Ok(())
}

fn open_vnc(vnc: &mut VncGraphics, start: &mut Start<'_>) -> Result<(), DisplayError> {
    match place_display(&mut vnc.listens, start, "vnc") {
        Some(Shown::At(address)) => vnc.listen = Some(address),
        Some(Shown::On(socket)) => {
            vnc.socket = socket;
            return Ok(());
        }
        None => return Ok(()),
    }
    let mut next = |wanted| {
        (start.next_port)(wanted)
            .map(i32::from)
            .ok_or(DisplayError::NoPort)
    };
    if vnc.autoport == Some(true) {
        vnc.port = Some(next(PortUse::Vnc)?);
    }
    // What is only shown has no port yet.
    if vnc.websocket == Some(-1) && start.id >= 0 {
        vnc.websocket = Some(next(PortUse::VncWebsocket)?);
        vnc.websocket_generated = Some("yes".to_owned());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_counter_runs_as_fast_as_the_hosts() {
        let check = |frequency: u64, scaling: bool| {
            let text = format!(
                "<domain type='kvm'><name>a</name><os/><clock offset='utc'>\
                 <timer name='tsc' frequency='{frequency}'/></clock></domain>"
            );
            let domain = xml::parse(&text, &xml::Options::lenient()).unwrap();
            let host = TimeStampCounter {
                frequency: 2_000_000_000,
                scaling,
            };
            check_counter(&domain, host).is_ok()
        };
        assert!(check(2_000_500_000, false));
        assert!(check(1_999_500_000, false));
        assert!(!check(2_000_500_001, false));
        assert!(!check(1_999_499_999, false));
        assert!(check(3_000_000_000, true));
        assert!(check(0, false), "nobody asks for a frequency");
    }
}

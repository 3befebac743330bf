//! What a start adds to a document: number, aliases, ports and paths.

use std::path::{Path, PathBuf};

use documents::domain::{
    ChannelTarget, CharacterSource, ConsoleTargetKind, Controller, ControllerKind, Devices, Disk,
    DiskBus, Domain, Graphics, Listen, SocketMode, VncGraphics,
};

use super::error::{DisplayError, DomainError};
use super::machine::Family;
use super::{Checked, addresses, disk_name};

/// The most characters of a name that become part of a path.
const SHORT_NAME: usize = 20;

/// What a start decides.
pub struct Start<'a> {
    /// The domain's number; -1 for a document that is only shown.
    pub id: i32,
    /// Where sockets of channels without a path are made.
    pub channel_dir: PathBuf,
    /// The address that VNC listens on when the document names none.
    pub vnc_listen: String,
    /// Gives a free port for VNC, or for its websocket; nothing when none is left.
    pub next_port: &'a mut dyn FnMut(PortUse) -> Option<u16>,
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
    /// The document.
    pub fn document(&self) -> &Domain {
        &self.0
    }

    /// The document, for what is learned while the guest runs.
    pub fn document_mut(&mut self) -> &mut Domain {
        &mut self.0
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

/// Makes the live document.
///
/// # Errors
/// When no port is left.
pub fn live(checked: &Checked, start: &mut Start<'_>) -> Result<Live, DomainError> {
    let mut domain = checked.document().clone();
    domain.id = (start.id >= 0).then_some(start.id);
    super::completion::memory::number_threads(&mut domain);
    align_memory(&mut domain);
    let family = Family::of_domain(&domain);
    name_devices(&mut domain.devices, family);
    let directory = start
        .channel_dir
        .join(format!("{}-{}", start.id, short(&domain.name)));
    place_sockets(&mut domain.devices, &directory);
    for graphics in &mut domain.devices.graphics {
        if let Graphics::Vnc(vnc) = graphics {
            open_vnc(vnc, start)?;
        }
    }
    Ok(Live(domain))
}

/// QEMU gives memory in whole MiB: what is asked for is rounded up, and the guest has all of it.
fn align_memory(domain: &mut Domain) {
    let align = |kib: &mut u64| *kib = kib.checked_next_multiple_of(1024).unwrap_or(*kib);
    let whole = domain.memory.map(|memory| memory.kib);
    let full = domain.current_memory == whole;
    let cells = domain.cpu.as_deref_mut().and_then(|cpu| cpu.numa.as_mut());
    for cell in cells.into_iter().flat_map(|numa| &mut numa.cells) {
        align(&mut cell.memory);
    }
    if let Some(memory) = &mut domain.memory {
        align(&mut memory.kib);
        if full {
            domain.current_memory = Some(memory.kib);
        }
    }
    if let Some(maximum) = &mut domain.max_memory {
        align(&mut maximum.kib);
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
            let alias = channel.info.alias.as_deref().unwrap_or("channel");
            let name = target.name.as_deref().unwrap_or(alias);
            unix.path = Some(directory.join(name).to_string_lossy().into_owned());
            unix.mode = Some(SocketMode::Bind);
        }
    }
}

fn open_vnc(vnc: &mut VncGraphics, start: &mut Start<'_>) -> Result<(), DisplayError> {
    let Some(Listen::Address(listen)) = vnc.listens.first_mut() else {
        return Ok(());
    };
    let address = listen
        .address
        .get_or_insert_with(|| start.vnc_listen.clone())
        .clone();
    vnc.listen = Some(address);
    let mut next = |wanted| {
        (start.next_port)(wanted)
            .map(i32::from)
            .ok_or(DisplayError::NoPort)
    };
    if vnc.autoport == Some(true) {
        vnc.port = Some(next(PortUse::Vnc)?);
    }
    if vnc.websocket == Some(-1) {
        vnc.websocket = Some(next(PortUse::VncWebsocket)?);
        vnc.websocket_generated = Some("yes".to_owned());
    }
    Ok(())
}

//! `<disk>`: the nodes of the block graph and the device in front of them.

use std::collections::BTreeSet;
use std::path::Path;

use documents::domain::{CacheMode, Disk, DiskBus, DiskFormat, DiskSource, VhostUserSource};

use super::character::reconnect;
use super::chardev::{Address, Backend as Chars, Chardev, Socket};
use super::keyval::KeyVal;
use super::part::Part;
use super::seat::{Guest, alias};
use super::secret::Secrets;
use crate::capabilities::Capabilities;
use crate::domain::completion::os::word;
use crate::domain::completion::{source_is_empty, source_path};
use crate::domain::{DiskError, DiskRule, DomainError};

mod frontend;
mod nodes;
mod percent;
pub(crate) mod reservations;
mod storage;
pub(crate) mod throttle;

/// What the start knows of a disk.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Facts<'a> {
    /// Its place in the boot order.
    pub(crate) boot: Option<u32>,
    /// The values of the secrets that it names.
    pub(crate) secrets: &'a Secrets,
    /// Its place among the SD cards.
    pub(crate) sd: u32,
    /// The host's own CD-ROM drives among the block devices of the document.
    pub(crate) cdroms: &'a BTreeSet<String>,
}

/// What is behind the device.
enum Backend {
    /// An empty drive.
    Nothing,
    /// A node of the block graph.
    Node(String),
    /// A process, by the name of the character device that leads to it.
    Process(String),
}

/// Everything that QEMU creates for a disk.
pub(crate) fn parts(
    disk: &Disk,
    guest: &Guest<'_>,
    capabilities: &Capabilities,
    facts: &Facts<'_>,
) -> Result<Vec<Part>, DomainError> {
    let bus = disk.target.bus.unwrap_or_default();
    let mut parts = Vec::new();
    match bus {
        DiskBus::Xen | DiskBus::Uml | DiskBus::Nvme => {
            return Err(DiskError::of(DiskRule::ForeignBus, disk).into());
        }
        DiskBus::Sd => return Ok(vec![sd_card(disk, facts)?]),
        _ => {}
    }
    let transient = disk.transient.as_ref();
    if transient.and_then(|transient| transient.share_backing) == Some(true) {
        // It is plugged into the guest when the image above it has been made.
        return Ok(parts);
    }
    let backend = match &disk.source {
        DiskSource::VhostUser(process) => {
            let chardev = process_socket(disk, process, capabilities);
            let id = chardev.id.clone();
            parts.push(Part::Chardev(chardev));
            Backend::Process(id)
        }
        source if source_is_empty(source) => Backend::Nothing,
        _ => Backend::Node(nodes::add(disk, facts, &mut parts)?),
    };
    parts.push(Part::device(&frontend::device(
        disk, guest, facts, backend,
    ))?);
    Ok(parts)
}

/// The socket of the process that serves a disk.
fn process_socket(disk: &Disk, process: &VhostUserSource, capabilities: &Capabilities) -> Chardev {
    let path = process.path.clone().unwrap_or_default();
    Chardev {
        id: format!("chr-vu-{}", alias(&disk.info)),
        backend: Chars::Socket(Socket {
            address: Address::Unix(path),
            server: false,
            telnet: false,
            tls: None,
            reconnect: reconnect(process.reconnect.as_ref(), capabilities),
        }),
        log: None,
    }
}

/// An SD card has neither node nor device: the board makes it out of a drive.
fn sd_card(disk: &Disk, facts: &Facts<'_>) -> Result<Part, DomainError> {
    let Some(path) = source_path(&disk.source) else {
        return Err(DiskError::of(DiskRule::SdSource, disk).into());
    };
    let format = disk.driver.as_ref().and_then(|driver| driver.format);
    let mut drive = KeyVal::default();
    drive.pair("file", path);
    drive.pair("format", word(format.unwrap_or(DiskFormat::Raw)));
    drive.pair("if", "sd");
    // The board's slots are numbered as the names of the disks.
    let slot = disk
        .target
        .dev
        .as_deref()
        .and_then(crate::domain::disk_name::index);
    drive.pair("index", &slot.unwrap_or(facts.sd).to_string());
    if disk.readonly {
        drive.switch("readonly", true);
    }
    drive.optional("cache", cache_mode(disk).map(word));
    if let Some(driver) = disk.driver.as_deref() {
        drive.optional("discard", driver.discard.map(word));
        drive.optional("detect-zeroes", nodes::detect_zeroes(driver));
        drive.optional("aio", driver.io.map(word));
    }
    Ok(Part::option("drive", drive.finish()))
}

/// What the disks of a guest share: the helper for reservations, if one of them uses it.
pub(crate) fn shared(disks: &[Disk], home: Option<&Path>) -> Result<Vec<Part>, DomainError> {
    match home {
        Some(home) if disks.iter().any(reservations::is_managed) => {
            Ok(vec![reservations::own_manager(home)?])
        }
        _ => Ok(Vec::new()),
    }
}

/// A disk that others write too is not cached, or they would see old data.
fn cache_mode(disk: &Disk) -> Option<CacheMode> {
    let mode = disk
        .driver
        .as_ref()
        .and_then(|driver| driver.cache)
        .filter(|mode| *mode != CacheMode::Default);
    let shared = disk.shareable && !disk.readonly;
    mode.or_else(|| shared.then_some(CacheMode::None))
}

//! `<filesystem>`: folders of the host inside the guest, by 9p, virtiofs or USB's media transfer.

use documents::domain::{
    AccessMode, Filesystem, FilesystemDriverKind, FilesystemSource, MultiDevs, VirtioModel,
};

use super::chardev::{Address, Backend, Chardev, Socket};
use super::keyval::KeyVal;
use super::part::Part;
use super::properties::Properties;
use super::seat::{Guest, Transition, Virtio, alias};
use crate::domain::{DomainError, FilesystemError};

/// Who serves a folder.
pub(crate) fn driver(filesystem: &Filesystem) -> FilesystemDriverKind {
    let driver = filesystem.driver.as_ref();
    driver.and_then(|driver| driver.kind).unwrap_or_default()
}

/// The folder, and the socket of a server that somebody else runs.
pub(crate) fn mounted(filesystem: &Filesystem) -> (Option<&str>, Option<&str>) {
    match &filesystem.source {
        FilesystemSource::Mount(source) => (source.dir.as_deref(), source.socket.as_deref()),
        _ => (None, None),
    }
}

/// Everything that QEMU creates for a folder. `server` is the socket of the virtiofsd that was started for it.
pub(crate) fn parts(
    filesystem: &Filesystem,
    guest: &Guest<'_>,
    server: Option<&str>,
) -> Result<Vec<Part>, DomainError> {
    match driver(filesystem) {
        FilesystemDriverKind::Path | FilesystemDriverKind::Handle => plan9(filesystem, guest),
        FilesystemDriverKind::Virtiofs => virtiofs(filesystem, guest, server),
        FilesystemDriverKind::Mtp => media_transfer(filesystem, guest),
        _ => Err(FilesystemError::Kind.into()),
    }
}

/// QEMU itself serves the folder. The option has no JSON form.
fn plan9(filesystem: &Filesystem, guest: &Guest<'_>) -> Result<Vec<Part>, DomainError> {
    let id = alias(&filesystem.info);
    let (dir, _) = mounted(filesystem);
    let handle = driver(filesystem) == FilesystemDriverKind::Handle;
    let mut out = KeyVal::new(if handle { "handle" } else { "local" });
    if !handle {
        let security = match filesystem.accessmode.unwrap_or_default() {
            AccessMode::Passthrough => "passthrough",
            AccessMode::Mapped => "mapped",
            AccessMode::Squash => "none",
        };
        out.pair("security_model", security);
    }
    let multidevs = match filesystem.multidevs {
        None | Some(MultiDevs::Default) => None,
        Some(MultiDevs::Remap) => Some("remap"),
        Some(MultiDevs::Forbid) => Some("forbid"),
        Some(MultiDevs::Warn) => Some("warn"),
    };
    out.optional("multidevs", multidevs);
    let mode = |mode: Option<u32>| mode.map(|mode| format!("{mode:04o}"));
    out.optional("fmode", mode(filesystem.fmode));
    out.optional("dmode", mode(filesystem.dmode));
    let policy = filesystem
        .driver
        .as_ref()
        .and_then(|driver| driver.wrpolicy);
    out.optional("writeout", policy.map(|_| "immediate"));
    out.pair("id", &format!("fsdev-{id}"));
    out.optional("path", dir);
    if filesystem.readonly {
        out.switch("readonly", true);
    }
    let driver = guest.virtio_driver("9p", &filesystem.info, transition(filesystem.model));
    let options = filesystem.driver.as_ref().map(|driver| &driver.virtio);
    let device = Properties::default()
        .set("id", id.as_str())
        .set("fsdev", format!("fsdev-{id}"))
        .optional("mount_tag", filesystem.target.clone())
        .device(
            &driver,
            Virtio::optional(options),
            guest.seat(&filesystem.info),
        )?;
    Ok(vec![Part::option("fsdev", out.finish()), device])
}

fn virtiofs(
    filesystem: &Filesystem,
    guest: &Guest<'_>,
    server: Option<&str>,
) -> Result<Vec<Part>, DomainError> {
    let id = alias(&filesystem.info);
    let (_, socket) = mounted(filesystem);
    let path = socket.or(server).ok_or(FilesystemError::NoServer)?;
    let chardev = format!("chr-vu-{id}");
    let backend = Chardev {
        id: chardev.clone(),
        backend: Backend::Socket(Socket {
            address: Address::Unix(path.to_owned()),
            server: false,
            telnet: false,
            tls: None,
            reconnect: None,
        }),
        log: None,
    };
    let options = filesystem.driver.as_ref();
    let driver = guest.vhost_driver("user-fs", &filesystem.info, Transition::Either);
    let device = Properties::default()
        .set("id", id)
        .set("chardev", chardev)
        .optional("queue-size", options.and_then(|driver| driver.queue))
        .optional("tag", filesystem.target.clone())
        .optional(
            "bootindex",
            filesystem.info.boot.as_ref().map(|boot| boot.order),
        )
        .device(
            &driver,
            Virtio::optional(options.map(|driver| &driver.virtio)),
            guest.seat(&filesystem.info),
        )?;
    Ok(vec![Part::Chardev(backend), device])
}

fn media_transfer(filesystem: &Filesystem, guest: &Guest<'_>) -> Result<Vec<Part>, DomainError> {
    let (dir, _) = mounted(filesystem);
    let device = Properties::default()
        .set("id", alias(&filesystem.info))
        .optional("rootdir", dir)
        .optional("desc", filesystem.target.clone())
        .set("readonly", filesystem.readonly)
        .device("usb-mtp", Virtio::default(), guest.seat(&filesystem.info))?;
    Ok(vec![device])
}

fn transition(model: Option<VirtioModel>) -> Transition {
    model.map_or(Transition::Either, Transition::from)
}

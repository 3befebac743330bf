//! The node that reaches the bytes of an image: a file, a device or a server.

mod curl;
mod gluster;
mod iscsi;
mod local;
mod nbd;
mod nfs;
mod rbd;
mod secrets;
mod server;
mod ssh;

use documents::domain::{Auth, DirSource, Disk, DiskDevice, DiskSource, Encryption, FileSource};
use serde::Serialize;

use self::curl::Curl;
use self::gluster::Gluster;
use self::iscsi::Iscsi;
use self::local::{Local, aio, block_device, manager, nvme_device};
use self::nbd::Nbd;
use self::nfs::Nfs;
use self::rbd::Rbd;
use self::server::server;
use self::ssh::Ssh;
use super::Facts;
use crate::devices::part::Part;
use crate::domain::{DiskError, DiskRule, DomainError};

/// QEMU's driver for a kind of source, with what is particular to it (QAPI: `BlockdevOptions`).
#[derive(Debug, Serialize)]
#[serde(tag = "driver")]
pub(super) enum Protocol {
    #[serde(rename = "file")]
    File(Local),
    #[serde(rename = "host_device")]
    HostDevice(Local),
    #[serde(rename = "host_cdrom")]
    HostCdrom(Local),
    #[serde(rename = "vvfat")]
    Fat { dir: String, floppy: bool, rw: bool },
    #[serde(rename = "nvme")]
    Nvme { device: String, namespace: u64 },
    #[serde(rename = "virtio-blk-vhost-vdpa")]
    VhostVdpa { path: String },
    #[serde(rename = "nbd")]
    Nbd(Nbd),
    #[serde(rename = "rbd")]
    Rbd(Rbd),
    #[serde(rename = "iscsi")]
    Iscsi(Iscsi),
    #[serde(rename = "http")]
    Http(Curl),
    #[serde(rename = "https")]
    Https(Curl),
    #[serde(rename = "ftp")]
    Ftp(Curl),
    #[serde(rename = "ftps")]
    Ftps(Curl),
    #[serde(rename = "ssh")]
    Ssh(Ssh),
    #[serde(rename = "nfs")]
    Nfs(Nfs),
    #[serde(rename = "gluster")]
    Gluster(Gluster),
}

/// One image of a disk, with what is needed to reach its bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Image<'a> {
    /// The disk whose chain the image is in.
    pub(super) disk: &'a Disk,
    pub(super) facts: &'a Facts<'a>,
    /// The name of the node that reaches the bytes.
    pub(super) node: &'a str,
    /// Who logs in to its server.
    pub(super) auth: Option<&'a Auth>,
    /// The encryption that its server undoes, as that of rbd.
    pub(super) encryption: Option<&'a Encryption>,
}

/// The driver for a source. The objects that it refers to are added to `parts`.
pub(super) fn protocol(
    source: &DiskSource,
    image: &Image<'_>,
    parts: &mut Vec<Part>,
) -> Result<Protocol, DomainError> {
    let aio = image
        .disk
        .driver
        .as_ref()
        .and_then(|driver| driver.io)
        .map(aio);
    Ok(match source {
        DiskSource::File(FileSource {
            fdgroup: Some(_), ..
        }) => {
            return Err(DiskError::of(DiskRule::FdGroup, image.disk).into());
        }
        DiskSource::File(file) => Protocol::File(Local {
            filename: file.file.clone().unwrap_or_default(),
            aio,
            pr_manager: manager(file.common.reservations.as_ref(), image, parts)?,
        }),
        DiskSource::Block(block) => block_device(block, aio, image, parts)?,
        DiskSource::Dir(DirSource { dir, .. }) => Protocol::Fat {
            dir: dir
                .clone()
                .ok_or_else(|| DiskError::of(DiskRule::NoDirectory, image.disk))?,
            floppy: image.disk.device == Some(DiskDevice::Floppy),
            rw: false,
        },
        DiskSource::Nvme(nvme) => nvme_device(nvme),
        DiskSource::VhostVdpa(vdpa) => Protocol::VhostVdpa {
            path: vdpa.dev.clone().unwrap_or_default(),
        },
        DiskSource::Network(network) => server(network, image, parts)?,
        DiskSource::Volume(volume) => {
            return Err(DiskError::NoPool {
                pool: volume.pool.clone().unwrap_or_default(),
                target: image.disk.target.dev.clone().unwrap_or_default(),
            }
            .into());
        }
        DiskSource::VhostUser(_) => {
            return Err(DiskError::of(DiskRule::VhostUserBehind, image.disk).into());
        }
    })
}

//! Images on files and devices of the host.

use documents::domain::{BlockSource, DiskDevice, IoMode, NvmeSource, Reservations};
use serde::Serialize;

use super::{Image, Protocol};
use crate::devices::disk::reservations;
use crate::devices::part::Part;
use crate::domain::DomainError;

/// A file or device of the host.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Local {
    pub(super) filename: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) aio: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) pr_manager: Option<String>,
}

pub(super) fn block_device(
    block: &BlockSource,
    aio: Option<&'static str>,
    image: &Image<'_>,
    parts: &mut Vec<Part>,
) -> Result<Protocol, DomainError> {
    let local = Local {
        filename: block.dev.clone().unwrap_or_default(),
        aio,
        pr_manager: manager(block.common.reservations.as_ref(), image, parts)?,
    };
    let drive = image.disk.device == Some(DiskDevice::Cdrom)
        && image.facts.cdroms.contains(&local.filename);
    Ok(match drive {
        true => Protocol::HostCdrom(local),
        false => Protocol::HostDevice(local),
    })
}

pub(super) fn manager(
    reservations: Option<&Reservations>,
    image: &Image<'_>,
    parts: &mut Vec<Part>,
) -> Result<Option<String>, DomainError> {
    match reservations {
        Some(reservations) => reservations::manager(reservations, image.node, parts).map(Some),
        None => Ok(None),
    }
}

pub(super) fn nvme_device(nvme: &NvmeSource) -> Protocol {
    Protocol::Nvme {
        device: nvme.address.unwrap_or_default().to_string(),
        namespace: nvme.namespace.unwrap_or(1),
    }
}

pub(super) fn aio(mode: IoMode) -> &'static str {
    match mode {
        IoMode::Native => "native",
        IoMode::Threads => "threads",
        IoMode::IoUring => "io_uring",
    }
}

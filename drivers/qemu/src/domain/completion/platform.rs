//! Defaults of the devices that have few of them.

use documents::domain::{
    AccessMode, Devices, Domain, FilesystemDriverKind, FilesystemSource, MultiDevs, Panic,
    PanicModel, RngBackend, RngPath, SmartCardSource, VirtioModel,
};

use super::{Context, backend, firmware};
use crate::domain::error::PlatformDeviceError;
use crate::domain::machine::Family;

/// Fills in what the documents of smaller device families leave out.
///
/// # Errors
/// When nobody knows what is meant.
pub(super) fn complete(
    domain: &mut Domain,
    context: &Context<'_>,
) -> Result<(), PlatformDeviceError> {
    let family = Family::of_domain(domain);
    let devices = &mut domain.devices;
    if let Some(pstore) = &mut devices.pstore
        && pstore.path.is_none()
    {
        let name = format!("{}_PSTORE.raw", domain.name);
        let path = firmware::variables_dir(context).join(name);
        pstore.path = Some(path.to_string_lossy().into_owned());
    }
    complete_panics(&mut devices.panics, family)?;
    complete_devices(devices);
    Ok(())
}

/// What tells of a panic is a part of the chipset where there is one, and else a device of its own.
fn complete_panics(panics: &mut [Panic], family: Family) -> Result<(), PlatformDeviceError> {
    for panic in panics.iter_mut().filter(|panic| panic.model.is_none()) {
        panic.model = match family {
            Family::ArmVirt => Some(PanicModel::Pvpanic),
            Family::RiscvVirt => return Err(PlatformDeviceError::NoPanicModel),
            Family::Foreign => None,
            _ => Some(PanicModel::Isa),
        };
    }
    Ok(())
}

fn complete_devices(devices: &mut Devices) {
    for filesystem in &mut devices.filesystems {
        // Who serves a socket has its own mind about users.
        let folder = match &filesystem.source {
            FilesystemSource::Mount(source) => source.socket.is_none(),
            _ => false,
        };
        filesystem.multidevs.take_if(|it| *it == MultiDevs::Default);
        filesystem.fmode.take_if(|mode| *mode == 0);
        filesystem.dmode.take_if(|mode| *mode == 0);
        let virtiofs =
            crate::devices::filesystem::driver(filesystem) == FilesystemDriverKind::Virtiofs;
        filesystem.binary.take_if(|_| !virtiofs);
        if let Some(driver) = filesystem.driver.as_mut() {
            driver.queue.take_if(|_| !virtiofs);
            // They are words to one driver, not to the one that is chosen.
            if driver.kind.is_none() {
                (driver.format, driver.wrpolicy) = (None, None);
            }
        }
        if let Some(binary) = &mut filesystem.binary {
            binary.thread_pool.take_if(|size| *size == -1);
            binary.openfiles.take_if(|files| *files == 0);
        }
        if folder {
            filesystem.accessmode.get_or_insert(AccessMode::Passthrough);
        }
    }
    for lease in &mut devices.leases {
        lease.target.offset.take_if(|offset| *offset == 0);
    }
    if let Some(vsock) = &mut devices.vsock {
        vsock.model.get_or_insert(VirtioModel::Virtio);
        let cid = vsock.cid.get_or_insert_default();
        cid.auto.get_or_insert(cid.address.is_none());
    }
    for crypto in &mut devices.cryptos {
        crypto.backend.queues.take_if(|queues| *queues == 0);
    }
    for card in &mut devices.smartcards {
        if let SmartCardSource::Passthrough(backend) = &mut card.source {
            backend::complete_unlabelled(backend);
        }
    }
    for rng in &mut devices.rngs {
        rng.rate.take_if(|rate| rate.bytes == 0);
        match &mut rng.backend {
            RngBackend::Egd(backend) => backend::complete_unlabelled(backend),
            RngBackend::Random(RngPath { path }) => {
                path.get_or_insert_with(|| "/dev/random".to_owned());
            }
            RngBackend::Builtin => {}
        }
    }
}

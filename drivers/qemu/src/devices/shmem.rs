//! `<shmem>`: memory between guests.

use documents::domain::{Address, Shmem, ShmemModel, ShmemRole};

use super::chardev::{Address as SocketAddress, Backend, Chardev, Socket};
use super::part::Part;
use super::properties::Properties;
use super::seat::{Guest, Virtio, alias};
use crate::domain::completion::shmem::size;
use crate::domain::{DomainError, PlatformDeviceError};

/// Everything that QEMU creates for memory between guests.
pub(crate) fn parts(shmem: &Shmem, guest: &Guest<'_>) -> Result<Vec<Part>, DomainError> {
    if !matches!(shmem.info.address, Some(Address::Pci(_))) {
        return Err(PlatformDeviceError::ShmemAddress.into());
    }
    let id = alias(&shmem.info);
    let seat = guest.seat(&shmem.info);
    if shmem.model == Some(ShmemModel::IvshmemDoorbell) {
        let server = shmem.server.clone().unwrap_or_default();
        let msi = shmem.msi.clone().unwrap_or_default();
        let chardev = format!("char{id}");
        let device = Properties::default()
            .set("id", id)
            .set("chardev", chardev.as_str())
            .optional("vectors", msi.vectors)
            .set("ioeventfd", msi.ioeventfd.unwrap_or(true))
            .device("ivshmem-doorbell", Virtio::default(), seat)?;
        let path = server.path.unwrap_or_else(|| server_path(&shmem.name));
        let backend = Chardev {
            id: chardev,
            backend: Backend::Socket(Socket {
                address: SocketAddress::Unix(path),
                server: false,
                telnet: false,
                tls: None,
                reconnect: None,
            }),
            log: None,
        };
        return Ok(vec![Part::Chardev(backend), device]);
    }
    let memory = format!("shmmem-{id}");
    let object = Properties::default()
        .set("mem-path", format!("/dev/shm/{}", shmem.name))
        .set("size", size(shmem).unwrap_or(DEFAULT_SIZE))
        .set("share", true)
        .object("memory-backend-file", &memory)?;
    // Which guest's contents a migration carries. Older guests that said nothing did neither.
    let master = shmem.role.map(|role| match role {
        ShmemRole::Master => "on",
        ShmemRole::Peer => "off",
    });
    let device = Properties::default()
        .set("id", id)
        .set("memdev", memory)
        .optional("master", master)
        .device("ivshmem-plain", Virtio::default(), seat)?;
    Ok(vec![object, device])
}

/// Bytes of memory that names no size.
const DEFAULT_SIZE: u64 = 4 << 20;

/// Where a server listens whose document does not say it.
fn server_path(name: &str) -> String {
    format!("/var/lib/libvirt/shmem-{name}-sock")
}

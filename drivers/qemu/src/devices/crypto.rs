//! `<crypto>`: devices that encrypt.

use documents::domain::{Crypto, CryptoBackendModel};

use super::part::Part;
use super::properties::Properties;
use super::seat::{Guest, Transition, Virtio, alias};
use crate::domain::DomainError;

/// Everything that QEMU creates for a device that encrypts.
pub(crate) fn parts(crypto: &Crypto, guest: &Guest<'_>) -> Result<Vec<Part>, DomainError> {
    let id = alias(&crypto.info);
    let backend = format!("obj{id}");
    let kind = match crypto.backend.model {
        CryptoBackendModel::Builtin => "cryptodev-backend-builtin",
        CryptoBackendModel::Lkcf => "cryptodev-backend-lkcf",
    };
    let queues = crypto.backend.queues.filter(|queues| *queues > 0);
    let driver = guest.virtio_driver("crypto", &crypto.info, Transition::Either);
    let object = Properties::default()
        .optional("queues", queues)
        .object(kind, &backend)?;
    let device = Properties::default()
        .set("cryptodev", backend)
        .set("id", id)
        .device(
            &driver,
            Virtio::optional(crypto.driver.as_ref()),
            guest.seat(&crypto.info),
        )?;
    Ok(vec![object, device])
}

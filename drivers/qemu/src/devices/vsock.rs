//! `<vsock>`: sockets between host and guest.

use documents::domain::{VirtioModel, Vsock};

use super::part::Part;
use super::properties::Properties;
use super::seat::{Guest, Virtio, alias};
use crate::domain::DomainError;

/// Everything that QEMU creates for sockets between host and guest. `vhost` is the kernel's device that was opened
/// for it, by the number that QEMU sees.
pub(crate) fn parts(
    vsock: &Vsock,
    guest: &Guest<'_>,
    vhost: Option<i32>,
) -> Result<Vec<Part>, DomainError> {
    let model = vsock.model.unwrap_or(VirtioModel::Virtio);
    let cid = vsock.cid.as_ref().and_then(|cid| cid.address);
    let driver = guest.vhost_driver("vsock", &vsock.info, model.into());
    let part = Properties::default()
        .set("id", alias(&vsock.info))
        .set("guest-cid", cid.unwrap_or_default())
        .set("vhostfd", vhost.unwrap_or(-1).to_string())
        .device(
            &driver,
            Virtio::optional(vsock.driver.as_ref()),
            guest.seat(&vsock.info),
        )?;
    Ok(vec![part])
}

//! `<pstore>`: where the guest leaves data for after a crash.

use documents::domain::Pstore;

use super::part::Part;
use super::properties::Properties;
use super::seat::{Guest, Virtio, alias};
use crate::domain::DomainError;

/// Everything that QEMU creates for it: a file that is shared with the guest, and ACPI's door to it.
pub(crate) fn parts(pstore: &Pstore, guest: &Guest<'_>) -> Result<Vec<Part>, DomainError> {
    let id = alias(&pstore.info);
    let memory = format!("mem{id}");
    let bytes = pstore.size.unwrap_or_default().saturating_mul(1024);
    let object = Properties::default()
        .optional("mem-path", pstore.path.clone())
        .set("size", bytes)
        .set("share", true)
        .object("memory-backend-file", &memory)?;
    let device = Properties::default()
        .set("id", id)
        .set("memdev", memory)
        .device("acpi-erst", Virtio::default(), guest.seat(&pstore.info))?;
    Ok(vec![object, device])
}

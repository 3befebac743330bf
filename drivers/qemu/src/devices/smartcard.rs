//! `<smartcard>`: smart cards in a reader.

use documents::domain::{SmartCard, SmartCardSource};

use super::character;
use super::part::Part;
use super::properties::Properties;
use super::seat::{Guest, Virtio, alias};
use crate::capabilities::Capabilities;
use crate::domain::DomainError;

/// The database of certificates when the document names none.
const DATABASE: &str = "/etc/pki/nssdb";

/// Everything that QEMU creates for a smart card.
pub(crate) fn parts(
    card: &SmartCard,
    guest: &Guest<'_>,
    capabilities: &Capabilities,
) -> Result<Vec<Part>, DomainError> {
    let id = alias(&card.info);
    let seat = guest.seat(&card.info);
    let emulated = "ccid-card-emulated";
    match &card.source {
        SmartCardSource::Host => {
            let device = Properties::default()
                .set("backend", "nss-emulated")
                .set("id", id)
                .device(emulated, Virtio::default(), seat)?;
            Ok(vec![device])
        }
        SmartCardSource::HostCertificates(source) => {
            let mut properties = Properties::default().set("backend", "certificates");
            for (key, certificate) in ["cert1", "cert2", "cert3"]
                .into_iter()
                .zip(&source.certificates)
            {
                properties = properties.set(key, certificate.as_str());
            }
            let database = source.database.as_deref().unwrap_or(DATABASE);
            let device = properties.set("db", database).set("id", id).device(
                emulated,
                Virtio::default(),
                seat,
            )?;
            Ok(vec![device])
        }
        SmartCardSource::Passthrough(backend) => {
            let chardev = character::chardev(&id, "smartcard", backend, capabilities)?;
            let device = Properties::default()
                .set("chardev", chardev.id.as_str())
                .set("id", id)
                .device("ccid-card-passthru", Virtio::default(), seat)?;
            Ok(vec![Part::Chardev(chardev), device])
        }
    }
}

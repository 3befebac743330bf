//! `<rng>`: random number generators.

use documents::domain::{Rng, RngBackend};
use serde::Serialize;

use super::character;
use super::part::Part;
use super::seat::{Guest, Seat, Virtio, alias};
use crate::capabilities::Capabilities;
use crate::domain::DomainError;

/// The source of the numbers when the document names none.
const DEFAULT_SOURCE: &str = "/dev/random";

/// A source of random numbers.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Source {
    qom_type: &'static str,
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    filename: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    chardev: Option<String>,
}

/// A generator that the guest sees.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Device {
    driver: String,
    #[serde(flatten)]
    virtio: Virtio,
    rng: String,
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_bytes: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<u32>,
    #[serde(flatten)]
    seat: Seat,
}

/// The period over which a rate counts when the document names none, in milliseconds.
const DEFAULT_PERIOD: u32 = 1000;

/// Everything that QEMU creates for a generator.
pub(crate) fn parts(
    rng: &Rng,
    guest: &Guest<'_>,
    capabilities: &Capabilities,
) -> Result<Vec<Part>, DomainError> {
    let alias = alias(&rng.info);
    let source = format!("obj{alias}");
    let mut parts = Vec::new();
    let (qom_type, filename, chardev) = match &rng.backend {
        RngBackend::Random(path) => {
            let path = path
                .path
                .clone()
                .unwrap_or_else(|| DEFAULT_SOURCE.to_owned());
            ("rng-random", Some(path), None)
        }
        RngBackend::Builtin => ("rng-builtin", None, None),
        RngBackend::Egd(backend) => {
            let chardev = character::chardev(&alias, "rng", backend, capabilities)?;
            let id = chardev.id.clone();
            parts.push(Part::Chardev(chardev));
            ("rng-egd", None, Some(id))
        }
    };
    parts.push(Part::object(&Source {
        qom_type,
        id: source.clone(),
        filename,
        chardev,
    })?);
    let rate = rng.rate.as_ref();
    parts.push(Part::device(&Device {
        driver: guest.virtio_driver("rng", &rng.info, rng.model.into()),
        virtio: Virtio::optional(rng.driver.as_ref()),
        rng: source,
        id: alias,
        max_bytes: rate.map(|rate| rate.bytes),
        period: rate.map(|rate| rate.period.unwrap_or(DEFAULT_PERIOD)),
        seat: guest.seat(&rng.info),
    })?);
    Ok(parts)
}

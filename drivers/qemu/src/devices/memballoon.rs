//! `<memballoon>`: the memory balloon.

use documents::domain::{MemBalloon, MemBalloonModel};
use serde::Serialize;

use super::part::Part;
use super::seat::{Guest, Seat, Transition, Virtio, alias};
use crate::domain::{DeviceError, DomainError};

/// A balloon that the guest sees.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Device {
    driver: String,
    #[serde(flatten)]
    virtio: Virtio,
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    deflate_on_oom: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    free_page_reporting: Option<bool>,
    #[serde(flatten)]
    seat: Seat,
}

/// Everything that QEMU creates for a balloon.
pub(crate) fn parts(balloon: &MemBalloon, guest: &Guest<'_>) -> Result<Vec<Part>, DomainError> {
    let transition = match balloon.model {
        MemBalloonModel::None => return Ok(Vec::new()),
        MemBalloonModel::Virtio => Transition::Either,
        MemBalloonModel::VirtioTransitional => Transition::Transitional,
        MemBalloonModel::VirtioNonTransitional => Transition::NonTransitional,
        MemBalloonModel::Xen => {
            return Err(DeviceError::Model {
                device: "memballoon",
                model: "xen".to_owned(),
            }
            .into());
        }
    };
    Ok(vec![Part::device(&Device {
        driver: guest.virtio_driver("balloon", &balloon.info, transition),
        virtio: Virtio::optional(balloon.driver.as_ref()),
        id: alias(&balloon.info),
        deflate_on_oom: balloon.autodeflate,
        free_page_reporting: balloon.free_page_reporting,
        seat: guest.seat(&balloon.info),
    })?])
}

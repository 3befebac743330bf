//! Persistent reservations of SCSI devices: the helper that carries them out with its own privileges.

use std::path::Path;

use documents::domain::{Disk, Reservations};
use serde::Serialize;

use crate::devices::part::Part;
use crate::domain::DomainError;

/// The helper that a guest has of its own, for all its disks.
const MANAGED: &str = "pr-helper0";

/// The object that talks to a helper.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Manager {
    qom_type: &'static str,
    id: String,
    path: String,
}

/// Whether a disk's reservations go through the guest's own helper.
pub(crate) fn is_managed(disk: &Disk) -> bool {
    let common = disk.source.common();
    common
        .and_then(|common| common.reservations.as_ref())
        .is_some_and(|reservations| reservations.managed == Some(true))
}

/// The socket of the guest's own helper, in the guest's directory.
pub(crate) fn socket(home: &Path) -> std::path::PathBuf {
    home.join(format!("{MANAGED}.sock"))
}

/// The guest's own helper, which comes before the disks that use it.
pub(crate) fn own_manager(home: &Path) -> Result<Part, DomainError> {
    Ok(Part::object(&Manager {
        qom_type: "pr-manager-helper",
        id: MANAGED.to_owned(),
        path: socket(home).to_string_lossy().into_owned(),
    })?)
}

/// The name of the manager of a disk's reservations; one of its own is added to `parts`.
pub(super) fn manager(
    reservations: &Reservations,
    node: &str,
    parts: &mut Vec<Part>,
) -> Result<String, DomainError> {
    if reservations.managed == Some(true) {
        return Ok(MANAGED.to_owned());
    }
    let id = format!("pr-helper-{node}");
    let path = reservations
        .source
        .as_ref()
        .and_then(|source| source.path.clone());
    parts.push(Part::object(&Manager {
        qom_type: "pr-manager-helper",
        id: id.clone(),
        path: path.unwrap_or_default(),
    })?);
    Ok(id)
}

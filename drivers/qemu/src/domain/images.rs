//! The images behind each disk, read at start.

use std::collections::BTreeMap;
use std::path::Path;

use documents::domain::{Disk, DiskFormat};

use super::completion::source_path;
use super::{Checked, DomainError};
use crate::devices::image::{Chain, Format, resolve};

/// The images behind each disk, by the disk's target name.
pub type Chains = BTreeMap<String, Chain>;

/// Follows the images behind every disk whose format can have some. Reads files: run it where blocking is allowed.
///
/// # Errors
/// When an image cannot be read, or what is behind it cannot be followed.
pub fn images(checked: &Checked) -> Result<Chains, DomainError> {
    let mut chains = Chains::new();
    for disk in &checked.document().devices.disks {
        let Some((target, path)) = followed(disk) else {
            continue;
        };
        chains.insert(target.to_owned(), resolve(Path::new(path), Format::Qcow2)?);
    }
    Ok(chains)
}

/// Target and path of a disk that can have images behind it. A chain that the document spells out is its own.
fn followed(disk: &Disk) -> Option<(&str, &str)> {
    let format = disk.driver.as_ref()?.format;
    if format != Some(DiskFormat::Qcow2) || disk.backing_store.is_some() {
        return None;
    }
    Some((disk.target.dev.as_deref()?, source_path(&disk.source)?))
}

//! The nodes of the block graph behind a disk, from the last image to the one that the device uses.

mod image;

use documents::domain::{
    Auth, BackingSource, BackingStore, Disk, DiskFormat, DiskSource, Encryption, MetadataCache,
};
use serde::Serialize;

pub(super) use self::image::detect_zeroes;
use self::image::image;
use super::{Facts, throttle};
use crate::devices::part::Part;
use crate::domain::DomainError;
use crate::domain::images::filter_number;

/// The filter that copies what is read into the image.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct CopyOnReadNode {
    driver: &'static str,
    node_name: String,
    file: String,
    discard: &'static str,
}

/// One image of a disk's chain.
struct Link<'a> {
    number: u32,
    source: DiskSource,
    format: DiskFormat,
    metadata_cache: Option<&'a MetadataCache>,
    encryption: Option<Encryption>,
    auth: Option<&'a Auth>,
    /// Whether it is the disk's own image.
    top: bool,
}

impl<'a> Link<'a> {
    /// The disk's own image.
    fn top(disk: &'a Disk) -> Self {
        let driver = disk.driver.as_deref();
        Self {
            number: number(&disk.source),
            source: disk.source.clone(),
            format: driver.and_then(|driver| driver.format).unwrap_or_default(),
            metadata_cache: driver.and_then(|driver| driver.metadata_cache.as_ref()),
            encryption: disk.image_encryption().cloned(),
            auth: disk.auth.as_ref(),
            top: true,
        }
    }

    /// An image behind it, whose bytes are at `source`.
    fn behind(store: &'a BackingStore, source: DiskSource) -> Self {
        let format = store.format.as_ref();
        let encryption = source.common().and_then(|common| common.encryption.clone());
        Self {
            number: store.index.unwrap_or_default(),
            format: format.map(|format| format.format).unwrap_or_default(),
            metadata_cache: format.and_then(|format| format.metadata_cache.as_ref()),
            encryption,
            auth: None,
            source,
            top: false,
        }
    }
}

/// What lies behind an image: not known, nothing, or a node.
type Behind = Option<Option<String>>;

/// Adds the nodes of the disk's image and of those behind it; returns the name of the one that the device uses.
pub(super) fn add(
    disk: &Disk,
    facts: &Facts<'_>,
    parts: &mut Vec<Part>,
) -> Result<String, DomainError> {
    let behind = backing(disk, facts, parts)?;
    let mut node = image(disk, &Link::top(disk), behind, facts, parts)?;
    let driver = disk.driver.as_deref();
    if driver.and_then(|driver| driver.copy_on_read) == Some(true) {
        node = copy_on_read(disk, node, parts)?;
    }
    for (at, group) in (0..).zip(&disk.throttlefilters) {
        node = throttle::filter(group, filter_number(disk, at), node, parts)?;
    }
    Ok(node)
}

/// Adds the nodes of the images behind the disk's own, the last one first.
fn backing(disk: &Disk, facts: &Facts<'_>, parts: &mut Vec<Part>) -> Result<Behind, DomainError> {
    let mut behind: Behind = None;
    for (at, store) in stores(disk).into_iter().rev().enumerate() {
        let next = store.backing_store.as_deref();
        let ends = next.is_some_and(|next| next.source == BackingSource::End);
        if at == 0 && ends {
            behind = Some(None);
        }
        behind = Some(match store.source.to_source() {
            Some(source) => {
                let link = Link::behind(store, source);
                Some(image(disk, &link, behind, facts, parts)?)
            }
            None => None,
        });
    }
    Ok(behind)
}

/// Adds the filter that copies what is read into the image above `node`; returns its name.
fn copy_on_read(disk: &Disk, node: String, parts: &mut Vec<Part>) -> Result<String, DomainError> {
    let target = disk.target.dev.as_deref().unwrap_or_default();
    let node_name = format!("libvirt-CoR-{target}");
    parts.push(Part::blockdev(&CopyOnReadNode {
        driver: "copy-on-read",
        node_name: node_name.clone(),
        file: node,
        discard: "unmap",
    })?);
    Ok(node_name)
}

/// The images that the document has behind the disk's own, nearest first; an end of the chain is one of them.
fn stores(disk: &Disk) -> Vec<&BackingStore> {
    let mut found = Vec::new();
    let mut next = disk.backing_store.as_deref();
    while let Some(store) = next {
        found.push(store);
        next = store.next();
    }
    found
}

fn number(source: &DiskSource) -> u32 {
    source
        .common()
        .and_then(|common| common.index)
        .unwrap_or_default()
}

//! The images behind each disk: read at start, put into the live document, and numbered.

use std::collections::BTreeMap;
use std::path::Path;

use documents::domain::{
    BackingSource, BackingStore, BlockSource, DataStore, Disk, DiskBus, DiskDevice, DiskFormat,
    DiskSource, Domain, FileSource, ImageFormat, SourceCommon, StartupPolicy,
};

use super::completion::{source_is_empty, source_path};
use super::{Checked, DomainError, Live};
use crate::devices::image::{Chain, Data, Format, Layer, resolve};

/// What each disk's last known image leads to, by the disk's target name.
pub type Chains = BTreeMap<String, Chain>;

/// Follows the images behind every disk whose chain the document leaves open. Reads files: run it where blocking is
/// allowed.
///
/// # Errors
/// When an image cannot be read, or what is behind it cannot be followed.
pub fn images(checked: &Checked) -> Result<Chains, DomainError> {
    let mut chains = Chains::new();
    for disk in &checked.document().devices.disks {
        let Some((path, format)) = last_image(disk) else {
            continue;
        };
        let target = disk.target.dev.clone().unwrap_or_default();
        chains.insert(target, resolve(Path::new(path), format)?);
    }
    Ok(chains)
}

/// Path and format of the last image that the document names, unless it also says that nothing is behind it.
fn last_image(disk: &Disk) -> Option<(&str, Format)> {
    let format = disk.driver.as_ref().and_then(|driver| driver.format);
    let Some(mut store) = disk.backing_store.as_deref() else {
        let format = Format::from_document(format.unwrap_or_default())?;
        return Some((source_path(&disk.source)?, format));
    };
    loop {
        if store.source == BackingSource::End {
            return None;
        }
        let Some(next) = store.backing_store.as_deref() else {
            break;
        };
        store = next;
    }
    let path = match &store.source {
        BackingSource::File(file) => file.file.as_deref(),
        BackingSource::Block(block) => block.dev.as_deref(),
        _ => None,
    };
    let format = store.format.as_ref().map(|format| format.format);
    Some((path?, Format::from_document(format.unwrap_or_default())?))
}

/// Puts what was found behind the disks into the live document, with numbers that follow those that are there.
pub fn attach(live: &mut Live, chains: &Chains) {
    let domain = live.document_mut();
    let mut next = next_number(domain);
    for disk in domain.devices.disks.iter_mut().rev() {
        let target = disk.target.dev.as_deref().unwrap_or_default();
        if let Some(chain) = chains.get(target) {
            attach_one(disk, chain, &mut next);
        }
    }
}

fn attach_one(disk: &mut Disk, chain: &Chain, next: &mut u32) {
    let mut number = || {
        let number = *next;
        *next = next.saturating_add(1);
        number
    };
    if disk.backing_store.is_none()
        && let Some(data) = &chain.data
        && let Some(common) = disk.source.common_mut()
    {
        common.data_store = Some(Box::new(data_store(data, number())));
    }
    let mut stores = Vec::new();
    for layer in &chain.layers {
        let index = number();
        let mut store = store(layer, index);
        if let Some(data) = &layer.data {
            let data = data_store(data, number());
            if let Some(mut source) = store.source.to_source() {
                if let Some(common) = source.common_mut() {
                    common.data_store = Some(Box::new(data));
                }
                store.source = source.into();
            }
        }
        stores.push(store);
    }
    let mut end = BackingStore::default();
    for store in stores.into_iter().rev() {
        end = BackingStore {
            backing_store: Some(Box::new(end)),
            ..store
        };
    }
    // Behind the last image that the document names.
    let mut place = &mut disk.backing_store;
    while let Some(store) = place {
        place = &mut store.backing_store;
    }
    *place = Some(Box::new(end));
}

fn store(layer: &Layer, index: u32) -> BackingStore {
    BackingStore {
        index: Some(index),
        format: Some(ImageFormat {
            format: layer.format.in_document(),
            metadata_cache: None,
        }),
        source: local(&layer.path, layer.block, None),
        backing_store: None,
    }
}

fn data_store(data: &Data, index: u32) -> DataStore {
    DataStore {
        format: Some(ImageFormat {
            format: DiskFormat::Raw,
            metadata_cache: None,
        }),
        source: local(&data.path, data.block, Some(index)),
    }
}

fn local(path: &Path, block: bool, index: Option<u32>) -> BackingSource {
    let path = Some(path.to_string_lossy().into_owned());
    let common = SourceCommon {
        index,
        ..SourceCommon::default()
    };
    if block {
        BackingSource::Block(BlockSource { dev: path, common })
    } else {
        BackingSource::File(FileSource {
            file: path,
            common,
            ..FileSource::default()
        })
    }
}

/// Numbers the images that a document names, from the last disk to the first, with a number for each filter.
pub(super) fn number(domain: &mut Domain) {
    let mut next = 1;
    for disk in domain.devices.disks.iter_mut().rev() {
        number_one(disk, &mut next);
    }
}

fn number_one(disk: &mut Disk, next: &mut u32) {
    if disk.target.bus == Some(DiskBus::Sd) {
        // An SD card is no block node.
        return;
    }
    let mut number = || {
        let number = *next;
        *next = next.saturating_add(1);
        Some(number)
    };
    let index = number();
    // An empty drive takes a number that nobody sees.
    if source_is_empty(&disk.source) {
        if let Some(driver) = &mut disk.driver {
            driver.format = None;
        }
    } else if let Some(common) = disk.source.common_mut() {
        common.index = index;
        number_data(common, &mut number);
    }
    let mut below = disk.backing_store.as_deref_mut();
    while let Some(store) = below {
        if store.source != BackingSource::End {
            store.index = number();
            if let Some(mut source) = store.source.to_source() {
                if let Some(common) = source.common_mut() {
                    number_data(common, &mut number);
                }
                store.source = source.into();
            }
        }
        below = store.backing_store.as_deref_mut();
    }
    for _ in &disk.throttlefilters {
        number();
    }
}

/// The file that holds an image's bytes is numbered right behind the image.
fn number_data(common: &mut SourceCommon, number: &mut impl FnMut() -> Option<u32>) {
    if let Some(data) = common.data_store.as_deref_mut()
        && let Some(mut source) = data.source.to_source()
    {
        if let Some(common) = source.common_mut() {
            common.index = number();
        }
        data.source = source.into();
    }
}

/// The first number that no image and no filter has.
pub(crate) fn next_number(domain: &Domain) -> u32 {
    let mut next = 1;
    let mut highest = 0;
    for disk in domain.devices.disks.iter().rev() {
        number_one(&mut disk.clone(), &mut next);
        highest = numbers(disk).into_iter().fold(highest, u32::max);
    }
    next.max(highest.saturating_add(1))
}

/// All numbers of a disk's images and of the files that hold their bytes.
fn numbers(disk: &Disk) -> Vec<u32> {
    let mut found = Vec::new();
    let mut add = |source: &DiskSource| {
        let Some(common) = source.common() else {
            return;
        };
        found.extend(common.index);
        let data = common.data_store.as_deref();
        let data = data.and_then(|data| data.source.to_source());
        found.extend(data.and_then(|source| source.common()?.index));
    };
    add(&disk.source);
    let mut below = disk.backing_store.as_deref();
    let mut stores = Vec::new();
    while let Some(store) = below {
        if let Some(source) = store.source.to_source() {
            add(&source);
        }
        stores.extend(store.index);
        below = store.backing_store.as_deref();
    }
    found.extend(stores);
    found
}

/// The number of a disk's filter: they follow the images that the document itself named.
pub(crate) fn filter_number(disk: &Disk, at: u32) -> u32 {
    let own = disk
        .source
        .common()
        .and_then(|common| common.index)
        .unwrap_or_default();
    let mut last = own;
    let mut below = disk.backing_store.as_deref();
    while let Some(store) = below {
        // What was found at start is numbered after all disks.
        match store.index {
            Some(index) if index == last.saturating_add(1) => last = index,
            _ => break,
        }
        below = store.backing_store.as_deref();
    }
    last.saturating_add(1).saturating_add(at)
}

impl Checked {
    /// Takes out what need not be there: the medium of a drive, or a whole disk, whose source is missing and optional.
    /// Returns the targets that were changed.
    pub fn drop_missing(&mut self, is_there: &dyn Fn(&str) -> bool) -> Vec<String> {
        drop_missing(&mut self.0, is_there)
    }
}

fn drop_missing(domain: &mut Domain, is_there: &dyn Fn(&str) -> bool) -> Vec<String> {
    drop_optional(domain, |source| {
        source_path(source).is_some_and(|path| !is_there(path))
    })
}

/// Takes out what is optional and a volume: without a storage driver, none of them can be found.
pub(super) fn drop_volumes(domain: &mut Domain) {
    drop_optional(domain, |source| matches!(source, DiskSource::Volume(_)));
}

fn drop_optional(domain: &mut Domain, missing: impl Fn(&DiskSource) -> bool) -> Vec<String> {
    let mut dropped = Vec::new();
    domain.devices.disks.retain_mut(|disk| {
        let common = disk.source.common();
        let policy = common.and_then(|common| common.startup_policy);
        if policy != Some(StartupPolicy::Optional) || !missing(&disk.source) {
            return true;
        }
        dropped.extend(disk.target.dev.clone());
        let drive = matches!(disk.device, Some(DiskDevice::Cdrom | DiskDevice::Floppy));
        if drive {
            empty(disk);
        }
        drive
    });
    dropped
}

/// Takes the medium out of a drive.
fn empty(disk: &mut Disk) {
    disk.source = DiskSource::File(FileSource::default());
    disk.backing_store = None;
}

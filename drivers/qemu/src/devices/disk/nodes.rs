//! The nodes of the block graph behind a disk, from the last image to the one that the device uses.

use documents::domain::{
    Auth, BackingStore, CacheMode, DataStore, DetectZeroes, Discard, Disk, DiskDriver, DiskFormat,
    DiskSource, Encryption, EncryptionEngine, MetadataCache,
};
use serde::Serialize;
use serde_json::{Value, json};

use super::storage::{self, Protocol, Site};
use super::{Facts, broken, cache_mode, throttle};
use crate::devices::part::Part;
use crate::domain::images::filter_number;
use crate::domain::{DiskRule, DomainError};

/// The node that reaches an image's bytes.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Storage {
    #[serde(flatten)]
    protocol: Protocol,
    node_name: String,
    #[serde(flatten)]
    access: Access,
}

/// The node that shows a part of another.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Slice {
    driver: &'static str,
    file: String,
    offset: u64,
    size: u64,
    node_name: String,
    #[serde(flatten)]
    access: Access,
}

/// How a node below a format, or without one, is used.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Access {
    #[serde(skip_serializing_if = "Option::is_none")]
    read_only: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    auto_read_only: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    discard: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detect_zeroes: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cache: Option<Cache>,
}

/// The node that understands an image format.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Image {
    node_name: String,
    read_only: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    discard: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detect_zeroes: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cache: Option<Cache>,
    driver: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    key_secret: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cache_size: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    encrypt: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    discard_no_unref: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data_file: Option<String>,
    file: String,
    /// `null` says that there is nothing behind it, whatever the image says.
    #[serde(skip_serializing_if = "Option::is_none")]
    backing: Option<Option<String>>,
}

/// The filter that copies what is read into the image.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct CopyOnRead {
    driver: &'static str,
    node_name: String,
    file: String,
    discard: &'static str,
}

/// How the host's page cache is used.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Cache {
    direct: bool,
    no_flush: bool,
}

/// One image of a disk's chain.
struct Link<'a> {
    number: u32,
    source: DiskSource,
    format: DiskFormat,
    cache: Option<&'a MetadataCache>,
    encryption: Option<&'a Encryption>,
    auth: Option<&'a Auth>,
    /// Whether it is the disk's own image.
    top: bool,
}

/// What lies behind an image: not known, nothing, or a node.
type Behind = Option<Option<String>>;

/// Adds the nodes of the disk's image and of those behind it; returns the name of the one that the device uses.
pub(super) fn add(
    disk: &Disk,
    facts: &Facts<'_>,
    parts: &mut Vec<Part>,
) -> Result<String, DomainError> {
    let mut behind: Behind = None;
    for (at, store) in stores(disk).into_iter().rev().enumerate() {
        let ends = store
            .backing_store
            .as_deref()
            .is_some_and(|next| next.source == documents::domain::BackingSource::End);
        if at == 0 && ends {
            behind = Some(None);
        }
        let Some(source) = store.source.to_source() else {
            behind = Some(None);
            continue;
        };
        let encryption = source.common().and_then(|common| common.encryption.clone());
        let link = Link {
            number: store.index.unwrap_or_default(),
            format: store
                .format
                .as_ref()
                .map(|format| format.format)
                .unwrap_or_default(),
            cache: store
                .format
                .as_ref()
                .and_then(|format| format.metadata_cache.as_ref()),
            encryption: encryption.as_ref(),
            auth: None,
            source,
            top: false,
        };
        behind = Some(Some(image(disk, &link, behind, facts, parts)?));
    }
    let driver = disk.driver.as_deref();
    let inside = disk
        .source
        .common()
        .and_then(|common| common.encryption.as_ref());
    let link = Link {
        number: number(&disk.source),
        source: disk.source.clone(),
        format: driver.and_then(|driver| driver.format).unwrap_or_default(),
        cache: driver.and_then(|driver| driver.metadata_cache.as_ref()),
        encryption: inside.or(disk.encryption.as_ref()),
        auth: disk.auth.as_ref(),
        top: true,
    };
    let mut node = image(disk, &link, behind, facts, parts)?;
    if driver.and_then(|driver| driver.copy_on_read) == Some(true) {
        let node_name = format!(
            "libvirt-CoR-{}",
            disk.target.dev.as_deref().unwrap_or_default()
        );
        parts.push(Part::blockdev(&CopyOnRead {
            driver: "copy-on-read",
            node_name: node_name.clone(),
            file: node,
            discard: "unmap",
        })?);
        node = node_name;
    }
    for (at, group) in (0..).zip(&disk.throttlefilters) {
        node = throttle::filter(group, filter_number(disk, at), node, parts)?;
    }
    Ok(node)
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

/// Adds the nodes of one image; returns the uppermost.
fn image(
    disk: &Disk,
    link: &Link<'_>,
    behind: Behind,
    facts: &Facts<'_>,
    parts: &mut Vec<Part>,
) -> Result<String, DomainError> {
    let driver = disk.driver.as_deref();
    let read_only = disk.readonly || !link.top;
    let cache = cache_mode(disk).and_then(cache);
    let discard = driver.and_then(|driver| driver.discard).map(discard);
    let detect_zeroes = driver.filter(|_| link.top).and_then(detect_zeroes);
    // A format that may be encrypted is opened as it is where there is no key; what is nothing but encrypted cannot be.
    let qemu_encryption = link.encryption.filter(|encryption| {
        encryption.engine != Some(EncryptionEngine::Librbd)
            && (link.format == DiskFormat::Raw || !encryption.secrets.is_empty())
    });
    let directory = matches!(link.source, DiskSource::Dir(_));
    let plain = link.format == DiskFormat::Raw && qemu_encryption.is_none() && !directory;
    let used = Access {
        read_only: Some(read_only),
        discard,
        detect_zeroes,
        cache,
        ..Access::default()
    };
    let below = Access {
        auto_read_only: Some(true),
        discard: Some("unmap"),
        cache,
        ..Access::default()
    };
    let data_file = match link.source.common().and_then(|c| c.data_store.as_deref()) {
        Some(store) => Some(data_store(disk, store, &used, facts, parts)?),
        None => None,
    };
    let slice = link
        .source
        .common()
        .and_then(|common| common.slices.first().copied());
    let storage = format!("libvirt-{}-storage", link.number);
    let network_auth = match &link.source {
        DiskSource::Network(network) => network.auth.as_ref(),
        _ => None,
    };
    let site = Site {
        disk,
        facts,
        node: &storage,
        auth: network_auth.or(link.auth),
        encryption: link.encryption,
    };
    let protocol = storage::protocol(&link.source, &site, parts)?;
    parts.push(Part::blockdev(&Storage {
        protocol,
        node_name: storage.clone(),
        access: if plain && slice.is_none() {
            used.clone()
        } else {
            below.clone()
        },
    })?);
    let mut file = storage;
    if let Some(slice) = slice {
        let node_name = format!("libvirt-{}-slice-sto", link.number);
        parts.push(Part::blockdev(&Slice {
            driver: "raw",
            file,
            offset: slice.offset.unwrap_or_default(),
            size: slice.size.unwrap_or_default(),
            node_name: node_name.clone(),
            access: if plain { used } else { below },
        })?);
        file = node_name;
    }
    if plain {
        return Ok(file);
    }
    let node_name = format!("libvirt-{}-format", link.number);
    let secret = match qemu_encryption {
        Some(encryption) => Some(key(encryption, &node_name, disk, facts, parts)?),
        None => None,
    };
    let luks = link.format == DiskFormat::Raw && secret.is_some();
    parts.push(Part::blockdev(&Image {
        node_name: node_name.clone(),
        read_only,
        discard,
        detect_zeroes,
        cache,
        driver: if luks {
            "luks"
        } else {
            image_driver(link.format)
        },
        key_secret: secret.clone().filter(|_| luks),
        cache_size: link
            .cache
            .and_then(|cache| cache.max_size)
            .map(|size| size.bytes),
        encrypt: secret
            .filter(|_| !luks)
            .map(|secret| json!({"format": "luks", "key-secret": secret})),
        discard_no_unref: driver
            .filter(|_| link.top)
            .and_then(|driver| driver.discard_no_unref),
        data_file,
        file,
        backing: behind.filter(|_| has_backing(link.format)),
    })?);
    Ok(node_name)
}

/// Adds the file that holds the guest's bytes for an image; returns its node.
fn data_store(
    disk: &Disk,
    store: &DataStore,
    used: &Access,
    facts: &Facts<'_>,
    parts: &mut Vec<Part>,
) -> Result<String, DomainError> {
    let Some(source) = store.source.to_source() else {
        return Ok(String::new());
    };
    let node = format!("libvirt-{}-storage", number(&source));
    let site = Site {
        disk,
        facts,
        node: &node,
        auth: None,
        encryption: None,
    };
    let protocol = storage::protocol(&source, &site, parts)?;
    parts.push(Part::blockdev(&Storage {
        protocol,
        node_name: node.clone(),
        access: used.clone(),
    })?);
    Ok(node)
}

/// Adds the key of an encrypted image; returns its name.
fn key(
    encryption: &Encryption,
    node: &str,
    disk: &Disk,
    facts: &Facts<'_>,
    parts: &mut Vec<Part>,
) -> Result<String, DomainError> {
    let id = format!("{node}-encryption-secret0");
    let Some(wanted) = encryption.secrets.first() else {
        return Err(broken(DiskRule::NoKey, disk).into());
    };
    parts.push(facts.secret(&id, wanted, disk)?);
    Ok(id)
}

/// Formats whose images can have another behind them.
fn has_backing(format: DiskFormat) -> bool {
    matches!(
        format,
        DiskFormat::Cow | DiskFormat::Qcow | DiskFormat::Qcow2 | DiskFormat::Qed | DiskFormat::Vmdk
    )
}

/// QEMU's driver for an image format. Formats that QEMU does not read are refused by the checks.
fn image_driver(format: DiskFormat) -> &'static str {
    match format {
        DiskFormat::Qcow2 => "qcow2",
        DiskFormat::Qcow => "qcow",
        DiskFormat::Qed => "qed",
        DiskFormat::Vmdk => "vmdk",
        DiskFormat::Vpc => "vpc",
        DiskFormat::Vdi => "vdi",
        // libvirt's word for Hyper-V's format is that of its predecessor.
        DiskFormat::Vhd | DiskFormat::Vhdx => "vhdx",
        DiskFormat::Bochs => "bochs",
        DiskFormat::Cloop => "cloop",
        DiskFormat::Dmg => "dmg",
        DiskFormat::Ploop => "parallels",
        _ => "raw",
    }
}

fn cache(mode: CacheMode) -> Option<Cache> {
    let cache = |direct, no_flush| Some(Cache { direct, no_flush });
    match mode {
        CacheMode::Default => None,
        CacheMode::None | CacheMode::Directsync => cache(true, false),
        CacheMode::Writethrough | CacheMode::Writeback => cache(false, false),
        CacheMode::Unsafe => cache(false, true),
    }
}

fn discard(mode: Discard) -> &'static str {
    match mode {
        Discard::Unmap => "unmap",
        Discard::Ignore => "ignore",
    }
}

/// Zeroes can only be unmapped where unmapping is allowed.
pub(super) fn detect_zeroes(driver: &DiskDriver) -> Option<&'static str> {
    Some(match driver.detect_zeroes? {
        DetectZeroes::Off => "off",
        DetectZeroes::Unmap if driver.discard == Some(Discard::Unmap) => "unmap",
        DetectZeroes::On | DetectZeroes::Unmap => "on",
    })
}

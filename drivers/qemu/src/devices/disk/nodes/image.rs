//! The nodes of one image: what reaches its bytes, what shows a part of them, and what understands its format.

use documents::domain::{
    CacheMode, DataStore, DetectZeroes, Discard, Disk, DiskDriver, DiskFormat, DiskSource,
    Encryption, EncryptionEngine,
};
use serde::Serialize;
use serde_json::{Value, json};

use super::{Behind, Link, number};
use crate::devices::disk::storage::{self, Image, Protocol};
use crate::devices::disk::{Facts, cache_mode};
use crate::devices::part::Part;
use crate::domain::{DiskError, DiskRule, DomainError};

/// Adds the nodes of one image; returns the uppermost.
pub(super) fn image(
    disk: &Disk,
    link: &Link<'_>,
    behind: Behind,
    facts: &Facts<'_>,
    parts: &mut Vec<Part>,
) -> Result<String, DomainError> {
    let options = Options::of(disk, link);
    let data_file = match link.source.common().and_then(|c| c.data_store.as_deref()) {
        Some(store) => Some(data_store(disk, store, options.used(), facts, parts)?),
        None => None,
    };
    let file = storage_nodes(disk, link, &options, facts, parts)?;
    if options.plain {
        return Ok(file);
    }
    let node_name = format!("libvirt-{}-format", link.number);
    let secret = match options.encryption {
        Some(encryption) => Some(key(encryption, &node_name, disk, facts, parts)?),
        None => None,
    };
    let layers = Layers {
        node_name,
        file,
        data_file,
        behind,
        secret,
    };
    let node_name = layers.node_name.clone();
    parts.push(Part::blockdev(&options.format_node(layers))?);
    Ok(node_name)
}

/// How the nodes of one image are opened.
struct Options<'a> {
    link: &'a Link<'a>,
    read_only: bool,
    discard: Option<&'static str>,
    detect_zeroes: Option<&'static str>,
    discard_no_unref: Option<bool>,
    cache: Option<Cache>,
    /// The encryption that QEMU undoes above the image's bytes.
    encryption: Option<&'a Encryption>,
    /// Whether the bytes are the guest's as they are, so that no node understands a format.
    plain: bool,
}

impl<'a> Options<'a> {
    fn of(disk: &Disk, link: &'a Link<'a>) -> Self {
        let driver = disk.driver.as_deref();
        let top = driver.filter(|_| link.top);
        // A format that may be encrypted is opened as it is where there is no key; what is nothing but encrypted
        // cannot be.
        let encryption = link.encryption.as_ref().filter(|encryption| {
            encryption.engine != Some(EncryptionEngine::Librbd)
                && (link.format == DiskFormat::Raw || !encryption.secrets.is_empty())
        });
        let directory = matches!(link.source, DiskSource::Dir(_));
        Self {
            link,
            read_only: disk.readonly || !link.top,
            discard: driver.and_then(|driver| driver.discard).map(discard),
            detect_zeroes: top.and_then(detect_zeroes),
            discard_no_unref: top.and_then(|driver| driver.discard_no_unref),
            cache: cache_mode(disk).and_then(cache),
            encryption,
            plain: link.format == DiskFormat::Raw && encryption.is_none() && !directory,
        }
    }

    /// For the node that the guest's device uses, or that the document's words are about.
    fn used(&self) -> Access {
        Access {
            read_only: Some(self.read_only),
            discard: self.discard,
            detect_zeroes: self.detect_zeroes,
            cache: self.cache,
            ..Access::default()
        }
    }

    /// For a node that another one is above.
    fn below(&self) -> Access {
        Access {
            auto_read_only: Some(true),
            discard: Some("unmap"),
            cache: self.cache,
            ..Access::default()
        }
    }

    fn format_node(&self, layers: Layers) -> FormatNode {
        let link = self.link;
        let luks = link.format == DiskFormat::Raw && layers.secret.is_some();
        let (key_secret, inside) = match luks {
            true => (layers.secret, None),
            false => (None, layers.secret),
        };
        let max_size = link.metadata_cache.and_then(|cache| cache.max_size);
        FormatNode {
            node_name: layers.node_name,
            read_only: self.read_only,
            discard: self.discard,
            detect_zeroes: self.detect_zeroes,
            cache: self.cache,
            driver: match luks {
                true => "luks",
                false => image_driver(link.format),
            },
            key_secret,
            cache_size: max_size.map(|size| size.bytes),
            encrypt: inside.map(|secret| json!({"format": "luks", "key-secret": secret})),
            discard_no_unref: self.discard_no_unref,
            data_file: layers.data_file,
            file: layers.file,
            backing: layers.behind.filter(|_| has_backing(link.format)),
        }
    }
}

/// The node that understands a format, and what it refers to.
struct Layers {
    node_name: String,
    /// The node with the image's bytes.
    file: String,
    /// The node with the guest's bytes, when the image holds only tables.
    data_file: Option<String>,
    behind: Behind,
    /// The object with the image's key.
    secret: Option<String>,
}

/// The node that reaches an image's bytes.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct StorageNode {
    #[serde(flatten)]
    protocol: Protocol,
    node_name: String,
    #[serde(flatten)]
    access: Access,
}

/// The node that shows a part of another.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct SliceNode {
    driver: &'static str,
    file: String,
    offset: u64,
    size: u64,
    node_name: String,
    #[serde(flatten)]
    access: Access,
}

/// The node that understands an image format.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct FormatNode {
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

/// How a node below a format, or without one, is used.
#[derive(Debug, Default, Serialize)]
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

/// How the host's page cache is used.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Cache {
    direct: bool,
    no_flush: bool,
}

/// Adds the node that reaches an image's bytes, and the one that shows a part of them; returns the upper one.
fn storage_nodes(
    disk: &Disk,
    link: &Link<'_>,
    options: &Options<'_>,
    facts: &Facts<'_>,
    parts: &mut Vec<Part>,
) -> Result<String, DomainError> {
    let common = link.source.common();
    let slice = common.and_then(|common| common.slices.first().copied());
    let storage = format!("libvirt-{}-storage", link.number);
    let network_auth = match &link.source {
        DiskSource::Network(network) => network.auth.as_ref(),
        _ => None,
    };
    let image = Image {
        disk,
        facts,
        node: &storage,
        auth: network_auth.or(link.auth),
        encryption: link.encryption.as_ref(),
    };
    let protocol = storage::protocol(&link.source, &image, parts)?;
    let uppermost = match options.plain {
        true => options.used(),
        false => options.below(),
    };
    let Some(slice) = slice else {
        return add_storage(protocol, storage, uppermost, parts);
    };
    let file = add_storage(protocol, storage, options.below(), parts)?;
    let node_name = format!("libvirt-{}-slice-sto", link.number);
    parts.push(Part::blockdev(&SliceNode {
        driver: "raw",
        file,
        offset: slice.offset.unwrap_or_default(),
        size: slice.size.unwrap_or_default(),
        node_name: node_name.clone(),
        access: uppermost,
    })?);
    Ok(node_name)
}

fn add_storage(
    protocol: Protocol,
    node_name: String,
    access: Access,
    parts: &mut Vec<Part>,
) -> Result<String, DomainError> {
    parts.push(Part::blockdev(&StorageNode {
        protocol,
        node_name: node_name.clone(),
        access,
    })?);
    Ok(node_name)
}

/// Adds the file that holds the guest's bytes for an image; returns its node.
fn data_store(
    disk: &Disk,
    store: &DataStore,
    used: Access,
    facts: &Facts<'_>,
    parts: &mut Vec<Part>,
) -> Result<String, DomainError> {
    let Some(source) = store.source.to_source() else {
        return Ok(String::new());
    };
    let node = format!("libvirt-{}-storage", number(&source));
    let image = Image {
        disk,
        facts,
        node: &node,
        auth: None,
        encryption: None,
    };
    let protocol = storage::protocol(&source, &image, parts)?;
    add_storage(protocol, node, used, parts)
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
        return Err(DiskError::of(DiskRule::NoKey, disk).into());
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
pub(in crate::devices::disk) fn detect_zeroes(driver: &DiskDriver) -> Option<&'static str> {
    Some(match driver.detect_zeroes? {
        DetectZeroes::Off => "off",
        DetectZeroes::Unmap if driver.discard == Some(Discard::Unmap) => "unmap",
        DetectZeroes::On | DetectZeroes::Unmap => "on",
    })
}

//! From what a pool's document says to what the driver keeps: what each kind needs, and defaults.
//!
//! Facts: formatstorage ("Storage pool XML"), and what libvirt 11.3 answers.

use documents::storage_pool::{AdapterKind, PoolAdapter, PoolKind, PoolSource, StoragePool};
use driver::ToError;
use protocol::error::{Code, Origin};

/// Why a pool's document was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum PoolDocumentError {
    #[error("the pool has no <name>, and its kind gives no <name> of its <source> instead")]
    NoName,
    #[error("the pool's name '{0}' contains '/': choose another one")]
    SlashInName(String),
    #[error("a pool of this kind needs {0}")]
    Missing(&'static str),
    #[error("a fibre channel adapter needs both 'wwnn' and 'wwpn'")]
    NoWwn,
    #[error("Malformed wwn: {0}: it has 16 hexadecimal digits")]
    MalformedWwn(String),
    #[error("unknown pool format type {0}")]
    UnknownFormat(String),
    #[error("an iSCSI pool without the host's help needs the initiator's IQN")]
    NoInitiator,
    #[error("unknown auth type '{0}': use 'chap' or 'ceph'")]
    UnknownAuth(String),
}

impl ToError for PoolDocumentError {
    fn code(&self) -> Code {
        match self {
            Self::NoName | Self::SlashInName(_) | Self::Missing(_) | Self::NoWwn => Code::XmlError,
            Self::UnknownFormat(_) | Self::NoInitiator | Self::UnknownAuth(_) => {
                Code::ConfigUnsupported
            }
            Self::MalformedWwn(_) => Code::InternalError,
        }
    }

    fn origin(&self) -> Option<Origin> {
        Some(Origin::Storage)
    }
}

/// Fills in what every pool of a kind has, and refuses what it cannot be without.
pub(super) fn complete(mut pool: StoragePool) -> Result<StoragePool, PoolDocumentError> {
    let kind = pool.kind;
    let mut source = pool.source.take().unwrap_or_default();
    let name = pool.name.take().filter(|name| !name.is_empty());
    let name = match name {
        Some(name) => name,
        None if has_source_name(kind) => source.name.clone().ok_or(PoolDocumentError::NoName)?,
        None => return Err(PoolDocumentError::NoName),
    };
    if name.contains('/') {
        return Err(PoolDocumentError::SlashInName(name));
    }
    check_source(kind, &source)?;
    if matches!(kind, PoolKind::Logical | PoolKind::Zfs) {
        source.name.get_or_insert_with(|| name.clone());
    }
    source.format = format(kind, source.format)?;
    if let Some(adapter) = &mut source.adapter {
        complete_adapter(adapter)?;
    }
    complete_target(&mut pool, &source)?;
    Ok(StoragePool {
        name: Some(name),
        source: Some(source),
        ..pool
    })
}

/// Whether the storage of a kind has a name, which the pool may take over.
fn has_source_name(kind: PoolKind) -> bool {
    use PoolKind::{Gluster, Logical, Rbd, Sheepdog, Vstorage, Zfs};
    matches!(kind, Logical | Rbd | Sheepdog | Gluster | Zfs | Vstorage)
}

/// What the source of a kind must say.
fn check_source(kind: PoolKind, source: &PoolSource) -> Result<(), PoolDocumentError> {
    use PoolKind::{Disk, Fs, Gluster, Iscsi, IscsiDirect, Netfs, Rbd, Scsi, Sheepdog};
    let missing = |what| Err(PoolDocumentError::Missing(what));
    let on_host = matches!(kind, Netfs | Iscsi | IscsiDirect | Rbd | Sheepdog | Gluster);
    if on_host && source.hosts.is_empty() {
        return missing("a <host> in its <source>");
    }
    if matches!(kind, Fs | Disk | Iscsi | IscsiDirect) && source.devices.is_empty() {
        return missing("a <device> in its <source>");
    }
    if kind == Netfs && source.dir.is_none() {
        return missing("a <dir> in its <source>");
    }
    if kind == Rbd && source.name.is_none() {
        return missing("a <name> in its <source>");
    }
    let is_empty = |adapter: &PoolAdapter| *adapter == PoolAdapter::default();
    if kind == Scsi && source.adapter.as_ref().is_none_or(is_empty) {
        return missing("an <adapter> in its <source>");
    }
    let initiator = source.initiator.as_ref();
    if kind == IscsiDirect && initiator.is_none_or(|it| it.iqn.is_none()) {
        return Err(PoolDocumentError::NoInitiator);
    }
    let Some(auth) = &source.auth else {
        return Ok(());
    };
    match auth.kind.as_deref() {
        Some("chap" | "ceph") if auth.secret.is_none() => missing("a <secret> in its <auth>"),
        Some("chap" | "ceph") => Ok(()),
        kind => Err(PoolDocumentError::UnknownAuth(
            kind.unwrap_or("").to_owned(),
        )),
    }
}

/// The format of a kind's storage, or nothing where the kind has but one.
fn format(kind: PoolKind, format: Option<String>) -> Result<Option<String>, PoolDocumentError> {
    let words: &[&str] = match kind {
        PoolKind::Fs => &[
            "auto", "ext2", "ext3", "ext4", "ufs", "iso9660", "udf", "gfs", "gfs2", "vfat", "hfs+",
            "xfs", "ocfs2", "vmfs",
        ],
        PoolKind::Netfs => &["auto", "nfs", "glusterfs", "cifs"],
        PoolKind::Disk => &[
            "unknown", "dos", "dvh", "gpt", "mac", "bsd", "pc98", "sun", "lvm2",
        ],
        PoolKind::Logical => &["lvm2", "unknown"],
        _ => return Ok(None),
    };
    match format {
        // The first of each kind is what it is when nothing is said.
        None => Ok(words.first().map(|&word| word.to_owned())),
        Some(format) if words.contains(&format.as_str()) => Ok(Some(format)),
        Some(format) => Err(PoolDocumentError::UnknownFormat(format)),
    }
}

fn complete_adapter(adapter: &mut PoolAdapter) -> Result<(), PoolDocumentError> {
    match *adapter.kind.get_or_insert_default() {
        AdapterKind::ScsiHost => Ok(()),
        AdapterKind::FcHost => {
            let (Some(node), Some(port)) = (&adapter.wwnn, &adapter.wwpn) else {
                return Err(PoolDocumentError::NoWwn);
            };
            [node, port].into_iter().try_for_each(|wwn| {
                let digits = wwn.strip_prefix("0x").unwrap_or(wwn);
                match digits.len() == 16 && digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
                    true => Ok(()),
                    false => Err(PoolDocumentError::MalformedWwn(wwn.clone())),
                }
            })
        }
    }
}

/// Where the host sees the pool: some kinds say so themselves, some are not seen at all.
fn complete_target(pool: &mut StoragePool, source: &PoolSource) -> Result<(), PoolDocumentError> {
    use PoolKind::{Gluster, IscsiDirect, Logical, Rbd, Sheepdog, Zfs};
    let mut target = pool.target.take().unwrap_or_default();
    let volumes_in = |folder: &str| {
        let name = source.name.as_deref().unwrap_or_default();
        format!("{folder}/{name}")
    };
    match pool.kind {
        Rbd | Sheepdog | Gluster | IscsiDirect => return Ok(()),
        Logical => target.path = Some(volumes_in("/dev")),
        Zfs => target.path = Some(volumes_in("/dev/zvol")),
        _ => {
            let path = target.path.take().filter(|path| !path.is_empty());
            let path = path.ok_or(PoolDocumentError::Missing("a <path> in its <target>"))?;
            target.path = Some(clean(&path));
        }
    }
    pool.target = Some(target);
    Ok(())
}

/// A path without what does not change it: repeated and closing slashes.
fn clean(path: &str) -> String {
    let mut cleaned = String::with_capacity(path.len());
    for c in path.chars() {
        if c != '/' || !cleaned.ends_with('/') {
            cleaned.push(c);
        }
    }
    if cleaned.len() > 1 && cleaned.ends_with('/') {
        cleaned.pop();
    }
    cleaned
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(kind: &str, inner: &str) -> StoragePool {
        let text = format!("<pool type='{kind}'>{inner}</pool>");
        xml::parse(&text, &xml::Options::lenient()).unwrap()
    }

    fn check(kind: &str, inner: &str, code: Code) {
        let refused = complete(parse(kind, inner)).unwrap_err();
        assert_eq!(refused.code(), code, "{kind} {inner}: {refused}");
    }

    #[test]
    fn each_kind_says_what_it_cannot_be_without() {
        let (xml, unsupported) = (Code::XmlError, Code::ConfigUnsupported);
        check("dir", "<target><path>/a</path></target>", xml);
        check("dir", "<name>a</name>", xml);
        check(
            "dir",
            "<name>a/b</name><target><path>/a</path></target>",
            xml,
        );
        let source = |text: &str| format!("<name>a</name><source>{text}</source>");
        check("netfs", &source(""), xml);
        check("netfs", &source("<host name='h'/>"), xml);
        check("disk", &source(""), xml);
        check("rbd", &source("<host name='h'/>"), xml);
        check("scsi", &source("<adapter/>"), xml);
        check(
            "scsi",
            &source("<adapter type='fc_host' wwnn='1000000000000001'/>"),
            xml,
        );
        let short = "<adapter type='fc_host' wwnn='1' wwpn='1000000000000001'/>";
        check("scsi", &source(short), Code::InternalError);
        let device = "<host name='h'/><device path='iqn'/>";
        check("iscsi-direct", &source(device), unsupported);
        check(
            "fs",
            &source("<device path='/d'/><format type='odd'/>"),
            unsupported,
        );
    }

    #[test]
    fn a_pool_is_called_as_its_storage_where_that_has_a_name() {
        let pool = complete(parse("logical", "<source><name>vg</name></source>")).unwrap();
        assert_eq!(pool.name.as_deref(), Some("vg"));
        assert_eq!(pool.target.unwrap().path.as_deref(), Some("/dev/vg"));
    }

    #[test]
    fn paths_lose_what_means_nothing() {
        for (path, cleaned) in [("/a//b/", "/a/b"), ("/", "/"), ("/a", "/a")] {
            assert_eq!(clean(path), cleaned);
        }
    }
}

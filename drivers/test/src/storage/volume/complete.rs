//! From what a volume's document says to what the driver keeps.

use documents::storage_pool::{PoolKind, StoragePool};
use documents::volume::{Volume as Document, VolumeKind, VolumeTarget};
use driver::ToError;
use protocol::error::{Code, Origin};

use super::Volume;

/// Why a volume's document was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(in crate::storage) enum VolumeDocumentError {
    #[error("the volume has no <name>")]
    NoName,
    #[error("the volume has no <capacity>")]
    NoCapacity,
    #[error("unknown volume format type {0}")]
    UnknownFormat(String),
    #[error("<compat> is a version of QEMU: '{0}' is none")]
    BadCompat(String),
}

impl ToError for VolumeDocumentError {
    fn code(&self) -> Code {
        match self {
            Self::NoName | Self::NoCapacity | Self::BadCompat(_) => Code::XmlError,
            Self::UnknownFormat(_) => Code::ConfigUnsupported,
        }
    }

    fn origin(&self) -> Option<Origin> {
        Some(Origin::Storage)
    }
}

/// Fills in what every volume of the pool has, and refuses what it cannot be without.
pub(in crate::storage) fn complete(
    document: Document,
    pool: &StoragePool,
) -> Result<Volume, VolumeDocumentError> {
    let name = document.name.clone().filter(|name| !name.is_empty());
    let name = name.ok_or(VolumeDocumentError::NoName)?;
    let capacity = document.capacity.ok_or(VolumeDocumentError::NoCapacity)?;
    let mut target = document.target.clone().unwrap_or_default();
    complete_image(&mut target, pool.kind)?;
    let path = match target.path.take() {
        Some(path) => path,
        None => format!("{}/{name}", folder(pool)),
    };
    target.path = Some(path.clone());
    let mut backing_store = document.backing_store.clone();
    if let Some(backing) = &mut backing_store {
        complete_image(backing, pool.kind)?;
    }
    Ok(Volume {
        document: Document {
            kind: Some(document.kind.unwrap_or(VolumeKind::File)),
            key: Some(document.key.clone().unwrap_or(path)),
            capacity: Some(capacity),
            allocation: Some(document.allocation.unwrap_or(capacity)),
            target: Some(target),
            backing_store,
            ..document
        },
    })
}

/// Where the volumes of a pool are. One that the host does not see has its own name for it.
fn folder(pool: &StoragePool) -> &str {
    let target = pool.target.as_ref();
    let path = target.and_then(|target| target.path.as_deref());
    path.or(pool.name.as_deref()).unwrap_or_default()
}

fn complete_image(target: &mut VolumeTarget, kind: PoolKind) -> Result<(), VolumeDocumentError> {
    // How the file was made is not kept.
    target.nocow = false;
    let is_version = |c: char| c.is_ascii_digit() || c == '.';
    if let Some(compat) = &target.compat
        && !compat.chars().all(is_version)
    {
        return Err(VolumeDocumentError::BadCompat(compat.clone()));
    }
    target.format = match (formats(kind), target.format.take()) {
        (None, _) => None,
        (Some(words), None) => words.first().map(|&word| word.to_owned()),
        (Some(words), Some(format)) if words.contains(&format.as_str()) => Some(format),
        (Some(_), Some(format)) => return Err(VolumeDocumentError::UnknownFormat(format)),
    };
    Ok(())
}

/// The formats that volumes of a kind of pool have, the usual one first; `None` where they have
/// none.
fn formats(kind: PoolKind) -> Option<&'static [&'static str]> {
    match kind {
        PoolKind::Dir
        | PoolKind::Fs
        | PoolKind::Netfs
        | PoolKind::Rbd
        | PoolKind::Gluster
        | PoolKind::Vstorage => Some(&[
            "raw", "dir", "bochs", "cloop", "dmg", "iso", "vpc", "vdi", "fat", "vhd", "ploop",
            "cow", "qcow", "qcow2", "qed", "vmdk",
        ]),
        PoolKind::Disk => Some(&[
            "none",
            "linux",
            "fat16",
            "fat32",
            "linux-swap",
            "linux-lvm",
            "linux-raid",
            "extended",
        ]),
        PoolKind::Logical
        | PoolKind::Iscsi
        | PoolKind::IscsiDirect
        | PoolKind::Scsi
        | PoolKind::Mpath
        | PoolKind::Sheepdog
        | PoolKind::Zfs => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(kind: PoolKind, inner: &str) -> Result<Document, VolumeDocumentError> {
        let pool = StoragePool {
            kind,
            name: Some("p".to_owned()),
            ..StoragePool::default()
        };
        let text = format!("<volume>{inner}</volume>");
        let document = xml::parse(&text, &xml::Options::lenient()).unwrap();
        complete(document, &pool).map(|volume| volume.document)
    }

    fn format_of(kind: PoolKind, format: &str) -> Result<Option<String>, VolumeDocumentError> {
        let inner = format!("<name>v</name><capacity>1</capacity><target>{format}</target>");
        of(kind, &inner).map(|document| document.target.unwrap().format)
    }

    #[test]
    fn a_volume_has_a_name_and_a_size() {
        let nameless = of(PoolKind::Dir, "<capacity>1</capacity>");
        assert_eq!(nameless, Err(VolumeDocumentError::NoName));
        let sizeless = of(PoolKind::Dir, "<name>v</name>");
        assert_eq!(sizeless, Err(VolumeDocumentError::NoCapacity));
    }

    #[test]
    fn formats_are_those_of_the_pool() {
        assert_eq!(format_of(PoolKind::Dir, "").unwrap().unwrap(), "raw");
        assert_eq!(format_of(PoolKind::Disk, "").unwrap().unwrap(), "none");
        let qcow2 = "<format type='qcow2'/>";
        assert_eq!(format_of(PoolKind::Dir, qcow2).unwrap().unwrap(), "qcow2");
        assert_eq!(format_of(PoolKind::Logical, qcow2), Ok(None));
        assert!(format_of(PoolKind::Disk, qcow2).is_err());
        assert!(format_of(PoolKind::Dir, "<compat>new</compat>").is_err());
    }
}

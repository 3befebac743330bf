//! How large disks are: read from the images, or asked of QEMU for what is not on this host.

use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::{Path, PathBuf};

use documents::domain::{Disk, DiskFormat};
use driver::{Call, Error, Routes};
use protocol::error::Code;
use protocol::remote::{DomainGetBlockInfo, DomainGetBlockInfoArgs, DomainGetBlockInfoRet};
use qmp::commands::{BlockInfo, QueryBlock};

use super::{disks, domain_xml, live, object};
use crate::devices::image::{self, Format};
use crate::driver::QemuDriver;

/// What is served here.
pub(super) fn routes(routes: &mut Routes<QemuDriver>) {
    routes.on::<DomainGetBlockInfo>(block_info);
}

/// The sizes of a disk, in bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sizes {
    /// What the guest sees.
    pub(super) capacity: u64,
    /// What is taken of the host's storage.
    pub(super) allocation: u64,
    /// The end of the image.
    pub(super) physical: u64,
}

async fn block_info(
    call: Call<QemuDriver>,
    args: DomainGetBlockInfoArgs,
) -> Result<DomainGetBlockInfoRet, Error> {
    let snapshot = object::find(&call, &args.dom)?.snapshot();
    let document = domain_xml::document(&snapshot, false)?;
    let word = &args.path;
    let disk = disks::find(&document, word).ok_or_else(|| {
        let text = format!("invalid path {word} not assigned to domain");
        Error::verbatim(Code::InvalidArg, text)
    })?;
    let readable = disks::local(disk).zip(format(disk));
    let sizes = if let Some((path, format)) = readable {
        of_file(path, format).await.map_err(|error| {
            Error::new(
                Code::SystemError,
                format!("cannot read the size of '{path}'"),
            )
            .caused_by(error)
        })?
    } else if disks::path(disk).is_none() {
        let text = format!("disk '{word}' does not currently have a source assigned");
        return Err(Error::verbatim(Code::InvalidArg, text));
    } else {
        let live = live::running(&snapshot)?;
        let answer = live.answers.blocks.ask(&live.monitor, &QueryBlock);
        let devices = live::told(answer, "read the disk's size").await?;
        of_device(&devices, disk).ok_or_else(|| {
            let text = format!("QEMU does not tell the size of disk '{word}'");
            Error::new(Code::OperationFailed, text)
        })?
    };
    Ok(DomainGetBlockInfoRet {
        allocation: sizes.allocation,
        capacity: sizes.capacity,
        physical: sizes.physical,
    })
}

/// The format, of those whose header is read here; without a word in the document it is raw, which is never guessed.
pub(super) fn format(disk: &Disk) -> Option<Format> {
    let driver = disk.driver.as_ref();
    match driver.and_then(|driver| driver.format).unwrap_or_default() {
        DiskFormat::Raw => Some(Format::Raw),
        DiskFormat::Qcow2 => Some(Format::Qcow2),
        _ => None,
    }
}

/// The sizes of an image on this host. Storage that hangs makes only this call wait.
pub(super) async fn of_file(path: &str, format: Format) -> std::io::Result<Sizes> {
    let path = PathBuf::from(path);
    tokio::task::spawn_blocking(move || read(&path, format))
        .await
        .unwrap_or_else(|error| Err(std::io::Error::other(error)))
}

fn read(path: &Path, format: Format) -> std::io::Result<Sizes> {
    let metadata = std::fs::metadata(path)?;
    let physical = if metadata.file_type().is_block_device() {
        image::length(path)?
    } else {
        metadata.len()
    };
    let allocation = if metadata.file_type().is_block_device() {
        physical
    } else {
        metadata.blocks().saturating_mul(512)
    };
    let header = image::read_header(path, format).map_err(std::io::Error::other)?;
    Ok(Sizes {
        capacity: header.virtual_size.unwrap_or(physical),
        allocation,
        physical,
    })
}

/// The sizes that QEMU tells of the medium in a device.
pub(super) fn of_device(devices: &[BlockInfo], disk: &Disk) -> Option<Sizes> {
    let device = devices.iter().find(|device| {
        let qdev = device.qdev.as_deref();
        qdev.is_some_and(|qdev| disks::is_called(disk, qdev))
    });
    let image = &device?.inserted.as_ref()?.image;
    let number = |key| image.get(key).and_then(serde_json::Value::as_u64);
    let capacity = number("virtual-size")?;
    let physical = number("actual-size").unwrap_or(capacity);
    Some(Sizes {
        capacity,
        allocation: physical,
        physical,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_raw_image_is_as_large_as_its_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("raw");
        std::fs::File::create(&path)
            .unwrap()
            .set_len(1 << 20)
            .unwrap();
        let sizes = read(&path, Format::Raw).unwrap();
        assert_eq!((sizes.capacity, sizes.physical), (1 << 20, 1 << 20));
        assert_eq!(sizes.allocation, 0);
        assert!(read(&path, Format::Qcow2).is_err());
    }
}

//! Disks whose changes are forgotten: the guest writes to an overlay beside the image, made at the start and removed
//! when the guest is gone (formatdomain: transient).

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use documents::domain::{
    BackingStore, Disk, DiskFormat, DiskSource, Domain, FileSource, ImageFormat, SourceCommon,
};
use protocol::error::Code;
use tokio::runtime::Handle;

use crate::config::Identity;
use crate::devices::image::{self, Format};
use crate::domain::completion::source_path;
use crate::domain::images::next_number;
use crate::image_file::{ImageError, NewImage};
use crate::removed::removed;

/// Why a disk has no overlay.
#[derive(Debug, thiserror::Error)]
pub enum OverlayError {
    /// There is no place beside the image.
    #[error(
        "the changes of transient disk '{disk}' are kept beside its image, which must be a file or block device of \
         this host"
    )]
    NoPlace {
        /// The disk's target.
        disk: String,
    },
    /// A file has the overlay's name.
    #[error(
        "Overlay file '{}' for transient disk '{disk}' already exists: remove it, unless the domain runs elsewhere",
        path.display()
    )]
    Exists {
        /// The overlay.
        path: PathBuf,
        /// The disk's target.
        disk: String,
    },
    /// The overlay cannot be given to QEMU's user.
    #[error("cannot give the overlay '{}' to QEMU's user", path.display())]
    Owner {
        /// The overlay.
        path: PathBuf,
        /// What the kernel said.
        source: io::Error,
    },
    /// The image is not what the document says.
    #[error(transparent)]
    Size(image::ImageError),
    /// The overlay cannot be made.
    #[error(transparent)]
    Image(#[from] ImageError),
}

impl OverlayError {
    pub(super) fn code(&self) -> Code {
        match self {
            Self::NoPlace { .. } => Code::ConfigUnsupported,
            Self::Exists { .. } => Code::OperationUnsupported,
            Self::Owner { .. } => Code::SystemError,
            Self::Size(_) | Self::Image(_) => Code::InternalError,
        }
    }
}

/// Puts an overlay over the image of each transient disk in the document of a VM that is about to start. They are to be
/// made once it is noted that they will be.
///
/// # Errors
/// When one has no place.
pub(super) fn lay_over(domain: &mut Domain) -> Result<Vec<NewImage>, OverlayError> {
    let ending = ending(&domain.name);
    let mut number = next_number(domain);
    let mut images = Vec::new();
    for disk in &mut domain.devices.disks {
        if disk.transient.is_none() {
            continue;
        }
        let image = overlay(disk, &ending)?;
        put_over(disk, &image, number);
        number = number.saturating_add(1);
        images.push(image);
    }
    Ok(images)
}

/// Makes the overlays for QEMU's user, and notes in `made` each that it has made. Only where blocking is allowed.
///
/// # Errors
/// When one cannot be made.
pub(super) fn make(
    images: &[NewImage],
    user: Option<&Identity>,
    made: &mut Vec<PathBuf>,
) -> Result<(), OverlayError> {
    for image in images {
        Handle::current().block_on(image.make())?;
        made.push(image.path.clone());
        if let Some(user) = user {
            let given = user.own(&image.path);
            given.map_err(|source| OverlayError::Owner {
                path: image.path.clone(),
                source,
            })?;
        }
    }
    Ok(())
}

/// The overlays of a VM that was started earlier.
pub(super) fn overlays(domain: &Domain) -> Vec<PathBuf> {
    let ending = ending(&domain.name);
    let disks = domain.devices.disks.iter();
    let transient = disks.filter(|disk| disk.transient.is_some());
    let paths = transient.filter_map(|disk| source_path(&disk.source));
    let overlays = paths.filter(|path| path.ends_with(&ending));
    overlays.map(PathBuf::from).collect()
}

/// Removes overlays. One that stays is reported: the next start names it.
pub(super) fn remove(overlays: &[PathBuf]) {
    for path in overlays {
        if let Err(error) = removed(fs::remove_file(path)) {
            tracing::warn!(path = %path.display(), %error, "an overlay stays");
        }
    }
}

/// libvirt's name, so that it finds the overlays of a VM that it takes over.
fn ending(name: &str) -> String {
    format!(".TRANSIENT-{name}")
}

fn overlay(disk: &Disk, ending: &str) -> Result<NewImage, OverlayError> {
    let target = || disk.target.dev.clone().unwrap_or_default();
    let backing = match &disk.source {
        source @ (DiskSource::File(_) | DiskSource::Block(_)) => source_path(source),
        _ => None,
    };
    let Some(backing) = backing else {
        return Err(OverlayError::NoPlace { disk: target() });
    };
    let path = PathBuf::from(format!("{backing}{ending}"));
    if path.exists() {
        let disk = target();
        return Err(OverlayError::Exists { path, disk });
    }
    Ok(NewImage {
        path,
        format: xml::enum_name(DiskFormat::Qcow2),
        backing: PathBuf::from(backing),
        backing_format: xml::enum_name(format_of(disk)),
        size: size_below(disk, Path::new(backing))?,
    })
}

/// The size that the guest sees of an encrypted image.
fn size_below(disk: &Disk, path: &Path) -> Result<Option<u64>, OverlayError> {
    if disk.image_encryption().is_none() {
        return Ok(None);
    }
    let format = Format::from_document(format_of(disk)).unwrap_or(Format::Raw);
    let size = image::encrypted_size(path, format);
    size.map(Some).map_err(OverlayError::Size)
}

fn format_of(disk: &Disk) -> DiskFormat {
    let format = disk.driver.as_ref().and_then(|driver| driver.format);
    format.unwrap_or_default()
}

/// Makes the overlay the disk's image, with everything that the image was behind it.
fn put_over(disk: &mut Disk, image: &NewImage, number: u32) {
    let format = format_of(disk);
    let overlay = DiskSource::File(FileSource {
        file: Some(image.path.to_string_lossy().into_owned()),
        common: SourceCommon {
            index: Some(number),
            ..SourceCommon::default()
        },
        ..FileSource::default()
    });
    let mut below = std::mem::replace(&mut disk.source, overlay);
    let index = below.common_mut().and_then(|common| common.index.take());
    disk.backing_store = Some(Box::new(BackingStore {
        index,
        format: Some(ImageFormat {
            format,
            metadata_cache: None,
        }),
        source: below.into(),
        backing_store: disk.backing_store.take().or_else(|| Some(Box::default())),
    }));
    disk.driver.get_or_insert_default().format = Some(DiskFormat::Qcow2);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn domain(source: &str) -> Domain {
        let text = format!(
            "<domain type='qemu'><name>a</name><devices><disk type='file' device='disk'>\
             <driver name='qemu' type='raw'/>{source}<target dev='vda' bus='virtio'/><transient/>\
             </disk></devices></domain>"
        );
        xml::parse(&text, &xml::Options::lenient()).unwrap()
    }

    #[test]
    fn the_image_goes_below_its_overlay() {
        let mut domain = domain("<source file='/images/a.img' index='1'/>");
        let disk = &mut domain.devices.disks[0];
        let image = overlay(disk, &ending("a")).unwrap();
        assert_eq!(image.backing_format, "raw");
        put_over(disk, &image, 2);
        let overlay = "/images/a.img.TRANSIENT-a";
        assert_eq!(overlays(&domain), [PathBuf::from(overlay)]);
        let text = xml::format(&domain);
        let flat: String = text.lines().map(str::trim).collect();
        let expected = format!(
            "<driver name='qemu' type='qcow2'/><source file='{overlay}' index='2'/>\
             <backingStore type='file' index='1'><format type='raw'/>\
             <source file='/images/a.img'/><backingStore/></backingStore>"
        );
        assert!(flat.contains(&expected), "{flat}");
    }

    #[test]
    fn an_encrypted_image_tells_its_size_without_its_key() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.img");
        let mut file = fs::File::create(&path).unwrap();
        let mut header = [0; 592];
        header[..8].copy_from_slice(b"LUKS\xba\xbe\0\x01");
        header[104..108].copy_from_slice(&8_u32.to_be_bytes());
        io::Write::write_all(&mut file, &header).unwrap();
        file.set_len(8 * 512 + 4096).unwrap();
        let encrypted = |inside: &str| {
            domain(&format!(
                "<source file='{}'>{inside}</source>",
                path.display()
            ))
        };
        let key = "<encryption format='luks'>\
            <secret type='passphrase' uuid='11111111-1111-1111-1111-111111111111'/></encryption>";
        for (inside, size) in [(key, Some(4096)), ("", None)] {
            let found = overlay(&encrypted(inside).devices.disks[0], &ending("a")).unwrap();
            assert_eq!(found.size, size);
        }
    }

    #[test]
    fn an_overlay_that_is_there_is_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.img");
        fs::File::create(folder.path().join("a.img.TRANSIENT-a")).unwrap();
        let domain = domain(&format!("<source file='{}'/>", path.display()));
        let there = overlay(&domain.devices.disks[0], &ending("a"));
        assert!(matches!(there, Err(OverlayError::Exists { .. })));
    }

    #[test]
    fn an_image_of_another_host_has_no_place_beside_it() {
        let mut domain = domain("");
        let source = "<domain type='qemu'><name>a</name><devices><disk type='network'>\
             <source protocol='nbd' name='x'><host name='h'/></source><target dev='vda'/>\
             </disk></devices></domain>";
        let network: Domain = xml::parse(source, &xml::Options::lenient()).unwrap();
        domain.devices.disks[0].source = network.devices.disks[0].source.clone();
        let nowhere = overlay(&domain.devices.disks[0], &ending("a"));
        assert!(matches!(nowhere, Err(OverlayError::NoPlace { .. })));
    }
}

//! The variables of a guest's firmware: a copy of the firmware's own, made at the guest's first start.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use documents::domain::{Domain, Nvram, SourceKind};

use super::master_key::create_private;
use crate::config::Identity;
use crate::domain::FirmwareError;

/// Variables that are to be made anew.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Copy {
    /// From where.
    pub(super) template: PathBuf,
    /// To where.
    pub(super) place: Place,
}

/// Where variables are.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In a file of their own.
    File(PathBuf),
    /// At the beginning of a block device.
    Block(PathBuf),
}

impl Place {
    /// Its path on the host.
    pub(super) fn path(&self) -> &Path {
        match self {
            Self::File(path) | Self::Block(path) => path,
        }
    }
}

/// The file of the host in which a guest's variables are, where they are in one.
pub(in crate::vm) fn file(nvram: &Nvram) -> Option<&str> {
    let source = nvram.source.as_deref();
    match nvram.kind {
        None => nvram.path.as_deref(),
        Some(SourceKind::File) => source.and_then(|source| source.file.as_deref()),
        Some(_) => None,
    }
}

/// What has to be copied before the guest starts: what is not there yet and, where the variables are to be reset,
/// what is there too. A block device is the owner's to fill, and is written only when that is asked for.
///
/// # Errors
/// When there is nothing to copy from, or nowhere to copy to.
pub(super) fn wanted(domain: &Domain, reset: bool) -> Result<Option<Copy>, FirmwareError> {
    let Some(nvram) = &domain.os.nvram else {
        return Ok(None);
    };
    let Some(place) = place(nvram, reset)? else {
        return Ok(None);
    };
    let Some(template) = &nvram.template else {
        let loader = domain.os.loader.as_ref();
        return Err(FirmwareError::NoTemplate {
            loader: loader.and_then(|it| it.path.clone()).unwrap_or_default(),
        });
    };
    // Without a word the template is raw, as the variables are.
    let template_format = nvram.template_format.unwrap_or_default();
    if template_format != nvram.format.unwrap_or_default() {
        return Err(FirmwareError::TemplateFormat {
            template: template.clone(),
        });
    }
    Ok(Some(Copy {
        template: PathBuf::from(template),
        place,
    }))
}

fn place(nvram: &Nvram, reset: bool) -> Result<Option<Place>, FirmwareError> {
    if let Some(path) = file(nvram).map(PathBuf::from) {
        let wanted = reset || !path.exists();
        return Ok(wanted.then_some(Place::File(path)));
    }
    match nvram.kind {
        _ if !reset => Ok(None),
        Some(SourceKind::Block) => {
            let source = nvram.source.as_deref();
            let device = source.and_then(|source| source.dev.as_ref());
            Ok(device.map(|device| Place::Block(PathBuf::from(device))))
        }
        _ => Err(FirmwareError::ResetNvram),
    }
}

impl Copy {
    /// Makes the copy for QEMU alone. A file has its name only when it is whole.
    pub(super) fn make(&self, reader: Option<&Identity>) -> io::Result<()> {
        let mut template = File::open(&self.template)?;
        match &self.place {
            Place::File(path) => make_file(&mut template, path, reader),
            Place::Block(path) => {
                let mut device = OpenOptions::new().write(true).open(path)?;
                io::copy(&mut template, &mut device)?;
                device.sync_all()
            }
        }
    }
}

fn make_file(template: &mut File, path: &Path, reader: Option<&Identity>) -> io::Result<()> {
    if let Some(directory) = path.parent() {
        fs::create_dir_all(directory)?;
    }
    let unfinished = path.with_extension("new");
    let made = fill(template, &unfinished, reader);
    let named = made.and_then(|()| fs::rename(&unfinished, path));
    if named.is_err() {
        // What is left of it is of no use; the error says why.
        let _ = fs::remove_file(&unfinished);
    }
    named
}

fn fill(template: &mut File, path: &Path, reader: Option<&Identity>) -> io::Result<()> {
    let mut file = create_private(path, reader)?;
    io::copy(template, &mut file)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn domain(nvram: &str) -> Domain {
        let text = format!(
            "<domain type='qemu'><name>a</name><os><loader>/code</loader>{nvram}</os></domain>"
        );
        xml::parse(&text, &xml::Options::lenient()).unwrap()
    }

    #[test]
    fn variables_are_copied_once_and_when_they_are_reset() {
        let folder = tempfile::tempdir().unwrap();
        let template = folder.path().join("template");
        let mut original = File::create(&template).unwrap();
        original.write_all(b"empty").unwrap();
        let path = folder.path().join("nvram/a_VARS.fd");
        let document = domain(&format!(
            "<nvram template='{}' format='raw'>{}</nvram>",
            template.display(),
            path.display()
        ));
        wanted(&document, false)
            .unwrap()
            .unwrap()
            .make(None)
            .unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "empty");
        assert_eq!(wanted(&document, false).unwrap(), None);
        File::create(&path).unwrap().write_all(b"grown").unwrap();
        wanted(&document, true)
            .unwrap()
            .unwrap()
            .make(None)
            .unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "empty");
        let beside = fs::read_dir(path.parent().unwrap()).unwrap();
        assert_eq!(beside.count(), 1);
    }

    #[test]
    fn there_must_be_something_to_copy() {
        let missing = wanted(&domain("<nvram format='raw'>/nowhere/a</nvram>"), false);
        assert!(matches!(missing, Err(FirmwareError::NoTemplate { .. })));
        let other = "<nvram template='/t' templateFormat='qcow2' format='raw'>/nowhere/a</nvram>";
        let other = wanted(&domain(other), false);
        assert!(matches!(other, Err(FirmwareError::TemplateFormat { .. })));
    }

    #[test]
    fn what_is_no_file_is_left_alone_unless_it_is_to_be_reset() {
        let block = "<nvram type='block' template='/t' format='raw'><source dev='/dev/x'/></nvram>";
        assert_eq!(wanted(&domain(block), false).unwrap(), None);
        let copy = wanted(&domain(block), true).unwrap().unwrap();
        assert_eq!(copy.place, Place::Block(PathBuf::from("/dev/x")));
        let network = "<nvram type='network' template='/t' format='raw'>\
             <source protocol='nbd' name='x'/></nvram>";
        assert_eq!(wanted(&domain(network), false).unwrap(), None);
        let reset = wanted(&domain(network), true);
        assert!(matches!(reset, Err(FirmwareError::ResetNvram)));
    }
}

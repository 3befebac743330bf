//! Domains that are saved and go on later: the file holds the document, as there is no memory.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use documents::domain::Domain;
use driver::{Call, Error, Routes};
use protocol::enums::{DomainRunningReason, DomainShutoffReason};
use protocol::flags::{DomainCreateFlags, DomainSaveImageXmlFlags};
use protocol::remote::{
    DomainManagedSave, DomainManagedSaveArgs, DomainManagedSaveRemove, DomainManagedSaveRemoveArgs,
    DomainRestore, DomainRestoreArgs, DomainRestoreFlags, DomainRestoreFlagsArgs, DomainSave,
    DomainSaveArgs, DomainSaveFlags, DomainSaveFlagsArgs, DomainSaveImageDefineXml,
    DomainSaveImageDefineXmlArgs, DomainSaveImageGetXmlDesc, DomainSaveImageGetXmlDescArgs,
    DomainSaveImageGetXmlDescRet, NonnullDomain,
};

use super::complete::complete;
use super::definition::parse;
use super::error::DomainError;
use super::guest::Guest;
use super::lifecycle::add_running;
use crate::{TestDriver, flags};

/// What a file begins with; the length of the document follows in four bytes, then the document.
const MAGIC: &[u8; 15] = b"TestGuestMagic\0";
/// No document is longer.
const LENGTH_MAX: usize = 64 * 1024;

pub(super) fn routes(routes: &mut Routes<TestDriver>) {
    routes
        .on::<DomainSave>(save)
        .on::<DomainSaveFlags>(save_flags)
        .on::<DomainRestore>(restore)
        .on::<DomainRestoreFlags>(restore_flags)
        .on::<DomainSaveImageGetXmlDesc>(image_xml)
        .on::<DomainSaveImageDefineXml>(define_image)
        .on::<DomainManagedSave>(managed_save)
        .on::<DomainManagedSaveRemove>(remove_managed_save);
}

/// Why a file of a saved domain cannot be written or read.
#[derive(Debug, thiserror::Error)]
pub(super) enum ImageError {
    #[error("cannot {what} domain image '{}'", path.display())]
    Io {
        what: &'static str,
        path: PathBuf,
        source: io::Error,
    },
    #[error("mismatched header magic: '{}' is not a domain saved by this driver", .0.display())]
    Magic(PathBuf),
    #[error("length of metadata out of range in '{}'", .0.display())]
    Length(PathBuf),
    #[error("writing or reading '{}' broke off", .0.display())]
    BrokenOff(PathBuf),
}

async fn save(call: Call<TestDriver>, args: DomainSaveArgs) -> Result<(), Error> {
    save_into(&call, &args.dom, args.to).await
}

async fn save_flags(call: Call<TestDriver>, args: DomainSaveFlagsArgs) -> Result<(), Error> {
    flags::none(args.flags.bits(), "virDomainSaveFlags")?;
    other_document(args.dxml.as_ref())?;
    save_into(&call, &args.dom, args.to).await
}

/// A document in place of the domain's own.
fn other_document(given: Option<&String>) -> Result<(), DomainError> {
    match given {
        None => Ok(()),
        Some(_) => Err(DomainError::SavedDocument),
    }
}

async fn save_into(call: &Call<TestDriver>, dom: &NonnullDomain, to: String) -> Result<(), Error> {
    let domains = call.driver().domains();
    let document = domains.read(call, dom, |guest| {
        let id = guest.id().ok_or(DomainError::NotRunning)?;
        Ok(Domain {
            id: Some(id),
            ..guest.document().clone()
        })
    })?;
    write(to.into(), xml::format(&document)).await?;
    domains.change(call, dom, |turn| {
        if !turn.guest.is_active() {
            return Err(DomainError::NotRunning);
        }
        turn.stop(DomainShutoffReason::Saved);
        Ok(())
    })
}

async fn restore(call: Call<TestDriver>, args: DomainRestoreArgs) -> Result<(), Error> {
    restore_from(&call, args.from).await
}

async fn restore_flags(call: Call<TestDriver>, args: DomainRestoreFlagsArgs) -> Result<(), Error> {
    flags::none(args.flags.bits(), "virDomainRestoreFlags")?;
    other_document(args.dxml.as_ref())?;
    restore_from(&call, args.from).await
}

async fn restore_from(call: &Call<TestDriver>, from: String) -> Result<(), Error> {
    let text = read(from.into()).await?;
    let (uuid, document) = complete(parse(&text, false)?)?;
    let guest = Guest::transient(uuid, document);
    let (flags, reason) = (DomainCreateFlags::empty(), DomainRunningReason::Restored);
    add_running(call, uuid, guest, flags, reason).map(|_| ())
}

async fn image_xml(
    _: Call<TestDriver>,
    args: DomainSaveImageGetXmlDescArgs,
) -> Result<DomainSaveImageGetXmlDescRet, Error> {
    let mut document = parse(&read(args.file.into()).await?, false)?;
    document.id = None;
    if !args.flags.contains(DomainSaveImageXmlFlags::SECURE) {
        document.hide_secrets();
    }
    Ok(DomainSaveImageGetXmlDescRet {
        xml: xml::format(&document),
    })
}

async fn define_image(
    _: Call<TestDriver>,
    args: DomainSaveImageDefineXmlArgs,
) -> Result<(), Error> {
    let (_, document) = complete(parse(&args.dxml, false)?)?;
    // Only what is such a file may be written over.
    let path = PathBuf::from(args.file);
    read(path.clone()).await?;
    Ok(write(path, xml::format(&document)).await?)
}

async fn managed_save(call: Call<TestDriver>, args: DomainManagedSaveArgs) -> Result<(), Error> {
    call.driver().domains().change(&call, &args.dom, |turn| {
        if !turn.guest.is_active() {
            return Err(DomainError::NotRunning);
        }
        if !turn.guest.is_persistent() {
            return Err(DomainError::ManagedSaveTransient);
        }
        turn.stop(DomainShutoffReason::Saved);
        turn.guest.set_managed_save(true);
        Ok(())
    })
}

async fn remove_managed_save(
    call: Call<TestDriver>,
    args: DomainManagedSaveRemoveArgs,
) -> Result<(), Error> {
    call.driver().domains().change(&call, &args.dom, |turn| {
        turn.guest.set_managed_save(false);
        Ok(())
    })
}

async fn write(path: PathBuf, text: String) -> Result<(), ImageError> {
    let named = path.clone();
    let work = tokio::task::spawn_blocking(move || put(&path, &text));
    work.await.map_err(|_| ImageError::BrokenOff(named))?
}

async fn read(path: PathBuf) -> Result<String, ImageError> {
    let named = path.clone();
    let work = tokio::task::spawn_blocking(move || take(&path));
    work.await.map_err(|_| ImageError::BrokenOff(named))?
}

fn put(path: &Path, text: &str) -> Result<(), ImageError> {
    let failed = |source| ImageError::Io {
        what: "write",
        path: path.to_owned(),
        source,
    };
    let length = u32::try_from(text.len()).ok();
    let length = length.filter(|_| text.len() <= LENGTH_MAX);
    let length = length.ok_or_else(|| ImageError::Length(path.to_owned()))?;
    let bytes = [MAGIC, length.to_ne_bytes().as_slice(), text.as_bytes()].concat();
    overwrite(path, &bytes).map_err(failed)
}

fn overwrite(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(bytes)
}

fn take(path: &Path) -> Result<String, ImageError> {
    let bytes = std::fs::read(path).map_err(|source| ImageError::Io {
        what: "read",
        path: path.to_owned(),
        source,
    })?;
    let rest = bytes
        .strip_prefix(MAGIC)
        .ok_or_else(|| ImageError::Magic(path.to_owned()))?;
    let wrong = || ImageError::Length(path.to_owned());
    let (length, text) = rest.split_first_chunk::<4>().ok_or_else(wrong)?;
    let length = usize::try_from(u32::from_ne_bytes(*length)).map_err(|_| wrong())?;
    let text = text.get(..length).filter(|_| length <= LENGTH_MAX);
    String::from_utf8(text.ok_or_else(wrong)?.to_vec()).map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("saved");
        put(&path, "<domain/>").unwrap();
        assert_eq!(take(&path).unwrap(), "<domain/>");
    }

    #[test]
    fn a_file_of_another_kind_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("saved");
        overwrite(&path, b"<domain/>").unwrap();
        assert!(matches!(take(&path), Err(ImageError::Magic(_))));
        for cut in [&MAGIC[..], b"TestGuestMagic\0\x09\0\0\0short"] {
            overwrite(&path, cut).unwrap();
            assert!(matches!(take(&path), Err(ImageError::Length(_))), "{cut:?}");
        }
        let missing = take(&folder.path().join("missing"));
        assert!(matches!(missing, Err(ImageError::Io { .. })));
    }
}

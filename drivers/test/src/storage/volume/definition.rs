//! Making and deleting volumes.

use documents::Uuid;
use documents::volume::Volume as Document;
use driver::{Call, Error, Routes};
use protocol::remote::{
    NonnullStoragePool, NonnullStorageVol, StorageVolCreateXml, StorageVolCreateXmlArgs,
    StorageVolCreateXmlFrom, StorageVolCreateXmlFromArgs, StorageVolCreateXmlFromRet,
    StorageVolCreateXmlRet, StorageVolDelete, StorageVolDeleteArgs, StorageVolGetXmlDesc,
    StorageVolGetXmlDescArgs, StorageVolGetXmlDescRet,
};

use super::complete::complete;
use crate::storage::error::StorageError;
use crate::storage::{CAPACITY, gone};
use crate::{TestDriver, flags};

pub(super) fn routes(routes: &mut Routes<TestDriver>) {
    routes
        .on::<StorageVolCreateXml>(create)
        .on::<StorageVolCreateXmlFrom>(create_from)
        .on::<StorageVolDelete>(delete)
        .on::<StorageVolGetXmlDesc>(xml_desc);
}

async fn create(
    call: Call<TestDriver>,
    args: StorageVolCreateXmlArgs,
) -> Result<StorageVolCreateXmlRet, Error> {
    flags::none(args.flags.bits(), "virStorageVolCreateXML")?;
    Ok(StorageVolCreateXmlRet {
        vol: add(&call, &args.pool, &args.xml, None)?,
    })
}

async fn create_from(
    call: Call<TestDriver>,
    args: StorageVolCreateXmlFromArgs,
) -> Result<StorageVolCreateXmlFromRet, Error> {
    flags::none(args.flags.bits(), "virStorageVolCreateXMLFrom")?;
    Ok(StorageVolCreateXmlFromRet {
        vol: add(&call, &args.pool, &args.xml, Some(&args.clonevol))?,
    })
}

/// Adds a volume to a pool; `original` is the one whose content it would have.
fn add(
    call: &Call<TestDriver>,
    pool: &NonnullStoragePool,
    text: &str,
    original: Option<&NonnullStorageVol>,
) -> Result<NonnullStorageVol, Error> {
    let mut table = call.driver().pools().lock();
    let found = table.pools.get_mut(&Uuid(pool.uuid));
    let found = found.ok_or_else(|| gone(pool))?;
    found.require_active()?;
    let mut document: Document = xml::parse(text, &xml::Options::lenient())?;
    // Where a new volume is, its pool says.
    document.key = None;
    if let Some(target) = &mut document.target {
        target.path = None;
    }
    let volume = complete(document, &found.document)?;
    call.allow(&volume.target())?;
    if found.volume(volume.name()).is_ok() {
        return Err(StorageError::VolumeExists(volume.name().to_owned()).into());
    }
    if let Some(original) = original {
        found.volume(&original.name)?;
    }
    let used = found.allocation().checked_add(volume.allocation());
    if used.is_none_or(|used| used > CAPACITY) {
        return Err(StorageError::NoSpace(volume.name().to_owned()).into());
    }
    let wire = volume.wire(found);
    found.volumes.push(volume);
    Ok(wire)
}

async fn delete(call: Call<TestDriver>, args: StorageVolDeleteArgs) -> Result<(), Error> {
    flags::none(args.flags.bits(), "virStorageVolDelete")?;
    let mut table = call.driver().pools().lock();
    let pool = table.named_mut(&args.vol.pool)?;
    pool.require_active()?;
    call.allow(&pool.volume(&args.vol.name)?.target())?;
    pool.volumes.retain(|volume| volume.name() != args.vol.name);
    Ok(())
}

async fn xml_desc(
    call: Call<TestDriver>,
    args: StorageVolGetXmlDescArgs,
) -> Result<StorageVolGetXmlDescRet, Error> {
    let pools = call.driver().pools();
    let xml = pools.read_volume(&call, &args.vol, |_, volume| xml::format(&volume.document))?;
    Ok(StorageVolGetXmlDescRet { xml })
}

//! Finding volumes.

use documents::Uuid;
use driver::{Call, Error, Routes};
use protocol::remote::{
    NonnullStoragePool, NonnullStorageVol, StoragePoolListAllVolumes,
    StoragePoolListAllVolumesArgs, StoragePoolListAllVolumesRet, StoragePoolListVolumes,
    StoragePoolListVolumesArgs, StoragePoolListVolumesRet, StoragePoolNumOfVolumes,
    StoragePoolNumOfVolumesArgs, StoragePoolNumOfVolumesRet, StorageVolLookupByKey,
    StorageVolLookupByKeyArgs, StorageVolLookupByKeyRet, StorageVolLookupByName,
    StorageVolLookupByNameArgs, StorageVolLookupByNameRet, StorageVolLookupByPath,
    StorageVolLookupByPathArgs, StorageVolLookupByPathRet,
};

use super::Volume;
use crate::TestDriver;
use crate::select::{answer, at_most, count};
use crate::storage::error::StorageError;
use crate::storage::gone;

pub(super) fn routes(routes: &mut Routes<TestDriver>) {
    routes
        .on::<StorageVolLookupByName>(by_name)
        .on::<StorageVolLookupByKey>(by_key)
        .on::<StorageVolLookupByPath>(by_path)
        .on::<StoragePoolNumOfVolumes>(num)
        .on::<StoragePoolListVolumes>(names)
        .on::<StoragePoolListAllVolumes>(all);
}

async fn by_name(
    call: Call<TestDriver>,
    args: StorageVolLookupByNameArgs,
) -> Result<StorageVolLookupByNameRet, Error> {
    let table = call.driver().pools().lock();
    let pool = table.pools.get(&Uuid(args.pool.uuid));
    let pool = pool.ok_or_else(|| gone(&args.pool))?;
    pool.require_active()?;
    let found = pool.volume(&args.name)?;
    call.allow(&found.target())?;
    Ok(StorageVolLookupByNameRet {
        vol: found.wire(pool),
    })
}

async fn by_key(
    call: Call<TestDriver>,
    args: StorageVolLookupByKeyArgs,
) -> Result<StorageVolLookupByKeyRet, Error> {
    let vol = search(&call, |volume| volume.key() == args.key)?;
    Ok(StorageVolLookupByKeyRet {
        vol: vol.ok_or(StorageError::UnknownKey(args.key))?,
    })
}

async fn by_path(
    call: Call<TestDriver>,
    args: StorageVolLookupByPathArgs,
) -> Result<StorageVolLookupByPathRet, Error> {
    let vol = search(&call, |volume| volume.path() == args.path)?;
    Ok(StorageVolLookupByPathRet {
        vol: vol.ok_or(StorageError::UnknownPath(args.path))?,
    })
}

/// Looks through all active pools.
fn search(
    call: &Call<TestDriver>,
    is_it: impl Fn(&Volume) -> bool,
) -> Result<Option<NonnullStorageVol>, Error> {
    let table = call.driver().pools().lock();
    for pool in table.pools.values().filter(|pool| pool.is_active) {
        if let Some(found) = pool.volumes.iter().find(|volume| is_it(volume)) {
            call.allow(&found.target())?;
            return Ok(Some(found.wire(pool)));
        }
    }
    Ok(None)
}

async fn num(
    call: Call<TestDriver>,
    args: StoragePoolNumOfVolumesArgs,
) -> Result<StoragePoolNumOfVolumesRet, Error> {
    Ok(StoragePoolNumOfVolumesRet {
        num: count(shown(&call, &args.pool)?.len()),
    })
}

async fn names(
    call: Call<TestDriver>,
    args: StoragePoolListVolumesArgs,
) -> Result<StoragePoolListVolumesRet, Error> {
    let volumes = shown(&call, &args.pool)?.into_iter();
    let names = volumes.map(|volume| volume.name);
    Ok(StoragePoolListVolumesRet {
        names: names.take(at_most(args.maxnames)).collect(),
    })
}

async fn all(
    call: Call<TestDriver>,
    args: StoragePoolListAllVolumesArgs,
) -> Result<StoragePoolListAllVolumesRet, Error> {
    let (vols, ret) = answer(shown(&call, &args.pool)?, args.need_results);
    Ok(StoragePoolListAllVolumesRet { vols, ret })
}

/// Each volume of an active pool that the call may know of.
fn shown(
    call: &Call<TestDriver>,
    pool: &NonnullStoragePool,
) -> Result<Vec<NonnullStorageVol>, Error> {
    call.driver().pools().read(call, pool, |pool| {
        pool.require_active()?;
        let volumes = pool.volumes.iter();
        Ok(volumes
            .filter(|volume| call.shows(&volume.target()))
            .map(|volume| volume.wire(pool))
            .collect())
    })
}

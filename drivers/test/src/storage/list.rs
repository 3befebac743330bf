//! Finding storage pools.

use documents::Uuid;
use documents::storage_pool::PoolKind;
use driver::{Call, Error, Routes};
use protocol::flags::ConnectListAllStoragePoolsFlags as Flags;
use protocol::remote::{
    ConnectListAllStoragePools, ConnectListAllStoragePoolsArgs, ConnectListAllStoragePoolsRet,
    ConnectListDefinedStoragePools, ConnectListDefinedStoragePoolsArgs,
    ConnectListDefinedStoragePoolsRet, ConnectListStoragePools, ConnectListStoragePoolsArgs,
    ConnectListStoragePoolsRet, ConnectNumOfDefinedStoragePools,
    ConnectNumOfDefinedStoragePoolsRet, ConnectNumOfStoragePools, ConnectNumOfStoragePoolsRet,
    NonnullStoragePool, StoragePoolLookupByName, StoragePoolLookupByNameArgs,
    StoragePoolLookupByNameRet, StoragePoolLookupByUuid, StoragePoolLookupByUuidArgs,
    StoragePoolLookupByUuidRet, StoragePoolLookupByVolume, StoragePoolLookupByVolumeArgs,
    StoragePoolLookupByVolumeRet,
};

use super::Pool;
use super::error::StorageError;
use crate::TestDriver;
use crate::select::{Pair, answer, at_most, count, fits, is_of};

pub(super) fn routes(routes: &mut Routes<TestDriver>) {
    routes
        .on::<StoragePoolLookupByName>(by_name)
        .on::<StoragePoolLookupByUuid>(by_uuid)
        .on::<StoragePoolLookupByVolume>(by_volume)
        .on::<ConnectNumOfStoragePools>(num)
        .on::<ConnectListStoragePools>(names)
        .on::<ConnectNumOfDefinedStoragePools>(num_defined)
        .on::<ConnectListDefinedStoragePools>(defined)
        .on::<ConnectListAllStoragePools>(all);
}

async fn by_name(
    call: Call<TestDriver>,
    args: StoragePoolLookupByNameArgs,
) -> Result<StoragePoolLookupByNameRet, Error> {
    Ok(StoragePoolLookupByNameRet {
        pool: named(&call, args.name)?,
    })
}

async fn by_uuid(
    call: Call<TestDriver>,
    args: StoragePoolLookupByUuidArgs,
) -> Result<StoragePoolLookupByUuidRet, Error> {
    let table = call.driver().pools().lock();
    let uuid = Uuid(args.uuid);
    let found = table.pools.get(&uuid);
    let found = found.ok_or(StorageError::UnknownUuid(uuid))?;
    call.allow(&found.target())?;
    Ok(StoragePoolLookupByUuidRet { pool: found.wire() })
}

async fn by_volume(
    call: Call<TestDriver>,
    args: StoragePoolLookupByVolumeArgs,
) -> Result<StoragePoolLookupByVolumeRet, Error> {
    Ok(StoragePoolLookupByVolumeRet {
        pool: named(&call, args.vol.pool)?,
    })
}

fn named(call: &Call<TestDriver>, name: String) -> Result<NonnullStoragePool, Error> {
    let table = call.driver().pools().lock();
    let found = table.by_name(&name);
    let found = found.ok_or(StorageError::UnknownName(name))?;
    call.allow(&found.target())?;
    Ok(found.wire())
}

async fn num(call: Call<TestDriver>, (): ()) -> Result<ConnectNumOfStoragePoolsRet, Error> {
    Ok(ConnectNumOfStoragePoolsRet {
        num: count(shown(&call, |pool| pool.is_active).len()),
    })
}

async fn names(
    call: Call<TestDriver>,
    args: ConnectListStoragePoolsArgs,
) -> Result<ConnectListStoragePoolsRet, Error> {
    let names = shown_names(&call, args.maxnames, |pool| pool.is_active);
    Ok(ConnectListStoragePoolsRet { names })
}

async fn num_defined(
    call: Call<TestDriver>,
    (): (),
) -> Result<ConnectNumOfDefinedStoragePoolsRet, Error> {
    Ok(ConnectNumOfDefinedStoragePoolsRet {
        num: count(shown(&call, |pool| !pool.is_active).len()),
    })
}

async fn defined(
    call: Call<TestDriver>,
    args: ConnectListDefinedStoragePoolsArgs,
) -> Result<ConnectListDefinedStoragePoolsRet, Error> {
    let names = shown_names(&call, args.maxnames, |pool| !pool.is_active);
    Ok(ConnectListDefinedStoragePoolsRet { names })
}

async fn all(
    call: Call<TestDriver>,
    args: ConnectListAllStoragePoolsArgs,
) -> Result<ConnectListAllStoragePoolsRet, Error> {
    let pools = shown(&call, |pool| matches(pool, args.flags));
    let (pools, ret) = answer(pools, args.need_results);
    Ok(ConnectListAllStoragePoolsRet { pools, ret })
}

/// Each pool of a sort that the call may know of.
fn shown(call: &Call<TestDriver>, sort: impl Fn(&Pool) -> bool) -> Vec<NonnullStoragePool> {
    let table = call.driver().pools().lock();
    let pools = table.pools.values();
    pools
        .filter(|pool| call.shows(&pool.target()) && sort(pool))
        .map(Pool::wire)
        .collect()
}

fn shown_names(call: &Call<TestDriver>, limit: i32, sort: impl Fn(&Pool) -> bool) -> Vec<String> {
    let pools = shown(call, sort).into_iter().take(at_most(limit));
    pools.map(|pool| pool.name).collect()
}

fn matches(pool: &Pool, flags: Flags) -> bool {
    let pair = |yes, no, holds| Pair {
        yes: flags.contains(yes),
        no: flags.contains(no),
        holds,
    };
    let kinds = flags & KINDS;
    fits(&[
        pair(Flags::ACTIVE, Flags::INACTIVE, pool.is_active),
        pair(Flags::PERSISTENT, Flags::TRANSIENT, pool.is_persistent),
        pair(Flags::AUTOSTART, Flags::NO_AUTOSTART, pool.autostart),
    ]) && is_of(kinds.iter(), |kind| *kind == flag_of(pool.document.kind))
}

/// The flags that ask for kinds of pools.
const KINDS: Flags = Flags::all()
    .difference(Flags::ACTIVE)
    .difference(Flags::INACTIVE)
    .difference(Flags::PERSISTENT)
    .difference(Flags::TRANSIENT)
    .difference(Flags::AUTOSTART)
    .difference(Flags::NO_AUTOSTART);

fn flag_of(kind: PoolKind) -> Flags {
    match kind {
        PoolKind::Dir => Flags::DIR,
        PoolKind::Fs => Flags::FS,
        PoolKind::Netfs => Flags::NETFS,
        PoolKind::Logical => Flags::LOGICAL,
        PoolKind::Disk => Flags::DISK,
        PoolKind::Iscsi => Flags::ISCSI,
        PoolKind::IscsiDirect => Flags::ISCSI_DIRECT,
        PoolKind::Scsi => Flags::SCSI,
        PoolKind::Mpath => Flags::MPATH,
        PoolKind::Rbd => Flags::RBD,
        PoolKind::Sheepdog => Flags::SHEEPDOG,
        PoolKind::Gluster => Flags::GLUSTER,
        PoolKind::Zfs => Flags::ZFS,
        PoolKind::Vstorage => Flags::VSTORAGE,
    }
}

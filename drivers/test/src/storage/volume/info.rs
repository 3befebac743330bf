//! What a volume is.

use documents::storage_pool::PoolKind;
use driver::{Call, Error, Routes};
use protocol::enums::StorageVolType;
use protocol::remote::{
    StorageVolGetInfo, StorageVolGetInfoArgs, StorageVolGetInfoRet, StorageVolGetPath,
    StorageVolGetPathArgs, StorageVolGetPathRet,
};

use crate::TestDriver;

pub(super) fn routes(routes: &mut Routes<TestDriver>) {
    routes
        .on::<StorageVolGetInfo>(info)
        .on::<StorageVolGetPath>(path);
}

async fn info(
    call: Call<TestDriver>,
    args: StorageVolGetInfoArgs,
) -> Result<StorageVolGetInfoRet, Error> {
    let pools = call.driver().pools();
    pools.read_volume(&call, &args.vol, |pool, volume| {
        let kind = kind_in(pool.document.kind).value();
        StorageVolGetInfoRet {
            r#type: i8::try_from(kind).unwrap_or_default(),
            capacity: volume.document.capacity.unwrap_or_default(),
            allocation: volume.allocation(),
        }
    })
}

/// What the volumes of a kind of pool are.
fn kind_in(pool: PoolKind) -> StorageVolType {
    match pool {
        PoolKind::Dir | PoolKind::Fs | PoolKind::Netfs | PoolKind::Vstorage => StorageVolType::File,
        PoolKind::Sheepdog | PoolKind::IscsiDirect | PoolKind::Gluster | PoolKind::Rbd => {
            StorageVolType::Network
        }
        PoolKind::Logical
        | PoolKind::Disk
        | PoolKind::Mpath
        | PoolKind::Iscsi
        | PoolKind::Scsi
        | PoolKind::Zfs => StorageVolType::Block,
    }
}

async fn path(
    call: Call<TestDriver>,
    args: StorageVolGetPathArgs,
) -> Result<StorageVolGetPathRet, Error> {
    let pools = call.driver().pools();
    let name = pools.read_volume(&call, &args.vol, |_, volume| volume.path().to_owned())?;
    Ok(StorageVolGetPathRet { name })
}

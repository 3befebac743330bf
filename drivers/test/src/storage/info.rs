//! What a storage pool is.

use driver::{Call, Error, Routes};
use protocol::enums::StoragePoolState;
use protocol::remote::{
    StoragePoolGetInfo, StoragePoolGetInfoArgs, StoragePoolGetInfoRet, StoragePoolIsActive,
    StoragePoolIsActiveArgs, StoragePoolIsActiveRet, StoragePoolIsPersistent,
    StoragePoolIsPersistentArgs, StoragePoolIsPersistentRet,
};

use super::CAPACITY;
use crate::TestDriver;

pub(super) fn routes(routes: &mut Routes<TestDriver>) {
    routes
        .on::<StoragePoolGetInfo>(info)
        .on::<StoragePoolIsActive>(is_active)
        .on::<StoragePoolIsPersistent>(is_persistent);
}

async fn info(
    call: Call<TestDriver>,
    args: StoragePoolGetInfoArgs,
) -> Result<StoragePoolGetInfoRet, Error> {
    call.driver().pools().read(&call, &args.pool, |pool| {
        let state = match pool.is_active {
            true => StoragePoolState::Running,
            false => StoragePoolState::Inactive,
        };
        let allocation = pool.allocation();
        Ok(StoragePoolGetInfoRet {
            state: u8::try_from(state.value()).unwrap_or_default(),
            capacity: CAPACITY,
            allocation,
            available: CAPACITY.saturating_sub(allocation),
        })
    })
}

async fn is_active(
    call: Call<TestDriver>,
    args: StoragePoolIsActiveArgs,
) -> Result<StoragePoolIsActiveRet, Error> {
    let pools = call.driver().pools();
    let active = pools.read(&call, &args.pool, |pool| Ok(pool.is_active))?;
    Ok(StoragePoolIsActiveRet {
        active: active.into(),
    })
}

async fn is_persistent(
    call: Call<TestDriver>,
    args: StoragePoolIsPersistentArgs,
) -> Result<StoragePoolIsPersistentRet, Error> {
    let pools = call.driver().pools();
    let persistent = pools.read(&call, &args.pool, |pool| Ok(pool.is_persistent))?;
    Ok(StoragePoolIsPersistentRet {
        persistent: persistent.into(),
    })
}

//! What a virtual network is.

use driver::{Call, Error, Routes};
use protocol::remote::{
    NetworkGetBridgeName, NetworkGetBridgeNameArgs, NetworkGetBridgeNameRet, NetworkIsActive,
    NetworkIsActiveArgs, NetworkIsActiveRet, NetworkIsPersistent, NetworkIsPersistentArgs,
    NetworkIsPersistentRet,
};

use super::error::NetworkError;
use crate::TestDriver;

pub(super) fn routes(routes: &mut Routes<TestDriver>) {
    routes
        .on::<NetworkIsActive>(is_active)
        .on::<NetworkIsPersistent>(is_persistent)
        .on::<NetworkGetBridgeName>(bridge_name);
}

async fn is_active(
    call: Call<TestDriver>,
    args: NetworkIsActiveArgs,
) -> Result<NetworkIsActiveRet, Error> {
    let active = call
        .driver()
        .networks()
        .read(&call, &args.net, |net| Ok(net.is_active))?;
    Ok(NetworkIsActiveRet {
        active: active.into(),
    })
}

async fn is_persistent(
    call: Call<TestDriver>,
    args: NetworkIsPersistentArgs,
) -> Result<NetworkIsPersistentRet, Error> {
    let networks = call.driver().networks();
    let persistent = networks.read(&call, &args.net, |net| Ok(net.is_persistent))?;
    Ok(NetworkIsPersistentRet {
        persistent: persistent.into(),
    })
}

async fn bridge_name(
    call: Call<TestDriver>,
    args: NetworkGetBridgeNameArgs,
) -> Result<NetworkGetBridgeNameRet, Error> {
    let name = call.driver().networks().read(&call, &args.net, |net| {
        let bridge = net
            .document
            .bridge
            .as_ref()
            .and_then(|bridge| bridge.name.clone());
        bridge.ok_or_else(|| NetworkError::NoBridge(net.name().to_owned()))
    })?;
    Ok(NetworkGetBridgeNameRet { name })
}

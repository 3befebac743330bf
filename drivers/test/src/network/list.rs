//! Finding virtual networks.

use documents::Uuid;
use driver::{Call, Error, Routes};
use protocol::flags::ConnectListAllNetworksFlags as Flags;
use protocol::remote::{
    ConnectListAllNetworks, ConnectListAllNetworksArgs, ConnectListAllNetworksRet,
    ConnectListDefinedNetworks, ConnectListDefinedNetworksArgs, ConnectListDefinedNetworksRet,
    ConnectListNetworks, ConnectListNetworksArgs, ConnectListNetworksRet,
    ConnectNumOfDefinedNetworks, ConnectNumOfDefinedNetworksRet, ConnectNumOfNetworks,
    ConnectNumOfNetworksRet, NetworkLookupByName, NetworkLookupByNameArgs, NetworkLookupByNameRet,
    NetworkLookupByUuid, NetworkLookupByUuidArgs, NetworkLookupByUuidRet,
};

use super::Net;
use super::error::NetworkError;
use crate::TestDriver;
use crate::select::{Pair, answer, at_most, count, fits};

pub(super) fn routes(routes: &mut Routes<TestDriver>) {
    routes
        .on::<NetworkLookupByName>(by_name)
        .on::<NetworkLookupByUuid>(by_uuid)
        .on::<ConnectNumOfNetworks>(num)
        .on::<ConnectListNetworks>(names)
        .on::<ConnectNumOfDefinedNetworks>(num_defined)
        .on::<ConnectListDefinedNetworks>(defined)
        .on::<ConnectListAllNetworks>(all);
}

async fn by_name(
    call: Call<TestDriver>,
    args: NetworkLookupByNameArgs,
) -> Result<NetworkLookupByNameRet, Error> {
    let table = call.driver().networks().lock();
    let net = table
        .by_name(&args.name)
        .ok_or(NetworkError::UnknownName(args.name))?;
    call.allow(&net.target())?;
    Ok(NetworkLookupByNameRet { net: net.wire() })
}

async fn by_uuid(
    call: Call<TestDriver>,
    args: NetworkLookupByUuidArgs,
) -> Result<NetworkLookupByUuidRet, Error> {
    let table = call.driver().networks().lock();
    let uuid = Uuid(args.uuid);
    let net = table
        .nets
        .get(&uuid)
        .ok_or(NetworkError::UnknownUuid(uuid))?;
    call.allow(&net.target())?;
    Ok(NetworkLookupByUuidRet { net: net.wire() })
}

async fn num(call: Call<TestDriver>, (): ()) -> Result<ConnectNumOfNetworksRet, Error> {
    let active = shown(&call, |net| net.is_active.then_some(()));
    Ok(ConnectNumOfNetworksRet {
        num: count(active.len()),
    })
}

async fn names(
    call: Call<TestDriver>,
    args: ConnectListNetworksArgs,
) -> Result<ConnectListNetworksRet, Error> {
    let mut names = shown(&call, |net| net.is_active.then(|| net.name().to_owned()));
    names.truncate(at_most(args.maxnames));
    Ok(ConnectListNetworksRet { names })
}

async fn num_defined(
    call: Call<TestDriver>,
    (): (),
) -> Result<ConnectNumOfDefinedNetworksRet, Error> {
    let inactive = shown(&call, |net| (!net.is_active).then_some(()));
    Ok(ConnectNumOfDefinedNetworksRet {
        num: count(inactive.len()),
    })
}

async fn defined(
    call: Call<TestDriver>,
    args: ConnectListDefinedNetworksArgs,
) -> Result<ConnectListDefinedNetworksRet, Error> {
    let mut names = shown(&call, |net| (!net.is_active).then(|| net.name().to_owned()));
    names.truncate(at_most(args.maxnames));
    Ok(ConnectListDefinedNetworksRet { names })
}

async fn all(
    call: Call<TestDriver>,
    args: ConnectListAllNetworksArgs,
) -> Result<ConnectListAllNetworksRet, Error> {
    let nets = shown(&call, |net| matches(net, args.flags).then(|| net.wire()));
    let (nets, ret) = answer(nets, args.need_results);
    Ok(ConnectListAllNetworksRet { nets, ret })
}

/// Something of each network that the call may know of.
fn shown<R>(call: &Call<TestDriver>, pick: impl Fn(&Net) -> Option<R>) -> Vec<R> {
    let table = call.driver().networks().lock();
    table
        .nets
        .values()
        .filter(|net| call.shows(&net.target()))
        .filter_map(pick)
        .collect()
}

fn matches(net: &Net, flags: Flags) -> bool {
    let pair = |yes, no, holds| Pair {
        yes: flags.contains(yes),
        no: flags.contains(no),
        holds,
    };
    fits(&[
        pair(Flags::ACTIVE, Flags::INACTIVE, net.is_active),
        pair(Flags::PERSISTENT, Flags::TRANSIENT, net.is_persistent),
        pair(Flags::AUTOSTART, Flags::NO_AUTOSTART, net.autostart),
    ])
}

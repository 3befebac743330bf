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
        num: i32::try_from(active.len()).unwrap_or(i32::MAX),
    })
}

async fn names(
    call: Call<TestDriver>,
    args: ConnectListNetworksArgs,
) -> Result<ConnectListNetworksRet, Error> {
    let mut names = shown(&call, |net| net.is_active.then(|| net.name().to_owned()));
    names.truncate(usize::try_from(args.maxnames).unwrap_or(0));
    Ok(ConnectListNetworksRet { names })
}

async fn num_defined(
    call: Call<TestDriver>,
    (): (),
) -> Result<ConnectNumOfDefinedNetworksRet, Error> {
    let inactive = shown(&call, |net| (!net.is_active).then_some(()));
    let num = i32::try_from(inactive.len()).unwrap_or(i32::MAX);
    Ok(ConnectNumOfDefinedNetworksRet { num })
}

async fn defined(
    call: Call<TestDriver>,
    args: ConnectListDefinedNetworksArgs,
) -> Result<ConnectListDefinedNetworksRet, Error> {
    let mut names = shown(&call, |net| (!net.is_active).then(|| net.name().to_owned()));
    names.truncate(usize::try_from(args.maxnames).unwrap_or(0));
    Ok(ConnectListDefinedNetworksRet { names })
}

async fn all(
    call: Call<TestDriver>,
    args: ConnectListAllNetworksArgs,
) -> Result<ConnectListAllNetworksRet, Error> {
    let mut nets = shown(&call, |net| matches(net, args.flags).then(|| net.wire()));
    let ret = u32::try_from(nets.len()).unwrap_or(u32::MAX);
    if args.need_results == 0 {
        nets.clear();
    }
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

/// Whether a network fits the flags: a pair without any flag takes all.
fn matches(net: &Net, flags: Flags) -> bool {
    let pairs = [
        (Flags::ACTIVE, Flags::INACTIVE, net.is_active),
        (Flags::PERSISTENT, Flags::TRANSIENT, net.is_persistent),
        (Flags::AUTOSTART, Flags::NO_AUTOSTART, net.autostart),
    ];
    pairs.into_iter().all(|(yes, no, holds)| {
        !flags.intersects(yes | no) || flags.contains(if holds { yes } else { no })
    })
}

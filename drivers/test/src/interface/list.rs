//! Finding interfaces.

use driver::{Call, Error, Routes};
use protocol::flags::ConnectListAllInterfacesFlags as Flags;
use protocol::remote::{
    ConnectListAllInterfaces, ConnectListAllInterfacesArgs, ConnectListAllInterfacesRet,
    ConnectListDefinedInterfaces, ConnectListDefinedInterfacesArgs,
    ConnectListDefinedInterfacesRet, ConnectListInterfaces, ConnectListInterfacesArgs,
    ConnectListInterfacesRet, ConnectNumOfDefinedInterfaces, ConnectNumOfDefinedInterfacesRet,
    ConnectNumOfInterfaces, ConnectNumOfInterfacesRet, InterfaceLookupByMacString,
    InterfaceLookupByMacStringArgs, InterfaceLookupByMacStringRet, InterfaceLookupByName,
    InterfaceLookupByNameArgs, InterfaceLookupByNameRet, NonnullInterface,
};

use super::error::InterfaceError;
use super::{Interface, unknown};
use crate::TestDriver;
use crate::select::{Pair, answer, at_most, count, fits};

pub(super) fn routes(routes: &mut Routes<TestDriver>) {
    routes
        .on::<InterfaceLookupByName>(by_name)
        .on::<InterfaceLookupByMacString>(by_mac)
        .on::<ConnectNumOfInterfaces>(num)
        .on::<ConnectListInterfaces>(names)
        .on::<ConnectNumOfDefinedInterfaces>(num_defined)
        .on::<ConnectListDefinedInterfaces>(defined)
        .on::<ConnectListAllInterfaces>(all);
}

async fn by_name(
    call: Call<TestDriver>,
    args: InterfaceLookupByNameArgs,
) -> Result<InterfaceLookupByNameRet, Error> {
    let table = call.driver().interfaces().lock();
    let found = table.interfaces.get(&args.name);
    let found = found.ok_or_else(|| unknown(&args.name))?;
    call.allow(&found.target())?;
    Ok(InterfaceLookupByNameRet {
        iface: found.wire(),
    })
}

async fn by_mac(
    call: Call<TestDriver>,
    args: InterfaceLookupByMacStringArgs,
) -> Result<InterfaceLookupByMacStringRet, Error> {
    let table = call.driver().interfaces().lock();
    let mut interfaces = table.interfaces.values();
    let mut next = || interfaces.find(|it| it.mac().eq_ignore_ascii_case(&args.mac));
    let (found, another) = (next(), next());
    let Some(found) = found else {
        return Err(InterfaceError::UnknownMac(args.mac).into());
    };
    if another.is_some() {
        return Err(InterfaceError::SeveralWithMac(args.mac).into());
    }
    call.allow(&found.target())?;
    Ok(InterfaceLookupByMacStringRet {
        iface: found.wire(),
    })
}

async fn num(call: Call<TestDriver>, (): ()) -> Result<ConnectNumOfInterfacesRet, Error> {
    Ok(ConnectNumOfInterfacesRet {
        num: count(shown(&call, |it| it.is_active).len()),
    })
}

async fn names(
    call: Call<TestDriver>,
    args: ConnectListInterfacesArgs,
) -> Result<ConnectListInterfacesRet, Error> {
    let names = shown_names(&call, args.maxnames, true);
    Ok(ConnectListInterfacesRet { names })
}

async fn num_defined(
    call: Call<TestDriver>,
    (): (),
) -> Result<ConnectNumOfDefinedInterfacesRet, Error> {
    Ok(ConnectNumOfDefinedInterfacesRet {
        num: count(shown(&call, |it| !it.is_active).len()),
    })
}

async fn defined(
    call: Call<TestDriver>,
    args: ConnectListDefinedInterfacesArgs,
) -> Result<ConnectListDefinedInterfacesRet, Error> {
    let names = shown_names(&call, args.maxnames, false);
    Ok(ConnectListDefinedInterfacesRet { names })
}

async fn all(
    call: Call<TestDriver>,
    args: ConnectListAllInterfacesArgs,
) -> Result<ConnectListAllInterfacesRet, Error> {
    let interfaces = shown(&call, |interface| {
        fits(&[Pair {
            yes: args.flags.contains(Flags::ACTIVE),
            no: args.flags.contains(Flags::INACTIVE),
            holds: interface.is_active,
        }])
    });
    let (ifaces, ret) = answer(interfaces, args.need_results);
    Ok(ConnectListAllInterfacesRet { ifaces, ret })
}

/// Each interface of a sort that the call may know of.
fn shown(call: &Call<TestDriver>, sort: impl Fn(&Interface) -> bool) -> Vec<NonnullInterface> {
    let table = call.driver().interfaces().lock();
    let interfaces = table.interfaces.values();
    interfaces
        .filter(|interface| call.shows(&interface.target()) && sort(interface))
        .map(Interface::wire)
        .collect()
}

fn shown_names(call: &Call<TestDriver>, limit: i32, active: bool) -> Vec<String> {
    let interfaces = shown(call, |it| it.is_active == active).into_iter();
    interfaces.map(|it| it.name).take(at_most(limit)).collect()
}

//! Finding devices.

use documents::node_device::NodeDevice;
use driver::{Call, Error, Routes};
use protocol::flags::ConnectListAllNodeDeviceFlags as Flags;
use protocol::remote::{
    ConnectListAllNodeDevices, ConnectListAllNodeDevicesArgs, ConnectListAllNodeDevicesRet,
    NodeDeviceLookupByName, NodeDeviceLookupByNameArgs, NodeDeviceLookupByNameRet, NodeListDevices,
    NodeListDevicesArgs, NodeListDevicesRet, NodeNumOfDevices, NodeNumOfDevicesArgs,
    NodeNumOfDevicesRet, NonnullNodeDevice,
};

use super::{capability, target, wire};
use crate::TestDriver;
use crate::select::{Pair, answer, at_most, count, fits, is_of};

pub(super) fn routes(routes: &mut Routes<TestDriver>) {
    routes
        .on::<NodeDeviceLookupByName>(by_name)
        .on::<NodeNumOfDevices>(num)
        .on::<NodeListDevices>(names)
        .on::<ConnectListAllNodeDevices>(all);
}

async fn by_name(
    call: Call<TestDriver>,
    args: NodeDeviceLookupByNameArgs,
) -> Result<NodeDeviceLookupByNameRet, Error> {
    let devices = call.driver().node_devices();
    let dev = devices.read(&call, &args.name, |_| Ok(wire(&args.name)))?;
    Ok(NodeDeviceLookupByNameRet { dev })
}

async fn num(
    call: Call<TestDriver>,
    args: NodeNumOfDevicesArgs,
) -> Result<NodeNumOfDevicesRet, Error> {
    let devices = shown(&call, |device| is(device, args.cap.as_deref()));
    Ok(NodeNumOfDevicesRet {
        num: count(devices.len()),
    })
}

async fn names(
    call: Call<TestDriver>,
    args: NodeListDevicesArgs,
) -> Result<NodeListDevicesRet, Error> {
    let devices = shown(&call, |device| is(device, args.cap.as_deref()));
    let names = devices.into_iter().map(|device| device.name);
    Ok(NodeListDevicesRet {
        names: names.take(at_most(args.maxnames)).collect(),
    })
}

async fn all(
    call: Call<TestDriver>,
    args: ConnectListAllNodeDevicesArgs,
) -> Result<ConnectListAllNodeDevicesRet, Error> {
    let (devices, ret) = answer(
        shown(&call, |it| matches(it, args.flags)),
        args.need_results,
    );
    Ok(ConnectListAllNodeDevicesRet { devices, ret })
}

/// Each device of a sort that the call may know of.
fn shown(call: &Call<TestDriver>, sort: impl Fn(&NodeDevice) -> bool) -> Vec<NonnullNodeDevice> {
    let table = call.driver().node_devices().lock();
    let devices = table.iter();
    devices
        .filter(|(name, device)| call.shows(&target(name)) && sort(device))
        .map(|(name, _)| wire(name))
        .collect()
}

fn is(device: &NodeDevice, word: Option<&str>) -> bool {
    is_of(word.into_iter(), |word| {
        capability::all(device).any(|(known, _)| known == *word)
    })
}

fn matches(device: &NodeDevice, flags: Flags) -> bool {
    let always = |yes, no| Pair {
        yes: flags.contains(yes),
        no: flags.contains(no),
        holds: true,
    };
    let kinds = flags & KINDS;
    fits(&[
        always(Flags::ACTIVE, Flags::INACTIVE),
        always(Flags::PERSISTENT, Flags::TRANSIENT),
    ]) && is_of(kinds.iter(), |kind| {
        capability::all(device).any(|(_, known)| known == *kind)
    })
}

/// The flags that ask for kinds of devices.
const KINDS: Flags = Flags::all()
    .difference(Flags::ACTIVE)
    .difference(Flags::INACTIVE)
    .difference(Flags::PERSISTENT)
    .difference(Flags::TRANSIENT);

//! What a device is.

use driver::{Call, Error, Routes};
use protocol::remote::{
    NodeDeviceGetParent, NodeDeviceGetParentArgs, NodeDeviceGetParentRet, NodeDeviceGetXmlDesc,
    NodeDeviceGetXmlDescArgs, NodeDeviceGetXmlDescRet, NodeDeviceIsActive, NodeDeviceIsActiveArgs,
    NodeDeviceIsActiveRet, NodeDeviceIsPersistent, NodeDeviceIsPersistentArgs,
    NodeDeviceIsPersistentRet, NodeDeviceListCaps, NodeDeviceListCapsArgs, NodeDeviceListCapsRet,
    NodeDeviceNumOfCaps, NodeDeviceNumOfCapsArgs, NodeDeviceNumOfCapsRet,
};

use super::capability;
use super::error::NodeDeviceError;
use crate::TestDriver;
use crate::select::{at_most, count};

pub(super) fn routes(routes: &mut Routes<TestDriver>) {
    routes
        .on::<NodeDeviceGetXmlDesc>(xml_desc)
        .on::<NodeDeviceGetParent>(parent)
        .on::<NodeDeviceNumOfCaps>(num_of_caps)
        .on::<NodeDeviceListCaps>(caps)
        .on::<NodeDeviceIsActive>(is_active)
        .on::<NodeDeviceIsPersistent>(is_persistent);
}

async fn xml_desc(
    call: Call<TestDriver>,
    args: NodeDeviceGetXmlDescArgs,
) -> Result<NodeDeviceGetXmlDescRet, Error> {
    // A device of this driver is not defined, so it is described as it is, whatever is asked for.
    let devices = call.driver().node_devices();
    let xml = devices.read(&call, &args.name, |device| Ok(xml::format(device)))?;
    Ok(NodeDeviceGetXmlDescRet { xml })
}

async fn parent(
    call: Call<TestDriver>,
    args: NodeDeviceGetParentArgs,
) -> Result<NodeDeviceGetParentRet, Error> {
    let devices = call.driver().node_devices();
    let parent = devices.read(&call, &args.name, |device| {
        let parent = device.parent.clone().and_then(|parent| parent.name);
        parent.ok_or(NodeDeviceError::IsRoot)
    })?;
    Ok(NodeDeviceGetParentRet {
        parent_name: Some(parent),
    })
}

async fn num_of_caps(
    call: Call<TestDriver>,
    args: NodeDeviceNumOfCapsArgs,
) -> Result<NodeDeviceNumOfCapsRet, Error> {
    let devices = call.driver().node_devices();
    let num = devices.read(&call, &args.name, |it| Ok(count(it.capabilities.len())))?;
    Ok(NodeDeviceNumOfCapsRet { num })
}

async fn caps(
    call: Call<TestDriver>,
    args: NodeDeviceListCapsArgs,
) -> Result<NodeDeviceListCapsRet, Error> {
    let devices = call.driver().node_devices();
    let names = devices.read(&call, &args.name, |device| {
        let capabilities = device.capabilities.iter();
        let names = capabilities.map(|it| capability::named(it).0.to_owned());
        Ok(names.take(at_most(args.maxnames)).collect())
    })?;
    Ok(NodeDeviceListCapsRet { names })
}

async fn is_active(
    call: Call<TestDriver>,
    args: NodeDeviceIsActiveArgs,
) -> Result<NodeDeviceIsActiveRet, Error> {
    let is = NodeDeviceIsActiveRet { active: 1 };
    call.driver()
        .node_devices()
        .read(&call, &args.name, |_| Ok(is))
}

async fn is_persistent(
    call: Call<TestDriver>,
    args: NodeDeviceIsPersistentArgs,
) -> Result<NodeDeviceIsPersistentRet, Error> {
    let is = NodeDeviceIsPersistentRet { persistent: 1 };
    call.driver()
        .node_devices()
        .read(&call, &args.name, |_| Ok(is))
}

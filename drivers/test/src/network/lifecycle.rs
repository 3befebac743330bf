//! Starting and stopping virtual networks.

use driver::{Call, Error, Routes};
use protocol::enums::NetworkEventLifecycleType as Event;
use protocol::flags::NetworkCreateFlags;
use protocol::remote::{
    NetworkCreate, NetworkCreateArgs, NetworkCreateXml, NetworkCreateXmlArgs,
    NetworkCreateXmlFlags, NetworkCreateXmlFlagsArgs, NetworkCreateXmlFlagsRet,
    NetworkCreateXmlRet, NetworkDestroy, NetworkDestroyArgs, NonnullNetwork,
};

use super::definition::parse;
use super::error::NetworkError;
use crate::TestDriver;

pub(super) fn routes(routes: &mut Routes<TestDriver>) {
    routes
        .on::<NetworkCreate>(create)
        .on::<NetworkCreateXml>(create_xml)
        .on::<NetworkCreateXmlFlags>(create_xml_flags)
        .on::<NetworkDestroy>(destroy);
}

async fn create(call: Call<TestDriver>, args: NetworkCreateArgs) -> Result<(), Error> {
    call.driver().networks().change(&call, &args.net, |net| {
        if net.is_active {
            return Err(NetworkError::AlreadyActive(net.name().to_owned()));
        }
        net.is_active = true;
        Ok(Some(Event::Started))
    })
}

async fn create_xml(
    call: Call<TestDriver>,
    args: NetworkCreateXmlArgs,
) -> Result<NetworkCreateXmlRet, Error> {
    Ok(NetworkCreateXmlRet {
        net: add_active(&call, &args.xml, false)?,
    })
}

async fn create_xml_flags(
    call: Call<TestDriver>,
    args: NetworkCreateXmlFlagsArgs,
) -> Result<NetworkCreateXmlFlagsRet, Error> {
    let validate = args.flags.contains(NetworkCreateFlags::VALIDATE);
    Ok(NetworkCreateXmlFlagsRet {
        net: add_active(&call, &args.xml, validate)?,
    })
}

fn add_active(
    call: &Call<TestDriver>,
    text: &str,
    validate: bool,
) -> Result<NonnullNetwork, Error> {
    let net = parse(text, validate)?;
    let networks = call.driver().networks();
    let mut table = networks.lock();
    call.allow(&net.target())?;
    table.check_identity(net.uuid, net.name())?;
    let known = table.nets.entry(net.uuid).or_insert(net);
    if known.is_active {
        return Err(NetworkError::AlreadyActive(known.name().to_owned()).into());
    }
    known.is_active = true;
    let wire = known.wire();
    networks.publish(wire.clone(), Event::Started);
    Ok(wire)
}

async fn destroy(call: Call<TestDriver>, args: NetworkDestroyArgs) -> Result<(), Error> {
    call.driver().networks().change(&call, &args.net, |net| {
        if !net.is_active {
            return Err(NetworkError::NotActive(net.name().to_owned()));
        }
        net.is_active = false;
        Ok(Some(Event::Stopped))
    })
}

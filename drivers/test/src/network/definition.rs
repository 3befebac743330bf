//! Definitions of virtual networks: define, undefine, autostart, XML.

use documents::network::Network;
use driver::store::FileName;
use driver::{Call, Error, Routes};
use protocol::enums::NetworkEventLifecycleType as Event;
use protocol::flags::NetworkDefineFlags;
use protocol::remote::{
    NetworkDefineXml, NetworkDefineXmlArgs, NetworkDefineXmlFlags, NetworkDefineXmlFlagsArgs,
    NetworkDefineXmlFlagsRet, NetworkDefineXmlRet, NetworkGetAutostart, NetworkGetAutostartArgs,
    NetworkGetAutostartRet, NetworkGetXmlDesc, NetworkGetXmlDescArgs, NetworkGetXmlDescRet,
    NetworkSetAutostart, NetworkSetAutostartArgs, NetworkUndefine, NetworkUndefineArgs,
    NonnullNetwork,
};

use super::Net;
use super::error::NetworkError;
use crate::TestDriver;

pub(super) fn routes(routes: &mut Routes<TestDriver>) {
    routes
        .on::<NetworkDefineXml>(define)
        .on::<NetworkDefineXmlFlags>(define_flags)
        .on::<NetworkUndefine>(undefine)
        .on::<NetworkGetXmlDesc>(xml_desc)
        .on::<NetworkGetAutostart>(autostart)
        .on::<NetworkSetAutostart>(set_autostart);
}

/// Reads a network's document, strictly if the caller wants it validated.
pub(super) fn parse(text: &str, validate: bool) -> Result<Net, Error> {
    let options = if validate {
        xml::Options::strict()
    } else {
        xml::Options::lenient()
    };
    let document: Network = xml::parse(text, &options)?;
    FileName::new(document.name.as_str())?;
    Ok(Net::new(document)?)
}

async fn define(
    call: Call<TestDriver>,
    args: NetworkDefineXmlArgs,
) -> Result<NetworkDefineXmlRet, Error> {
    Ok(NetworkDefineXmlRet {
        net: add(&call, &args.xml, false)?,
    })
}

async fn define_flags(
    call: Call<TestDriver>,
    args: NetworkDefineXmlFlagsArgs,
) -> Result<NetworkDefineXmlFlagsRet, Error> {
    let validate = args.flags.contains(NetworkDefineFlags::VALIDATE);
    Ok(NetworkDefineXmlFlagsRet {
        net: add(&call, &args.xml, validate)?,
    })
}

fn add(call: &Call<TestDriver>, text: &str, validate: bool) -> Result<NonnullNetwork, Error> {
    let net = parse(text, validate)?;
    let networks = call.driver().networks();
    let mut table = networks.lock();
    call.allow(&net.target())?;
    table.check_identity(net.uuid, net.name())?;
    let wire = net.wire();
    let known = table.nets.entry(net.uuid).or_insert_with(|| Net {
        uuid: net.uuid,
        document: Network::default(),
        is_persistent: false,
        is_active: false,
        autostart: false,
    });
    known.document = net.document;
    known.is_persistent = true;
    networks.publish(wire.clone(), Event::Defined);
    Ok(wire)
}

async fn undefine(call: Call<TestDriver>, args: NetworkUndefineArgs) -> Result<(), Error> {
    call.driver().networks().change(&call, &args.net, |net| {
        if !net.is_persistent {
            return Err(NetworkError::UndefineTransient);
        }
        net.is_persistent = false;
        net.autostart = false;
        Ok(Some(Event::Undefined))
    })
}

async fn xml_desc(
    call: Call<TestDriver>,
    args: NetworkGetXmlDescArgs,
) -> Result<NetworkGetXmlDescRet, Error> {
    let networks = call.driver().networks();
    let xml = networks.read(&call, &args.net, |net| Ok(xml::format(&net.document)))?;
    Ok(NetworkGetXmlDescRet { xml })
}

async fn autostart(
    call: Call<TestDriver>,
    args: NetworkGetAutostartArgs,
) -> Result<NetworkGetAutostartRet, Error> {
    let autostart = call
        .driver()
        .networks()
        .read(&call, &args.net, |net| Ok(net.autostart))?;
    Ok(NetworkGetAutostartRet {
        autostart: autostart.into(),
    })
}

async fn set_autostart(call: Call<TestDriver>, args: NetworkSetAutostartArgs) -> Result<(), Error> {
    call.driver().networks().change(&call, &args.net, |net| {
        if !net.is_persistent {
            return Err(NetworkError::AutostartTransient);
        }
        net.autostart = args.autostart != 0;
        Ok(None)
    })
}

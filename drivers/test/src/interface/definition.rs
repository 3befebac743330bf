//! Definitions of interfaces: define, undefine, XML.

use documents::interface::HostInterface;
use driver::{Call, Error, Routes};
use protocol::flags::InterfaceDefineFlags;
use protocol::remote::{
    InterfaceDefineXml, InterfaceDefineXmlArgs, InterfaceDefineXmlRet, InterfaceGetXmlDesc,
    InterfaceGetXmlDescArgs, InterfaceGetXmlDescRet, InterfaceUndefine, InterfaceUndefineArgs,
};

use super::{Interface, complete, unknown};
use crate::{TestDriver, flags};

pub(super) fn routes(routes: &mut Routes<TestDriver>) {
    routes
        .on::<InterfaceDefineXml>(define)
        .on::<InterfaceUndefine>(undefine)
        .on::<InterfaceGetXmlDesc>(xml_desc);
}

async fn define(
    call: Call<TestDriver>,
    args: InterfaceDefineXmlArgs,
) -> Result<InterfaceDefineXmlRet, Error> {
    let options = match args.flags.contains(InterfaceDefineFlags::VALIDATE) {
        true => xml::Options::strict(),
        false => xml::Options::lenient(),
    };
    let document: HostInterface = xml::parse(&args.xml, &options)?;
    let mut new = Interface {
        document: complete::checked(document)?,
        is_active: false,
    };
    call.allow(&new.target())?;
    let mut table = call.driver().interfaces().lock();
    let known = table.interfaces.get(new.name());
    new.is_active = known.is_some_and(|known| known.is_active);
    let iface = new.wire();
    table.interfaces.insert(iface.name.clone(), new);
    Ok(InterfaceDefineXmlRet { iface })
}

async fn undefine(call: Call<TestDriver>, args: InterfaceUndefineArgs) -> Result<(), Error> {
    let mut table = call.driver().interfaces().lock();
    let found = table.interfaces.get(&args.iface.name);
    let found = found.ok_or_else(|| unknown(&args.iface.name))?;
    call.allow(&found.target())?;
    table.interfaces.remove(&args.iface.name);
    Ok(())
}

async fn xml_desc(
    call: Call<TestDriver>,
    args: InterfaceGetXmlDescArgs,
) -> Result<InterfaceGetXmlDescRet, Error> {
    flags::none(args.flags.bits(), "virInterfaceGetXMLDesc")?;
    let interfaces = call.driver().interfaces();
    let xml = interfaces.with(&call, &args.iface, |it| Ok(xml::format(&it.document)))?;
    Ok(InterfaceGetXmlDescRet { xml })
}

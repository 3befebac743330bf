//! Documents as QEMU's own command lines.

use documents::domain::Domain;
use driver::{Call, Error, Routes};
use protocol::error::Code;
use protocol::remote::{
    ConnectDomainXmlToNative, ConnectDomainXmlToNativeArgs, ConnectDomainXmlToNativeRet,
};

use super::document;
use crate::command_line;
use crate::domain::{self, PortUse};
use crate::driver::QemuDriver;
use crate::vm::DRIVER;

/// The one format that there is.
const FORMAT: &str = "qemu-argv";

/// What is served here.
pub(super) fn routes(routes: &mut Routes<QemuDriver>) {
    routes.on::<ConnectDomainXmlToNative>(to_native);
}

async fn to_native(
    call: Call<QemuDriver>,
    args: ConnectDomainXmlToNativeArgs,
) -> Result<ConnectDomainXmlToNativeRet, Error> {
    if args.native_format != FORMAT {
        let text = format!(
            "unsupported config type {}: choose {FORMAT}",
            args.native_format
        );
        return Err(Error::new(Code::InvalidArg, text));
    }
    let driver = call.driver();
    let document: Domain = xml::parse(&args.domain_xml, &xml::Options::lenient())?;
    let (checked, capabilities) = document::checked(driver, document).await?;
    let processor = driver.capabilities().host_processor().await;
    let live = {
        let mut next_port = |wanted| match wanted {
            PortUse::Vnc => Some(driver.config().display_ports.0),
            PortUse::VncWebsocket => Some(5700),
        };
        let mut start = domain::Start {
            id: -1,
            home: driver
                .layout()
                .lib_dir(DRIVER)
                .join(domain::directory_name(-1, &checked.document().name)),
            channel_dir: driver.layout().state_dir(DRIVER).join("channel"),
            vnc_listen: driver.config().vnc_listen.clone(),
            next_port: &mut next_port,
            capabilities: &capabilities,
            processor: processor.definition.as_ref(),
            counter: processor.counter,
        };
        domain::live(&checked, &mut start)?
    };
    let now = jiff::Timestamp::now().as_second();
    let library_dir = driver.layout().lib_dir(DRIVER);
    let surroundings = driver.host().surroundings();
    let command = command_line::show(&live, &capabilities, &library_dir, now, &surroundings)?;
    Ok(ConnectDomainXmlToNativeRet {
        native_config: command.to_shell(),
    })
}

//! `iface-dumpxml`: the document of a host interface.

use ferrovirt::flags::InterfaceXmlFlags;

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt, WRAP, XPATH};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "iface-dumpxml",
    group: Group::Interface,
    summary: "interface information in XML",
    description: "Output the host interface information as an XML dump to stdout.",
    options: &[
        Opt::text("interface", "interface name").required(),
        Opt::flag("inactive", "show inactive defined XML"),
        XPATH,
        WRAP,
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let name = arguments.required("interface")?;
    let mut flags = InterfaceXmlFlags::empty();
    flags.set(InterfaceXmlFlags::INACTIVE, arguments.flag("inactive"));
    let connection = shell.connection().await?;
    let found = connection
        .lookup_interface(name)
        .await
        .map_err(Failure::call(format!("failed to get interface '{name}'")))?;
    let xml = found.xml(flags).await?;
    shell.show_document(arguments, "xml", xml)
}

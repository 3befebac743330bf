//! `iface-dumpxml`: the document of a host interface.

use ferrovirt::flags::InterfaceXmlFlags;

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt, WRAP, XPATH};
use crate::failure::Failure;
use crate::objects::INTERFACE;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "iface-dumpxml",
    group: Group::Interface,
    summary: "interface information in XML",
    description: "Output the host interface information as an XML dump to stdout.",
    options: &[
        INTERFACE,
        Opt::flag("inactive", "show inactive defined XML"),
        XPATH,
        WRAP,
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let mut flags = InterfaceXmlFlags::empty();
    flags.set(InterfaceXmlFlags::INACTIVE, arguments.flag("inactive"));
    let found = shell.interface(arguments).await?;
    let xml = found.xml(flags).await?;
    shell.show_document(arguments, "xml", xml)
}

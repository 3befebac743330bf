//! `net-dumpxml`: the document of a network.

use ferrovirt::flags::NetworkXmlFlags;

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt, WRAP, XPATH};
use crate::failure::Failure;
use crate::objects::NETWORK;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "net-dumpxml",
    group: Group::Network,
    summary: "network information in XML",
    description: "Output the network information as an XML dump to stdout.",
    options: &[
        NETWORK,
        Opt::flag("inactive", "show inactive defined XML"),
        XPATH,
        WRAP,
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let mut flags = NetworkXmlFlags::empty();
    flags.set(NetworkXmlFlags::INACTIVE, arguments.flag("inactive"));
    let found = shell.network(arguments).await?;
    let xml = found.xml(flags).await?;
    shell.show_document(arguments, "xml", xml)
}

//! `net-dumpxml`: the document of a network.

use ferrovirt::flags::NetworkXmlFlags;

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt, WRAP, XPATH};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "net-dumpxml",
    group: Group::Network,
    summary: "network information in XML",
    description: "Output the network information as an XML dump to stdout.",
    options: &[
        Opt::text("network", "network name").required(),
        Opt::flag("inactive", "show inactive defined XML"),
        XPATH,
        WRAP,
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let name = arguments.required("network")?;
    let mut flags = NetworkXmlFlags::empty();
    flags.set(NetworkXmlFlags::INACTIVE, arguments.flag("inactive"));
    let connection = shell.connection().await?;
    let found = connection
        .lookup_network(name)
        .await
        .map_err(Failure::call(format!("failed to get network '{name}'")))?;
    let xml = found.xml(flags).await?;
    shell.show_document(arguments, "xml", xml)
}

//! `nodedev-dumpxml`: the document of a node device.

use ferrovirt::flags::NodeDeviceXmlFlags;

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt, WRAP, XPATH};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "nodedev-dumpxml",
    group: Group::NodeDevice,
    summary: "node device details in XML",
    description: "Output the node device information as an XML dump to stdout.",
    options: &[
        Opt::text("device", "device name").required(),
        Opt::flag("inactive", "show inactive defined XML"),
        XPATH,
        WRAP,
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let name = arguments.required("device")?;
    let mut flags = NodeDeviceXmlFlags::empty();
    flags.set(NodeDeviceXmlFlags::INACTIVE, arguments.flag("inactive"));
    let connection = shell.connection().await?;
    let found = connection
        .lookup_node_device(name)
        .await
        .map_err(Failure::call(format!("failed to get device '{name}'")))?;
    let xml = found.xml(flags).await?;
    shell.show_document(arguments, "xml", xml)
}

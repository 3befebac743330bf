//! `nodedev-dumpxml`: the document of a node device.

use ferrovirt::flags::NodeDeviceXmlFlags;

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt, WRAP, XPATH};
use crate::failure::Failure;
use crate::objects::DEVICE;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "nodedev-dumpxml",
    group: Group::NodeDevice,
    summary: "node device details in XML",
    description: "Output the node device information as an XML dump to stdout.",
    options: &[
        DEVICE,
        Opt::flag("inactive", "show inactive defined XML"),
        XPATH,
        WRAP,
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let mut flags = NodeDeviceXmlFlags::empty();
    flags.set(NodeDeviceXmlFlags::INACTIVE, arguments.flag("inactive"));
    let found = shell.node_device(arguments).await?;
    let xml = found.xml(flags).await?;
    shell.show_document(arguments, "xml", xml)
}

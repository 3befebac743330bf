//! `nodedev-create`: make a device of the host.

use ferrovirt::flags::NodeDeviceCreateXmlFlags;

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::from_file::from_file;
use crate::objects::{VALIDATE, file, given};
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "nodedev-create",
    group: Group::NodeDevice,
    summary: "create a device defined by an XML file on the node",
    description: "Create a device on the node.  Note that this command creates devices on the physical host that can then be assigned to a virtual machine.",
    options: &[
        file("file containing an XML description of the device"),
        VALIDATE,
    ],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let flags = given(
        arguments,
        [("validate", NodeDeviceCreateXmlFlags::VALIDATE)],
    );
    let (made, path) = from_file(
        shell,
        arguments,
        "create node device",
        async |connection, xml| connection.create_node_device(&xml, flags).await,
    )
    .await?;
    shell.note(&format!("Node device {} created from {path}", made.name()))
}

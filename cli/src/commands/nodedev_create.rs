//! `nodedev-create`: make a device of the host.

use ferrovirt::flags::NodeDeviceCreateXmlFlags;

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::objects::{VALIDATE, file, given};
use crate::shell::Shell;
use crate::shell::read_file;

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
    let path = arguments.required("file")?;
    let xml = read_file(path)?;
    let flags = given(
        arguments,
        [("validate", NodeDeviceCreateXmlFlags::VALIDATE)],
    );
    let connection = shell.connection().await?;
    let made = connection
        .create_node_device(&xml, flags)
        .await
        .map_err(Failure::call(format!(
            "Failed to create node device from {path}"
        )))?;
    shell.note(&format!("Node device {} created from {path}", made.name()))
}

//! `nodedev-define`: define a device of the host.

use ferrovirt::flags::NodeDeviceDefineXmlFlags;

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::objects::{VALIDATE, file, given};
use crate::shell::Shell;
use crate::shell::read_file;

pub(crate) const COMMAND: Command = Command {
    name: "nodedev-define",
    group: Group::NodeDevice,
    summary: "Define or modify a device by an xml file on a node",
    description: "Defines or modifies a persistent device on the node that can be assigned to a domain. The device must be started before it can be assigned to a domain.",
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
        [("validate", NodeDeviceDefineXmlFlags::VALIDATE)],
    );
    let connection = shell.connection().await?;
    let made = connection
        .define_node_device(&xml, flags)
        .await
        .map_err(Failure::call(format!(
            "Failed to define node device from '{path}'"
        )))?;
    shell.note(&format!(
        "Node device '{}' defined from '{path}'",
        made.name()
    ))
}

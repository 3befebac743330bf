//! `nodedev-destroy`: remove a device of the host.

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::objects::DEVICE;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "nodedev-destroy",
    group: Group::NodeDevice,
    summary: "destroy (stop) a device on the node",
    description: "Destroy a device on the node.  Note that this command destroys devices on the physical host.",
    options: &[DEVICE],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let found = shell.node_device(arguments).await?;
    let name = found.name();
    found.destroy().await.map_err(Failure::call(format!(
        "Failed to destroy node device '{name}'"
    )))?;
    shell.note(&format!("Destroyed node device '{name}'"))
}

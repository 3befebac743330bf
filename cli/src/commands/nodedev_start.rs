//! `nodedev-start`: start a defined device of the host.

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "nodedev-start",
    group: Group::NodeDevice,
    summary: "Start an inactive node device",
    description: "Starts an inactive node device that was previously defined.",
    options: &[Opt::text("device", "device name").required()],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let found = shell.node_device(arguments).await?;
    let name = found.name();
    found
        .start()
        .await
        .map_err(Failure::call(format!("Failed to start device {name}")))?;
    shell.note(&format!("Device {name} started"))
}

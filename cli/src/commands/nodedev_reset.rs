//! `nodedev-reset`: reset a device of the host.

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "nodedev-reset",
    group: Group::NodeDevice,
    summary: "reset node device",
    description: "Reset node device before or after assigning to a domain.",
    options: &[Opt::text("device", "device key").required()],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let found = shell.node_device(arguments).await?;
    let name = found.name();
    found
        .reset()
        .await
        .map_err(Failure::call(format!("Failed to reset device {name}")))?;
    shell.note(&format!("Device {name} reset"))
}

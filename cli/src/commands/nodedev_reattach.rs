//! `nodedev-reattach`: give a device back to its host driver.

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "nodedev-reattach",
    group: Group::NodeDevice,
    summary: "reattach node device to its device driver",
    description: "Reattach node device to its device driver once released by the domain.",
    options: &[Opt::text("device", "device key").required()],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let found = shell.node_device(arguments).await?;
    let name = found.name();
    found
        .reattach()
        .await
        .map_err(Failure::call(format!("Failed to re-attach device {name}")))?;
    shell.note(&format!("Device {name} re-attached"))
}

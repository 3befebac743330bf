//! `nodedev-undefine`: forget a device of the host.

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::objects::DEVICE;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "nodedev-undefine",
    group: Group::NodeDevice,
    summary: "Undefine an inactive node device",
    description: "Undefines the configuration for an inactive node device.",
    options: &[DEVICE],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let found = shell.node_device(arguments).await?;
    let name = found.name();
    found.undefine().await.map_err(Failure::call(format!(
        "Failed to undefine node device '{name}'"
    )))?;
    shell.note(&format!("Undefined node device '{name}'"))
}

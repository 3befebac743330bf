//! `iface-start`: bring an interface up.

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::objects::INTERFACE;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "iface-start",
    group: Group::Interface,
    summary: "start a physical host interface (enable it / \"if-up\")",
    description: "start a physical host interface.",
    options: &[INTERFACE],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let found = shell.interface(arguments).await?;
    let name = found.name();
    found
        .start()
        .await
        .map_err(Failure::call(format!("Failed to start interface {name}")))?;
    shell.note(&format!("Interface {name} started"))
}

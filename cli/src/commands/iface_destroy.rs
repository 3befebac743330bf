//! `iface-destroy`: take an interface down.

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::objects::INTERFACE;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "iface-destroy",
    group: Group::Interface,
    summary: "destroy a physical host interface (disable it / \"if-down\")",
    description: "forcefully stop a physical host interface.",
    options: &[INTERFACE],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let found = shell.interface(arguments).await?;
    let name = found.name();
    found
        .destroy()
        .await
        .map_err(Failure::call(format!("Failed to destroy interface {name}")))?;
    shell.note(&format!("Interface {name} destroyed"))
}

//! `iface-begin`: begin changes to interfaces that can be taken back.

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "iface-begin",
    group: Group::Interface,
    summary: "create a snapshot of current interfaces settings, which can be later committed (iface-commit) or restored (iface-rollback)",
    description: "Create a restore point for interfaces settings.",
    options: &[],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, _: &Arguments) -> Result<(), Failure> {
    let connection = shell.connection().await?;
    connection
        .begin_interface_changes()
        .await
        .map_err(Failure::call(
            "Failed to begin network config change transaction",
        ))?;
    shell.note("Network config change transaction started")
}

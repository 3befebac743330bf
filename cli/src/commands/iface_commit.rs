//! `iface-commit`: keep the changes to interfaces.

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "iface-commit",
    group: Group::Interface,
    summary: "commit changes made since iface-begin and free restore point",
    description: "commit changes and free restore point.",
    options: &[],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, _: &Arguments) -> Result<(), Failure> {
    let connection = shell.connection().await?;
    connection
        .commit_interface_changes()
        .await
        .map_err(Failure::call(
            "Failed to commit network config change transaction",
        ))?;
    shell.note("Network config change transaction committed")
}

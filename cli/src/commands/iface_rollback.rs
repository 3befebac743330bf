//! `iface-rollback`: take the changes to interfaces back.

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "iface-rollback",
    group: Group::Interface,
    summary: "rollback to previous saved configuration created via iface-begin",
    description: "rollback to previous restore point.",
    options: &[],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, _: &Arguments) -> Result<(), Failure> {
    let connection = shell.connection().await?;
    connection
        .roll_back_interface_changes()
        .await
        .map_err(Failure::call(
            "Failed to rollback network config change transaction",
        ))?;
    shell.note("Network config change transaction rolled back")
}

//! `capabilities`: capabilities.

use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "capabilities",
    group: Group::Host,
    summary: "capabilities",
    description: "Returns capabilities of hypervisor/driver.",
    options: &[],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Shown {
    capabilities: String,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let connection = shell.connection().await?;
    let capabilities = connection.capabilities().await?;
    shell.show(arguments, &Shown { capabilities }, |shown| {
        format!("{}\n", shown.capabilities)
    })
}

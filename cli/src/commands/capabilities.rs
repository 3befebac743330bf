//! `capabilities`: capabilities.

use crate::arguments::Arguments;
use crate::command::{Command, Group, WRAP, XPATH};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "capabilities",
    group: Group::Host,
    summary: "capabilities",
    description: "Returns capabilities of hypervisor/driver.",
    options: &[XPATH, WRAP],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let connection = shell.connection().await?;
    let capabilities = connection.capabilities().await?;
    shell.show_document(arguments, "capabilities", capabilities)
}

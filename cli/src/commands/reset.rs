//! `reset`: reset a domain.

use crate::arguments::Arguments;
use crate::command::{Command, DOMAIN, Group};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "reset",
    group: Group::Domain,
    summary: "reset a domain",
    description: "Reset the target domain as if by power button.",
    options: &[DOMAIN],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let domain = shell.domain(arguments).await?;
    let name = domain.name();
    domain
        .reset()
        .await
        .map_err(Failure::call(format!("Failed to reset domain '{name}'")))?;
    shell.note(&format!("Domain '{name}' was reset"))
}

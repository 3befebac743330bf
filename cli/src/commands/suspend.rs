//! `suspend`: suspend a domain.

use crate::arguments::Arguments;
use crate::command::{Command, DOMAIN, Group};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "suspend",
    group: Group::Domain,
    summary: "suspend a domain",
    description: "Suspend a running domain.",
    options: &[DOMAIN],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let domain = shell.domain(arguments).await?;
    let name = domain.name();
    domain
        .suspend()
        .await
        .map_err(Failure::call(format!("Failed to suspend domain '{name}'")))?;
    shell.note(&format!("Domain '{name}' suspended"))
}

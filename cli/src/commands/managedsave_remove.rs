//! `managedsave-remove`: forget where a domain would go on.

use crate::arguments::Arguments;
use crate::command::{Command, DOMAIN, Group};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "managedsave-remove",
    group: Group::Domain,
    summary: "Remove managed save of a domain",
    description: "Remove an existing managed save state file from a domain.",
    options: &[DOMAIN],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let domain = shell.domain(arguments).await?;
    let name = domain.name();
    let checked = domain.has_managed_save().await;
    let saved = checked.map_err(Failure::call(
        "Failed to check for domain managed save image",
    ))?;
    if !saved {
        // Without the end of the line, as scripts know it.
        return shell.remark(&format!(
            "Domain '{name}' has no manage save image; removal skipped"
        ));
    }
    domain
        .remove_managed_save()
        .await
        .map_err(Failure::call(format!(
            "Failed to remove managed save image for domain '{name}'"
        )))?;
    shell.note(&format!("Removed managedsave image for domain '{name}'"))
}

//! `restore`: let a saved domain go on.

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::failure::Failure;
use crate::saved::{XML, document, flags, image, path};
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "restore",
    group: Group::Domain,
    summary: "restore a domain from a saved state in a file",
    description: "Restore a domain.",
    options: &[
        image("the state to restore"),
        Opt::flag("bypass-cache", "avoid file system cache when restoring"),
        XML,
        Opt::flag("running", "restore domain into running state"),
        Opt::flag("paused", "restore domain into paused state"),
        Opt::flag(
            "reset-nvram",
            "re-initialize NVRAM from its pristine template",
        ),
    ],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let (file, xml, flags) = (path(arguments)?, document(arguments)?, flags(arguments));
    let word = arguments.required("file")?;
    let connection = shell.connection().await?;
    let restored = match xml.is_none() && flags.is_empty() {
        true => connection.restore_domain(&file).await,
        false => {
            connection
                .restore_domain_with(&file, xml.as_deref(), flags)
                .await
        }
    };
    restored.map_err(Failure::call(format!(
        "Failed to restore domain from {word}"
    )))?;
    shell.note(&format!("Domain restored from {word}"))
}

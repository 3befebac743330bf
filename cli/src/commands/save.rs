//! `save`: save a running domain into a file, and stop it.

use crate::arguments::Arguments;
use crate::command::{Command, DOMAIN, Group, Opt};
use crate::failure::Failure;
use crate::saved::{XML, document, flags, image, path};
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "save",
    group: Group::Domain,
    summary: "save a domain state to a file",
    description: "Save the RAM state of a running domain.",
    options: &[
        DOMAIN,
        image("where to save the data"),
        Opt::flag("bypass-cache", "avoid file system cache when saving"),
        XML,
        Opt::flag("running", "set domain to be running on restore"),
        Opt::flag("paused", "set domain to be paused on restore"),
    ],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let domain = shell.domain(arguments).await?;
    let (file, xml, flags) = (path(arguments)?, document(arguments)?, flags(arguments));
    let word = arguments.required("file")?;
    let saved = match xml.is_none() && flags.is_empty() {
        true => domain.save(&file).await,
        false => domain.save_with(&file, xml.as_deref(), flags).await,
    };
    let name = domain.name();
    saved.map_err(Failure::call(format!(
        "Failed to save domain '{name}' to {word}"
    )))?;
    shell.note(&format!("\nDomain '{name}' saved to {word}"))
}

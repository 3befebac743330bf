//! `create`: start a transient domain from its document.

use crate::arguments::Arguments;
use crate::command::{Command, FILE, Group, Opt};
use crate::commands::pass_fds::{PASS_FDS, files};
use crate::commands::{console, start};
use crate::failure::Failure;
use crate::shell::{Shell, read_file};

pub(crate) const COMMAND: Command = Command {
    name: "create",
    group: Group::Domain,
    summary: "create a domain from an XML file",
    description: "Create a domain.",
    options: &[
        FILE,
        Opt::flag("console", "attach to console after creation"),
        Opt::flag("paused", "leave the guest paused after creation"),
        Opt::flag(
            "autodestroy",
            "automatically destroy the guest when virsh disconnects",
        ),
        PASS_FDS,
        Opt::flag("validate", "validate the XML against the schema"),
        Opt::flag(
            "reset-nvram",
            "re-initialize NVRAM from its pristine template",
        ),
    ],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let file = arguments.required("file")?;
    let xml = read_file(file)?;
    let connection = shell.connection().await?;
    let flags = start::flags(arguments);
    let created = match files(arguments)? {
        None => connection.create_domain_with(&xml, flags).await,
        Some(files) => {
            connection
                .create_domain_with_files(&xml, files, flags)
                .await
        }
    };
    let domain = created.map_err(Failure::call(format!(
        "Failed to create domain from {file}"
    )))?;
    shell.note(&format!("Domain '{}' created from {file}", domain.name()))?;
    if arguments.flag("console") {
        return console::attach(shell, &domain, None, Default::default()).await;
    }
    Ok(())
}

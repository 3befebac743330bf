//! `autostart`: say whether a domain starts with the host.

use crate::arguments::Arguments;
use crate::command::{Command, DOMAIN, Group, Opt};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "autostart",
    group: Group::Domain,
    summary: "autostart a domain",
    description: "Configure a domain to be automatically started at boot.",
    options: &[DOMAIN, Opt::flag("disable", "disable autostarting")],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let domain = shell.domain(arguments).await?;
    let name = domain.name();
    let disable = arguments.flag("disable");
    let (verb, mark) = if disable {
        ("unmark", "unmarked")
    } else {
        ("mark", "marked")
    };
    domain
        .set_autostart(!disable)
        .await
        .map_err(Failure::call(format!(
            "Failed to {verb} domain '{name}' as autostarted"
        )))?;
    shell.note(&format!("Domain '{name}' {mark} as autostarted"))
}

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
    options: &[
        DOMAIN,
        Opt::flag("disable", "disable autostarting"),
        Opt::flag("once", "only at the next boot of the host"),
    ],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let domain = shell.domain(arguments).await?;
    let name = domain.name();
    let (disable, once) = (arguments.flag("disable"), arguments.flag("once"));
    let (verb, mark) = match disable {
        true => ("unmark", "unmarked"),
        false => ("mark", "marked"),
    };
    let (done, when) = match once {
        true => (domain.set_autostart_once(!disable).await, " on next boot"),
        false => (domain.set_autostart(!disable).await, ""),
    };
    done.map_err(Failure::call(format!(
        "Failed to {verb} domain '{name}' as autostarted{when}"
    )))?;
    shell.note(&format!("Domain '{name}' {mark} as autostarted{when}"))
}

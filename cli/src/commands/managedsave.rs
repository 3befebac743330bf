//! `managedsave`: save a domain where its next start finds it.

use crate::arguments::Arguments;
use crate::command::{Command, DOMAIN, Group, Opt};
use crate::failure::Failure;
use crate::saved::flags;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "managedsave",
    group: Group::Domain,
    summary: "managed save of a domain state",
    description: "Save and destroy a running domain, so it can be restarted from\n\
        the same state at a later time.  When the virsh 'start'\n\
        command is next run for the domain, it will automatically\n\
        be started from this saved state.",
    options: &[
        DOMAIN,
        Opt::flag("bypass-cache", "avoid file system cache when saving"),
        Opt::flag("running", "set domain to be running on next start"),
        Opt::flag("paused", "set domain to be paused on next start"),
    ],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let domain = shell.domain(arguments).await?;
    let name = domain.name();
    domain
        .managed_save(flags(arguments))
        .await
        .map_err(Failure::call(format!(
            "Failed to save domain '{name}' state"
        )))?;
    shell.note(&format!("\nDomain '{name}' state saved by libvirt"))
}

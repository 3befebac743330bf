//! `destroy`: stop a domain at once.

use ferrovirt::flags::DomainDestroyFlagsValues;

use crate::arguments::Arguments;
use crate::command::{Command, DOMAIN, Group, Opt};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "destroy",
    group: Group::Domain,
    summary: "destroy (stop) a domain",
    description: "Forcefully stop a given domain, but leave its resources intact.",
    options: &[
        DOMAIN,
        Opt::flag("graceful", "terminate gracefully"),
        Opt::flag("remove-logs", "remove domain logs"),
    ],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let domain = shell.domain(arguments).await?;
    let name = domain.name();
    let mut flags = DomainDestroyFlagsValues::empty();
    flags.set(
        DomainDestroyFlagsValues::GRACEFUL,
        arguments.flag("graceful"),
    );
    flags.set(
        DomainDestroyFlagsValues::REMOVE_LOGS,
        arguments.flag("remove-logs"),
    );
    domain
        .destroy_with(flags)
        .await
        .map_err(Failure::call(format!("Failed to destroy domain '{name}'")))?;
    shell.note(&format!("Domain '{name}' destroyed"))
}

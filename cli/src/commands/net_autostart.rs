//! `net-autostart`: say whether a network starts with the host.

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::objects::{DISABLE, NETWORK};
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "net-autostart",
    group: Group::Network,
    summary: "autostart a network",
    description: "Configure a network to be automatically started at boot.",
    options: &[NETWORK, DISABLE],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let found = shell.network(arguments).await?;
    let name = found.name();
    let (failed, done) = match arguments.flag("disable") {
        true => (
            format!("failed to unmark network {name} as autostarted"),
            format!("Network {name} unmarked as autostarted"),
        ),
        false => (
            format!("failed to mark network {name} as autostarted"),
            format!("Network {name} marked as autostarted"),
        ),
    };
    found
        .set_autostart(!arguments.flag("disable"))
        .await
        .map_err(Failure::call(failed))?;
    shell.note(&done)
}

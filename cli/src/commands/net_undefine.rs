//! `net-undefine`: forget a network.

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::objects::NETWORK;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "net-undefine",
    group: Group::Network,
    summary: "undefine a persistent network",
    description: "Undefine the configuration for a persistent network.",
    options: &[NETWORK],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let found = shell.network(arguments).await?;
    let name = found.name();
    found
        .undefine()
        .await
        .map_err(Failure::call(format!("Failed to undefine network {name}")))?;
    shell.note(&format!("Network {name} has been undefined"))
}

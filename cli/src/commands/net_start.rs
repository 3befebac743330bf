//! `net-start`: start a defined network.

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::objects::NETWORK;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "net-start",
    group: Group::Network,
    summary: "start a (previously defined) inactive network",
    description: "Start a network.",
    options: &[NETWORK],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let found = shell.network(arguments).await?;
    let name = found.name();
    found
        .start()
        .await
        .map_err(Failure::call(format!("Failed to start network {name}")))?;
    shell.note(&format!("Network {name} started"))
}

//! `net-destroy`: stop a network.

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::objects::NETWORK;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "net-destroy",
    group: Group::Network,
    summary: "destroy (stop) a network",
    description: "Forcefully stop a given network.",
    options: &[NETWORK],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let found = shell.network(arguments).await?;
    let name = found.name();
    found
        .destroy()
        .await
        .map_err(Failure::call(format!("Failed to destroy network {name}")))?;
    shell.note(&format!("Network {name} destroyed"))
}

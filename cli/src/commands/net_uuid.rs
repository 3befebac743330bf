//! `net-uuid`: the UUID of a network.

use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "net-uuid",
    group: Group::Network,
    summary: "convert a network name to network UUID",
    description: "Print the UUID of the network with that name.",
    options: &[Opt::text("network", "network name").required()],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Shown {
    uuid: String,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let word = arguments.required("network")?;
    let connection = shell.connection().await?;
    let found = connection
        .lookup_network(word)
        .await
        .map_err(Failure::call(format!("failed to get network '{word}'")))?;
    let uuid = found.uuid_string();
    shell.show(arguments, &Shown { uuid }, |shown| {
        format!("{}\n", shown.uuid)
    })
}

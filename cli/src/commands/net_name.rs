//! `net-name`: the name of a network.

use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "net-name",
    group: Group::Network,
    summary: "convert a network UUID to network name",
    description: "Print the name of the network with that UUID.",
    options: &[Opt::text("network", "network uuid").required()],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Shown {
    name: String,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let word = arguments.required("network")?;
    let name = shell.network(arguments).await?.name().to_owned();
    if name == word {
        return Err(Failure::NotFoundSo {
            kind: "network",
            word: name,
        });
    }
    shell.show(arguments, &Shown { name }, |shown| {
        format!("{}\n", shown.name)
    })
}

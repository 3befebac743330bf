//! `iface-name`: the name of an interface.

use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "iface-name",
    group: Group::Interface,
    summary: "convert an interface MAC address to interface name",
    description: "Print the name of the interface with that MAC address.",
    options: &[Opt::text("interface", "interface mac").required()],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Shown {
    name: String,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let word = arguments.required("interface")?;
    let found = shell.interface(arguments).await?;
    if found.name() == word {
        return Err(Failure::NotFoundSo {
            kind: "interface",
            word: word.to_owned(),
        });
    }
    let name = found.name().to_owned();
    shell.show(arguments, &Shown { name }, |shown| {
        format!("{}\n", shown.name)
    })
}

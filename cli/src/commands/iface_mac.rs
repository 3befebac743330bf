//! `iface-mac`: the MAC address of an interface.

use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "iface-mac",
    group: Group::Interface,
    summary: "convert an interface name to interface MAC address",
    description: "Print the MAC address of the interface with that name.",
    options: &[Opt::text("interface", "interface name").required()],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Shown {
    mac: String,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let word = arguments.required("interface")?;
    let found = shell.interface(arguments).await?;
    if found.name() != word {
        return Err(Failure::NotFoundSo {
            kind: "interface",
            word: word.to_owned(),
        });
    }
    let mac = found.mac().to_owned();
    shell.show(arguments, &Shown { mac }, |shown| {
        format!("{}\n", shown.mac)
    })
}

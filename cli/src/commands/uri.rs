//! `uri`: where the connection goes.

use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "uri",
    group: Group::Host,
    summary: "print the hypervisor canonical URI",
    description: "Print the hypervisor canonical URI.",
    options: &[],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Shown {
    uri: String,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let uri = shell.connection().await?.uri().to_string();
    shell.show(arguments, &Shown { uri }, |shown| {
        format!("{}\n", shown.uri)
    })
}

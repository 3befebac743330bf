//! `hostname`: print the hypervisor hostname.

use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "hostname",
    group: Group::Host,
    summary: "print the hypervisor hostname",
    description: "Print the hypervisor hostname.",
    options: &[],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Shown {
    hostname: String,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let connection = shell.connection().await?;
    let hostname = connection.hostname().await?;
    shell.show(arguments, &Shown { hostname }, |shown| {
        format!("{}\n", shown.hostname)
    })
}

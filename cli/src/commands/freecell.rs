//! `freecell`: the host's free memory.

use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "freecell",
    group: Group::Host,
    summary: "free memory of the host",
    description: "Display the free memory of the machine.",
    options: &[],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Shown {
    /// KiB.
    total: u64,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let total = shell.connection().await?.free_memory().await? / 1024;
    shell.show(arguments, &Shown { total }, |shown| {
        format!("Total: {} KiB\n", shown.total)
    })
}

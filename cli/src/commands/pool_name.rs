//! `pool-name`: the name of a storage pool.

use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::objects::POOL;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "pool-name",
    group: Group::Pool,
    summary: "convert a pool UUID to pool name",
    description: "Print the name of the storage pool with that UUID.",
    options: &[POOL],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Shown {
    name: String,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let name = shell.pool(arguments).await?.name().to_owned();
    shell.show(arguments, &Shown { name }, |shown| {
        format!("{}\n", shown.name)
    })
}

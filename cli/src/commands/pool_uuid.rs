//! `pool-uuid`: the UUID of a storage pool.

use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::objects::POOL;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "pool-uuid",
    group: Group::Pool,
    summary: "convert a pool name to pool UUID",
    description: "Print the UUID of the storage pool with that name.",
    options: &[POOL],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Shown {
    uuid: String,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let uuid = shell.pool(arguments).await?.uuid_string();
    shell.show(arguments, &Shown { uuid }, |shown| {
        format!("{}\n", shown.uuid)
    })
}

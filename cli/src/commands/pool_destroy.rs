//! `pool-destroy`: stop a storage pool.

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::objects::POOL;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "pool-destroy",
    group: Group::Pool,
    summary: "destroy (stop) a pool",
    description: "Forcefully stop a given pool. Raw data in the pool is untouched.",
    options: &[POOL],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let found = shell.pool(arguments).await?;
    let name = found.name();
    found
        .destroy()
        .await
        .map_err(Failure::call(format!("Failed to destroy pool {name}")))?;
    shell.note(&format!("Pool {name} destroyed"))
}

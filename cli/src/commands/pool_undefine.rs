//! `pool-undefine`: forget a storage pool.

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::objects::POOL;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "pool-undefine",
    group: Group::Pool,
    summary: "undefine an inactive pool",
    description: "Undefine the configuration for an inactive pool.",
    options: &[POOL],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let found = shell.pool(arguments).await?;
    let name = found.name();
    found
        .undefine()
        .await
        .map_err(Failure::call(format!("Failed to undefine pool {name}")))?;
    shell.note(&format!("Pool {name} has been undefined"))
}

//! `pool-refresh`: look for a pool's volumes anew.

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::objects::POOL;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "pool-refresh",
    group: Group::Pool,
    summary: "refresh a pool",
    description: "Refresh a given pool.",
    options: &[POOL],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let found = shell.pool(arguments).await?;
    let name = found.name();
    found
        .refresh()
        .await
        .map_err(Failure::call(format!("Failed to refresh pool {name}")))?;
    shell.note(&format!("Pool {name} refreshed"))
}

//! `pool-delete`: destroy a pool's storage.

use ferrovirt::flags::StoragePoolDeleteFlags;

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::objects::POOL;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "pool-delete",
    group: Group::Pool,
    summary: "delete a pool",
    description: "Delete a given pool.",
    options: &[POOL],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let found = shell.pool(arguments).await?;
    let name = found.name();
    found
        .delete(StoragePoolDeleteFlags::empty())
        .await
        .map_err(Failure::call(format!("Failed to delete pool {name}")))?;
    shell.note(&format!("Pool {name} deleted"))
}

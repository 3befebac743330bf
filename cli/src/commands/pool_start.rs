//! `pool-start`: start a defined storage pool.

use ferrovirt::flags::StoragePoolCreateFlags;

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::failure::Failure;
use crate::objects::{POOL, given};
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "pool-start",
    group: Group::Pool,
    summary: "start a (previously defined) inactive pool",
    description: "Start a pool.",
    options: &[
        POOL,
        Opt::flag("build", "build the pool as normal"),
        Opt::flag("no-overwrite", "do not overwrite any existing data"),
        Opt::flag("overwrite", "overwrite any existing data"),
    ],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let found = shell.pool(arguments).await?;
    let name = found.name();
    found
        .start(flags(arguments))
        .await
        .map_err(Failure::call(format!("Failed to start pool {name}")))?;
    shell.note(&format!("Pool {name} started"))
}

/// The flags that say whether a pool is built before it starts.
pub(super) fn flags(arguments: &Arguments) -> StoragePoolCreateFlags {
    given(
        arguments,
        [
            ("build", StoragePoolCreateFlags::WITH_BUILD),
            (
                "no-overwrite",
                StoragePoolCreateFlags::WITH_BUILD_NO_OVERWRITE,
            ),
            ("overwrite", StoragePoolCreateFlags::WITH_BUILD_OVERWRITE),
        ],
    )
}

//! `pool-build`: prepare a pool's storage.

use ferrovirt::flags::StoragePoolBuildFlags;

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::failure::Failure;
use crate::objects::POOL;
use crate::objects::given;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "pool-build",
    group: Group::Pool,
    summary: "build a pool",
    description: "Build a given pool.",
    options: &[
        POOL,
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
        .build(given(
            arguments,
            [
                ("no-overwrite", StoragePoolBuildFlags::NO_OVERWRITE),
                ("overwrite", StoragePoolBuildFlags::OVERWRITE),
            ],
        ))
        .await
        .map_err(Failure::call(format!("Failed to build pool {name}")))?;
    shell.note(&format!("Pool {name} built"))
}

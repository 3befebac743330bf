//! `pool-create`: start a transient storage pool from its document.

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::commands::pool_start;
use crate::failure::Failure;
use crate::from_file::from_file;
use crate::objects::file;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "pool-create",
    group: Group::Pool,
    summary: "create a pool from an XML file",
    description: "Create a pool.",
    options: &[
        file("file containing an XML pool description"),
        Opt::flag("build", "build the pool as normal"),
        Opt::flag("no-overwrite", "do not overwrite any existing data"),
        Opt::flag("overwrite", "overwrite any existing data"),
    ],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let flags = pool_start::flags(arguments);
    let (made, path) = from_file(shell, arguments, "create pool", async |connection, xml| {
        connection.create_storage_pool(&xml, flags).await
    })
    .await?;
    shell.note(&format!("Pool {} created from {path}", made.name()))
}

//! `pool-create`: start a transient storage pool from its document.

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::commands::pool_start;
use crate::failure::Failure;
use crate::objects::file;
use crate::shell::Shell;
use crate::shell::read_file;

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
    let path = arguments.required("file")?;
    let xml = read_file(path)?;
    let connection = shell.connection().await?;
    let made = connection
        .create_storage_pool(&xml, pool_start::flags(arguments))
        .await
        .map_err(Failure::call(format!("Failed to create pool from {path}")))?;
    shell.note(&format!("Pool {} created from {path}", made.name()))
}

//! `pool-create-as`: start a transient storage pool from options.

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::commands::pool_start;
use crate::failure::Failure;
use crate::pool_document::{OPTIONS, document};
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "pool-create-as",
    group: Group::Pool,
    summary: "create a pool from a set of args",
    description: "Create a pool.",
    options: OPTIONS,
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let name = arguments.required("name")?;
    let xml = document(arguments)?;
    if arguments.flag("print-xml") {
        return shell.line(&xml);
    }
    let connection = shell.connection().await?;
    let made = connection
        .create_storage_pool(&xml, pool_start::flags(arguments))
        .await
        .map_err(Failure::call(format!("Failed to create pool {name}")))?;
    shell.note(&format!("Pool {} created", made.name()))
}

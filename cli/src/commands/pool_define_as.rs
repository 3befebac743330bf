//! `pool-define-as`: define a storage pool from options.

use ferrovirt::flags::StoragePoolDefineFlags;

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::pool_document::{DESCRIBING, document};
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "pool-define-as",
    group: Group::Pool,
    summary: "define a pool from a set of args",
    description: "Define a pool.",
    options: DESCRIBING,
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
        .define_storage_pool(&xml, StoragePoolDefineFlags::empty())
        .await
        .map_err(Failure::call(format!("Failed to define pool {name}")))?;
    shell.note(&format!("Pool {} defined", made.name()))
}

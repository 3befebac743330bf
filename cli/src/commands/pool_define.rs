//! `pool-define`: define a storage pool from its document.

use ferrovirt::flags::StoragePoolDefineFlags;

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::objects::{VALIDATE, file, given};
use crate::shell::Shell;
use crate::shell::read_file;

pub(crate) const COMMAND: Command = Command {
    name: "pool-define",
    group: Group::Pool,
    summary: "define an inactive persistent storage pool or modify an existing persistent one from an XML file",
    description: "Define or modify a persistent storage pool.",
    options: &[file("file containing an XML pool description"), VALIDATE],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let path = arguments.required("file")?;
    let xml = read_file(path)?;
    let flags = given(arguments, [("validate", StoragePoolDefineFlags::VALIDATE)]);
    let connection = shell.connection().await?;
    let defined = connection
        .define_storage_pool(&xml, flags)
        .await
        .map_err(Failure::call(format!("Failed to define pool from {path}")))?;
    shell.note(&format!("Pool {} defined from {path}", defined.name()))
}

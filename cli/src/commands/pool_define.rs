//! `pool-define`: define a storage pool from its document.

use ferrovirt::flags::StoragePoolDefineFlags;

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::from_file::from_file;
use crate::objects::{VALIDATE, file, given};
use crate::shell::Shell;

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
    let flags = given(arguments, [("validate", StoragePoolDefineFlags::VALIDATE)]);
    let (made, path) = from_file(shell, arguments, "define pool", async |connection, xml| {
        connection.define_storage_pool(&xml, flags).await
    })
    .await?;
    shell.note(&format!("Pool {} defined from {path}", made.name()))
}

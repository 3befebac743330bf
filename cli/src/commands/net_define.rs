//! `net-define`: define a network from its document.

use ferrovirt::flags::NetworkDefineFlags;

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::from_file::from_file;
use crate::objects::{VALIDATE, file, given};
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "net-define",
    group: Group::Network,
    summary: "define an inactive persistent virtual network or modify an existing persistent one from an XML file",
    description: "Define or modify a persistent virtual network.",
    options: &[file("file containing an XML network description"), VALIDATE],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let flags = given(arguments, [("validate", NetworkDefineFlags::VALIDATE)]);
    let (made, path) = from_file(
        shell,
        arguments,
        "define network",
        async |connection, xml| match flags.is_empty() {
            true => connection.define_network(&xml).await,
            false => connection.define_network_with(&xml, flags).await,
        },
    )
    .await?;
    shell.note(&format!("Network {} defined from {path}", made.name()))
}

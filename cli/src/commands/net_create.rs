//! `net-create`: start a transient network from its document.

use ferrovirt::flags::NetworkCreateFlags;

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::from_file::from_file;
use crate::objects::{VALIDATE, file, given};
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "net-create",
    group: Group::Network,
    summary: "create a network from an XML file",
    description: "Create a network.",
    options: &[file("file containing an XML network description"), VALIDATE],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let flags = given(arguments, [("validate", NetworkCreateFlags::VALIDATE)]);
    let (made, path) = from_file(
        shell,
        arguments,
        "create network",
        async |connection, xml| match flags.is_empty() {
            true => connection.create_network(&xml).await,
            false => connection.create_network_with(&xml, flags).await,
        },
    )
    .await?;
    shell.note(&format!("Network {} created from {path}", made.name()))
}

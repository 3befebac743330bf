//! `net-create`: start a transient network from its document.

use ferrovirt::flags::NetworkCreateFlags;

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::objects::{VALIDATE, file, given};
use crate::shell::Shell;
use crate::shell::read_file;

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
    let path = arguments.required("file")?;
    let xml = read_file(path)?;
    let flags = given(arguments, [("validate", NetworkCreateFlags::VALIDATE)]);
    let connection = shell.connection().await?;
    let made = match flags.is_empty() {
        true => connection.create_network(&xml).await,
        false => connection.create_network_with(&xml, flags).await,
    };
    let made = made.map_err(Failure::call(format!(
        "Failed to create network from {path}"
    )))?;
    shell.note(&format!("Network {} created from {path}", made.name()))
}

//! `net-define`: define a network from its document.

use ferrovirt::flags::NetworkDefineFlags;

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::objects::{VALIDATE, file, given};
use crate::shell::Shell;
use crate::shell::read_file;

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
    let path = arguments.required("file")?;
    let xml = read_file(path)?;
    let flags = given(arguments, [("validate", NetworkDefineFlags::VALIDATE)]);
    let connection = shell.connection().await?;
    let made = match flags.is_empty() {
        true => connection.define_network(&xml).await,
        false => connection.define_network_with(&xml, flags).await,
    };
    let made = made.map_err(Failure::call(format!(
        "Failed to define network from {path}"
    )))?;
    shell.note(&format!("Network {} defined from {path}", made.name()))
}

//! `iface-define`: define an interface from its document.

use ferrovirt::flags::InterfaceDefineFlags;

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::from_file::from_file;
use crate::objects::{VALIDATE, file, given};
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "iface-define",
    group: Group::Interface,
    summary: "define an inactive persistent physical host interface or modify an existing persistent one from an XML file",
    description: "Define or modify a persistent physical host interface.",
    options: &[
        file("file containing an XML interface description"),
        VALIDATE,
    ],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let flags = given(arguments, [("validate", InterfaceDefineFlags::VALIDATE)]);
    let (made, path) = from_file(
        shell,
        arguments,
        "define interface",
        async |connection, xml| connection.define_interface(&xml, flags).await,
    )
    .await?;
    shell.note(&format!("Interface {} defined from {path}", made.name()))
}

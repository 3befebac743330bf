//! `iface-define`: define an interface from its document.

use ferrovirt::flags::InterfaceDefineFlags;

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::objects::{VALIDATE, file, given};
use crate::shell::Shell;
use crate::shell::read_file;

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
    let path = arguments.required("file")?;
    let xml = read_file(path)?;
    let flags = given(arguments, [("validate", InterfaceDefineFlags::VALIDATE)]);
    let connection = shell.connection().await?;
    let defined = connection
        .define_interface(&xml, flags)
        .await
        .map_err(Failure::call(format!(
            "Failed to define interface from {path}"
        )))?;
    shell.note(&format!("Interface {} defined from {path}", defined.name()))
}

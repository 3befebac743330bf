//! `secret-define`: define a secret from its document.

use ferrovirt::flags::SecretDefineFlags;

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::objects::{VALIDATE, file, given};
use crate::shell::{Shell, read_file};

pub(crate) const COMMAND: Command = Command {
    name: "secret-define",
    group: Group::Secret,
    summary: "define or modify a secret from an XML file",
    description: "Define or modify a secret.",
    options: &[file("file containing secret attributes in XML"), VALIDATE],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let path = arguments.required("file")?;
    let xml = read_file(path)?;
    let flags = given(arguments, [("validate", SecretDefineFlags::VALIDATE)]);
    let connection = shell.connection().await?;
    let made = connection
        .define_secret(&xml, flags)
        .await
        .map_err(Failure::call(format!(
            "Failed to set attributes from {path}"
        )))?;
    shell.note(&format!("Secret {} created", made.uuid_string()))
}

//! `secret-undefine`: forget a secret.

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::objects::SECRET;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "secret-undefine",
    group: Group::Secret,
    summary: "undefine a secret",
    description: "Undefine a secret.",
    options: &[SECRET],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let word = arguments.required("secret")?;
    let found = shell.secret(arguments).await?;
    found
        .undefine()
        .await
        .map_err(Failure::call(format!("Failed to delete secret {word}")))?;
    shell.note(&format!("Secret {word} deleted"))
}

//! `secret-get-value`: show the value of a secret.

use std::io::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::failure::Failure;
use crate::objects::SECRET;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "secret-get-value",
    group: Group::Secret,
    summary: "Output a secret value",
    description: "Output a secret value to stdout.",
    options: &[
        SECRET,
        Opt::flag("plain", "get value without converting to base64"),
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Shown {
    /// In base64.
    value: String,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let value = shell.secret(arguments).await?.value().await?;
    if arguments.flag("plain") && !arguments.flag("json") {
        let mut out = std::io::stdout().lock();
        return out
            .write_all(&value)
            .and_then(|()| out.flush())
            .map_err(Failure::Output);
    }
    let value = STANDARD.encode(value);
    shell.show(arguments, &Shown { value }, |shown| shown.value.clone())
}

//! `pwd`: print the current directory of the prompt.

use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "pwd",
    group: Group::Shell,
    summary: "print the current directory",
    description: "Print the current directory.",
    options: &[],
    shows: false,
    run: |shell, _| Box::pin(async move { run(shell) }),
};

fn run(shell: &Shell) -> Result<(), Failure> {
    let path = std::env::current_dir().map_err(|cause| Failure::File {
        action: "read",
        path: "the current directory".to_owned(),
        cause,
    })?;
    shell.line(&path.display().to_string())
}

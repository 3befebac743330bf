//! `exit`: leave the prompt.

use crate::command::{Command, Group};

pub(crate) const COMMAND: Command = Command {
    name: "exit",
    group: Group::Shell,
    summary: "quit this interactive terminal",
    description: "Leaves the interactive terminal.",
    options: &[],
    shows: false,
    run: |shell, _| {
        Box::pin(async move {
            shell.ended = true;
            Ok(())
        })
    },
};

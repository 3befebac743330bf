//! `help`: all commands, a group of them, or one.

use crate::arguments::Arguments;
use crate::command::{Command, Complete, Group, Opt};
use crate::commands::find;
use crate::failure::Failure;
use crate::help;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "help",
    group: Group::Shell,
    summary: "print help",
    description: "Prints global help, command specific help, or help for a\ngroup of related commands.",
    options: &[Opt::text(
        "command",
        "Prints global help, command specific help, or help for a group of related commands",
    )
    .completed_by(Complete::Command)],
    shows: false,
    run: |shell, arguments| Box::pin(async move { run(shell, arguments) }),
};

fn run(shell: &Shell, arguments: &Arguments) -> Result<(), Failure> {
    let Some(name) = arguments.text("command") else {
        return shell.print(&help::overview());
    };
    if let Some(command) = find(name) {
        return shell.print(&help::of_command(command));
    }
    let known = |group: &Group| group.keyword() == name || group.title() == name;
    let group = Group::ALL.into_iter().find(known);
    match group.and_then(help::of_group) {
        Some(text) => shell.print(&text),
        None => Err(Failure::UnknownHelp {
            name: name.to_owned(),
        }),
    }
}

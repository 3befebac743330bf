//! `cd`: change the current directory of the prompt.

use crate::arguments::Arguments;
use crate::command::{Command, Complete, Group, Opt};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "cd",
    group: Group::Shell,
    summary: "change the current directory",
    description: "Change the current directory.",
    options: &[
        Opt::text("dir", "directory to switch to (default: home)").completed_by(Complete::File)
    ],
    shows: false,
    run: |shell, arguments| Box::pin(async move { run(shell, arguments) }),
};

fn run(_: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let home = || std::env::var("HOME").unwrap_or_else(|_| "/".to_owned());
    let path = arguments.text("dir").map_or_else(home, str::to_owned);
    std::env::set_current_dir(&path).map_err(|cause| Failure::Directory { path, cause })
}

//! `connect`: (re)connect to a hypervisor.

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "connect",
    group: Group::Shell,
    summary: "(re)connect to hypervisor",
    description: "Connect to local hypervisor. This is built-in command after shell start up.",
    options: &[
        Opt::text("name", "hypervisor connection URI"),
        Opt::flag("readonly", "read-only connection"),
    ],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let uri = arguments.text("name").map(str::to_owned);
    shell.reconnect(uri, arguments.flag("readonly")).await
}

//! `iface-undefine`: forget an interface.

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::objects::INTERFACE;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "iface-undefine",
    group: Group::Interface,
    summary: "undefine a physical host interface (remove it from configuration)",
    description: "undefine an interface.",
    options: &[INTERFACE],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let found = shell.interface(arguments).await?;
    let name = found.name();
    found.undefine().await.map_err(Failure::call(format!(
        "Failed to undefine interface {name}"
    )))?;
    shell.note(&format!("Interface {name} undefined"))
}

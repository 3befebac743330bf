//! `nwfilter-binding-delete`: free a port of the host from its network filter.

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::objects::BINDING;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "nwfilter-binding-delete",
    group: Group::Filter,
    summary: "delete a network filter binding",
    description: "Delete a given network filter binding.",
    options: &[BINDING],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let binding = shell.filter_binding(arguments).await?;
    let port = binding.port();
    binding.delete().await.map_err(Failure::call(format!(
        "Failed to delete network filter binding on {port}"
    )))?;
    shell.note(&format!("Network filter binding on {port} deleted"))
}

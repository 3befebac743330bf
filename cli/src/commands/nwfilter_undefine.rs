//! `nwfilter-undefine`: forget a network filter.

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::objects::FILTER;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "nwfilter-undefine",
    group: Group::Filter,
    summary: "undefine a network filter",
    description: "Undefine a given network filter.",
    options: &[FILTER],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let word = arguments.required("nwfilter")?;
    let found = shell.filter(arguments).await?;
    found.undefine().await.map_err(Failure::call(format!(
        "Failed to undefine network filter {word}"
    )))?;
    shell.note(&format!("Network filter {word} undefined"))
}

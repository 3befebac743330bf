//! `nodememstats`: what the host's memory is used for.

use serde_json::{Map, Value};

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "nodememstats",
    group: Group::Host,
    summary: "print memory stats of the node",
    description: "Shows what the memory of the host, or of one of its cells, is used for, in KiB.",
    options: &[Opt::number("cell", "number of the cell").named()],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let cell = arguments.number::<i32>("cell")?;
    let statistics = shell
        .connection()
        .await?
        .node_memory_statistics(cell)
        .await
        .map_err(Failure::call("Unable to get number of memory stats"))?;
    let shown: Map<String, Value> = statistics
        .iter()
        .map(|(name, value)| (name.clone(), (*value).into()))
        .collect();
    shell.show(arguments, &shown, |_| {
        let lines = statistics.iter();
        lines
            .map(|(name, value)| format!("{name:<7}: {value:>20} KiB\n"))
            .collect()
    })
}

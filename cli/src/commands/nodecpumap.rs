//! `nodecpumap`: which of the host's processors are switched on.

use ferrovirt::CpuSet;
use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::cpus::{letters, ranges};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "nodecpumap",
    group: Group::Host,
    summary: "node cpu map",
    description: "Shows how many processors the host has, how many are switched on, and which.",
    options: &[Opt::flag("pretty", "the processors as numbers and ranges")],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Shown {
    present: u32,
    online: CpuSet,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let cpus = shell
        .connection()
        .await?
        .node_cpus()
        .await
        .map_err(Failure::call("Unable to get cpu map"))?;
    let shown = Shown {
        present: cpus.present,
        online: cpus.online,
    };
    let pretty = arguments.flag("pretty");
    shell.show(arguments, &shown, |shown| {
        let map = match pretty {
            true => ranges(&shown.online),
            false => letters(&shown.online, shown.present),
        };
        format!(
            "{:<15} {}\n{:<15} {}\n{:<15} {map}\n",
            "CPUs present:",
            shown.present,
            "CPUs online:",
            shown.online.len(),
            "CPU map:",
        )
    })
}

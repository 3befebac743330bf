//! `iothreadinfo`: a domain's I/O threads.

use ferrovirt::CpuSet;
use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, DOMAIN, Group};
use crate::commands::metadata::impact;
use crate::commands::vcpupin::OF;
use crate::cpus::ranges;
use crate::failure::Failure;
use crate::shell::Shell;
use crate::table::Table;

pub(crate) const COMMAND: Command = Command {
    name: "iothreadinfo",
    group: Group::Domain,
    summary: "view domain IOThreads",
    description: "Shows the I/O threads of a domain, and where on the host they may run.",
    options: &[DOMAIN, OF[0], OF[1], OF[2]],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Row {
    id: u32,
    affinity: CpuSet,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let impact = impact(arguments)?;
    let threads = shell
        .domain(arguments)
        .await?
        .iothreads(impact)
        .await
        .map_err(Failure::call("Unable to get domain IOThreads information"))?;
    let rows: Vec<Row> = threads
        .into_iter()
        .map(|thread| Row {
            id: thread.id,
            affinity: thread.affinity,
        })
        .collect();
    let quiet = shell.options.quiet;
    shell.show(arguments, &rows, |rows| {
        if rows.is_empty() {
            return "No IOThreads found for the domain\n".to_owned();
        }
        let mut table = Table::new(["IOThread ID", "CPU Affinity"]);
        for row in rows {
            table.row([row.id.to_string(), ranges(&row.affinity)]);
        }
        table.text(quiet)
    })
}

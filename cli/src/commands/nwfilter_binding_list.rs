//! `nwfilter-binding-list`: list the bindings of network filters.

use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::shell::Shell;
use crate::table::Table;

pub(crate) const COMMAND: Command = Command {
    name: "nwfilter-binding-list",
    group: Group::Filter,
    summary: "list network filter bindings",
    description: "Returns list of network filter bindings.",
    options: &[],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Row {
    port: String,
    filter: String,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let connection = shell.connection().await?;
    let bindings = connection
        .list_all_network_filter_bindings()
        .await
        .map_err(Failure::call("Failed to list network filter bindings"))?;
    let mut rows: Vec<Row> = bindings
        .into_iter()
        .map(|binding| Row {
            port: binding.port().to_owned(),
            filter: binding.filter_name().to_owned(),
        })
        .collect();
    rows.sort_by_key(|row| row.port.to_lowercase());
    let quiet = shell.options.quiet;
    shell.show(arguments, &rows, |rows| {
        let mut table = Table::new(["Port Dev", "Filter"]);
        for row in rows {
            table.row([row.port.clone(), row.filter.clone()]);
        }
        table.text(quiet)
    })
}

//! `nwfilter-list`: list network filters.

use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::shell::Shell;
use crate::table::Table;

pub(crate) const COMMAND: Command = Command {
    name: "nwfilter-list",
    group: Group::Filter,
    summary: "list network filters",
    description: "Returns list of network filters.",
    options: &[],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Row {
    uuid: String,
    name: String,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let connection = shell.connection().await?;
    let filters = connection
        .list_all_network_filters()
        .await
        .map_err(Failure::call("Failed to list network filters"))?;
    let mut rows: Vec<Row> = filters
        .into_iter()
        .map(|filter| Row {
            uuid: filter.uuid_string(),
            name: filter.name().to_owned(),
        })
        .collect();
    rows.sort_by_key(|row| row.name.to_lowercase());
    let quiet = shell.options.quiet;
    shell.show(arguments, &rows, |rows| {
        let mut table = Table::new(["UUID", "Name"]);
        for row in rows {
            table.row([row.uuid.clone(), row.name.clone()]);
        }
        table.text(quiet)
    })
}

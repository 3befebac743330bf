//! `vol-list`: the volumes of a storage pool.

use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::failure::Failure;
use crate::shell::Shell;
use crate::table::Table;

pub(crate) const COMMAND: Command = Command {
    name: "vol-list",
    group: Group::Pool,
    summary: "list vols",
    description: "Returns list of vols by pool.",
    options: &[Opt::text("pool", "pool name").required()],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Row {
    name: String,
    key: String,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let name = arguments.required("pool")?;
    let connection = shell.connection().await?;
    let pool = connection
        .lookup_storage_pool(name)
        .await
        .map_err(Failure::call(format!("failed to get pool '{name}'")))?;
    let mut rows: Vec<Row> = pool
        .list_all_volumes()
        .await?
        .into_iter()
        .map(|volume| Row {
            name: volume.name,
            key: volume.key,
        })
        .collect();
    rows.sort_by(|a, b| a.name.cmp(&b.name));
    let quiet = shell.options.quiet;
    shell.show(arguments, &rows, |rows| {
        let mut table = Table::new(["Name", "Path"]);
        for row in rows {
            table.row([row.name.clone(), row.key.clone()]);
        }
        table.text(quiet)
    })
}

//! `vol-list`: the volumes of a storage pool.

use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::commands::vol_info::kind;
use crate::failure::Failure;
use crate::objects::POOL;
use crate::shell::Shell;
use crate::size::pretty;
use crate::table::Table;

pub(crate) const COMMAND: Command = Command {
    name: "vol-list",
    group: Group::Volume,
    summary: "list vols",
    description: "Returns list of vols by pool.",
    options: &[
        POOL,
        Opt::flag("details", "display extended details for volumes"),
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Row {
    name: String,
    key: String,
    path: String,
    #[serde(flatten)]
    details: Option<Details>,
}

#[derive(Serialize)]
struct Details {
    r#type: &'static str,
    /// Bytes.
    capacity: u64,
    /// Bytes.
    allocation: u64,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let pool = shell.pool(arguments).await?;
    let with_details = arguments.flag("details");
    let mut rows = Vec::new();
    for volume in pool.list_all_volumes().await? {
        let details = match with_details {
            false => None,
            true => volume.info().await.map(|info| {
                Some(Details {
                    r#type: kind(info.kind),
                    capacity: info.capacity,
                    allocation: info.allocation,
                })
            })?,
        };
        rows.push(Row {
            name: volume.name().to_owned(),
            key: volume.key().to_owned(),
            path: volume.path().await?,
            details,
        });
    }
    rows.sort_by(|a, b| a.name.cmp(&b.name));
    let quiet = shell.options.quiet;
    shell.show(arguments, &rows, |rows| match with_details {
        true => details(rows).text(quiet),
        false => {
            let mut table = Table::new(["Name", "Path"]);
            for row in rows {
                table.row([row.name.clone(), row.path.clone()]);
            }
            table.text(quiet)
        }
    })
}

fn details(rows: &[Row]) -> Table {
    let mut table = Table::new(["Name", "Path", "Type", "Capacity", "Allocation"]);
    for row in rows {
        if let Some(details) = &row.details {
            table.row([
                row.name.clone(),
                row.path.clone(),
                details.r#type.to_owned(),
                pretty(details.capacity, 2),
                pretty(details.allocation, 2),
            ]);
        }
    }
    table
}

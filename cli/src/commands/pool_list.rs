//! `pool-list`: list pools.

use ferrovirt::enums::StoragePoolState;
use ferrovirt::flags::ConnectListAllStoragePoolsFlags;
use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::failure::Failure;
use crate::shell::Shell;
use crate::table::Table;

pub(crate) const COMMAND: Command = Command {
    name: "pool-list",
    group: Group::Pool,
    summary: "list pools",
    description: "Returns list of pools.",
    options: &[
        Opt::flag("inactive", "list the inactive ones"),
        Opt::flag("all", "list inactive & active ones"),
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Row {
    name: String,
    active: bool,
    autostart: bool,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let flags = if arguments.flag("all") {
        ConnectListAllStoragePoolsFlags::empty()
    } else if arguments.flag("inactive") {
        ConnectListAllStoragePoolsFlags::INACTIVE
    } else {
        ConnectListAllStoragePoolsFlags::ACTIVE
    };
    let connection = shell.connection().await?;
    let mut rows = Vec::new();
    for found in connection.list_all_storage_pools(flags).await? {
        rows.push(Row {
            name: found.name().to_owned(),
            active: found.state().await? != StoragePoolState::Inactive,
            autostart: found.autostart().await?,
        });
    }
    rows.sort_by(|a, b| a.name.cmp(&b.name));
    let quiet = shell.options.quiet;
    shell.show(arguments, &rows, |rows| {
        let mut table = Table::new(["Name", "State", "Autostart"]);
        for row in rows {
            table.row([row.name.clone(), active(row.active), yes(row.autostart)]);
        }
        table.text(quiet)
    })
}

fn yes(is: bool) -> String {
    if is { "yes" } else { "no" }.to_owned()
}

fn active(is: bool) -> String {
    if is { "active" } else { "inactive" }.to_owned()
}

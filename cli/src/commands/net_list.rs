//! `net-list`: list networks.

use ferrovirt::flags::ConnectListAllNetworksFlags;
use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::failure::Failure;
use crate::shell::Shell;
use crate::table::Table;

pub(crate) const COMMAND: Command = Command {
    name: "net-list",
    group: Group::Network,
    summary: "list networks",
    description: "Returns list of networks.",
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
    persistent: bool,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let flags = if arguments.flag("all") {
        ConnectListAllNetworksFlags::empty()
    } else if arguments.flag("inactive") {
        ConnectListAllNetworksFlags::INACTIVE
    } else {
        ConnectListAllNetworksFlags::ACTIVE
    };
    let connection = shell.connection().await?;
    let mut rows = Vec::new();
    for found in connection.list_all_networks(flags).await? {
        rows.push(Row {
            name: found.name().to_owned(),
            active: found.is_active().await?,
            autostart: found.autostart().await?,
            persistent: found.is_persistent().await?,
        });
    }
    rows.sort_by(|a, b| a.name.cmp(&b.name));
    let quiet = shell.options.quiet;
    shell.show(arguments, &rows, |rows| {
        let mut table = Table::new(["Name", "State", "Autostart", "Persistent"]);
        for row in rows {
            table.row([
                row.name.clone(),
                active(row.active),
                yes(row.autostart),
                yes(row.persistent),
            ]);
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

//! `net-list`: list networks.

use ferrovirt::Network;
use ferrovirt::flags::ConnectListAllNetworksFlags as Flags;
use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::failure::Failure;
use crate::objects::{active, given, yes};
use crate::shell::Shell;
use crate::table::Table;

pub(crate) const COMMAND: Command = Command {
    name: "net-list",
    group: Group::Network,
    summary: "list networks",
    description: "Returns list of networks.",
    options: &[
        Opt::flag("inactive", "list inactive networks"),
        Opt::flag("all", "list inactive & active networks"),
        Opt::flag("persistent", "list persistent networks"),
        Opt::flag("transient", "list transient networks"),
        Opt::flag("autostart", "list networks with autostart enabled"),
        Opt::flag("no-autostart", "list networks with autostart disabled"),
        Opt::flag("uuid", "list uuid's only"),
        Opt::flag("name", "list network names only"),
        Opt::flag("table", "list table (default)"),
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Row {
    name: String,
    uuid: String,
    active: bool,
    autostart: bool,
    persistent: bool,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let forms = ["table", "name", "uuid"];
    if forms.iter().filter(|form| arguments.flag(form)).count() > 1 {
        return Err(Failure::Usage {
            what: "Only one argument from --table, --name and --uuid may be specified.",
        });
    }
    let connection = shell.connection().await?;
    let mut rows = Vec::new();
    for found in connection.list_all_networks(flags(arguments)).await? {
        rows.push(row(&found).await?);
    }
    rows.sort_by(|a, b| a.name.cmp(&b.name));
    let quiet = shell.options.quiet;
    shell.show(arguments, &rows, |rows| text(rows, arguments, quiet))
}

fn flags(arguments: &Arguments) -> Flags {
    let flags = given(
        arguments,
        [
            ("persistent", Flags::PERSISTENT),
            ("transient", Flags::TRANSIENT),
            ("autostart", Flags::AUTOSTART),
            ("no-autostart", Flags::NO_AUTOSTART),
        ],
    );
    match (arguments.flag("all"), arguments.flag("inactive")) {
        (true, _) => flags,
        (false, true) => flags | Flags::INACTIVE,
        (false, false) => flags | Flags::ACTIVE,
    }
}

async fn row(network: &Network) -> Result<Row, Failure> {
    Ok(Row {
        name: network.name().to_owned(),
        uuid: network.uuid_string(),
        active: network.is_active().await?,
        autostart: network.autostart().await?,
        persistent: network.is_persistent().await?,
    })
}

fn text(rows: &[Row], arguments: &Arguments, quiet: bool) -> String {
    if arguments.flag("name") {
        return rows.iter().map(|row| format!("{}\n", row.name)).collect();
    }
    if arguments.flag("uuid") {
        return rows.iter().map(|row| format!("{}\n", row.uuid)).collect();
    }
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
}

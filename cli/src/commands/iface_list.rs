//! `iface-list`: list physical host interfaces.

use ferrovirt::flags::ConnectListAllInterfacesFlags;
use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::failure::Failure;
use crate::objects::active;
use crate::shell::Shell;
use crate::table::Table;

pub(crate) const COMMAND: Command = Command {
    name: "iface-list",
    group: Group::Interface,
    summary: "list physical host interfaces",
    description: "Returns list of physical host interfaces.",
    options: &[
        Opt::flag("inactive", "list inactive interfaces"),
        Opt::flag("all", "list inactive & active interfaces"),
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Row {
    name: String,
    active: bool,
    mac: String,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let flags = if arguments.flag("all") {
        ConnectListAllInterfacesFlags::empty()
    } else if arguments.flag("inactive") {
        ConnectListAllInterfacesFlags::INACTIVE
    } else {
        ConnectListAllInterfacesFlags::ACTIVE
    };
    let connection = shell.connection().await?;
    let mut rows = Vec::new();
    for found in connection.list_all_interfaces(flags).await? {
        rows.push(Row {
            name: found.name().to_owned(),
            active: found.is_active().await?,
            mac: found.mac().to_owned(),
        });
    }
    rows.sort_by(|a, b| a.name.cmp(&b.name));
    let quiet = shell.options.quiet;
    shell.show(arguments, &rows, |rows| {
        let mut table = Table::new(["Name", "State", "MAC Address"]);
        for row in rows {
            table.row([row.name.clone(), active(row.active), row.mac.clone()]);
        }
        table.text(quiet)
    })
}

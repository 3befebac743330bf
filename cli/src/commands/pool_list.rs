//! `pool-list`: list pools.

use ferrovirt::StoragePool;
use ferrovirt::enums::StoragePoolState;
use ferrovirt::flags::ConnectListAllStoragePoolsFlags as Flags;
use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::commands::pool_info::state;
use crate::failure::Failure;
use crate::objects::{active, given, yes};
use crate::shell::Shell;
use crate::size::pretty;
use crate::table::Table;

pub(crate) const COMMAND: Command = Command {
    name: "pool-list",
    group: Group::Pool,
    summary: "list pools",
    description: "Returns list of pools.",
    options: &[
        Opt::flag("inactive", "list inactive pools"),
        Opt::flag("all", "list inactive & active pools"),
        Opt::flag("transient", "list transient pools"),
        Opt::flag("persistent", "list persistent pools"),
        Opt::flag("autostart", "list pools with autostart enabled"),
        Opt::flag("no-autostart", "list pools with autostart disabled"),
        Opt::text("type", "only list pool of specified type(s) (if supported)").named(),
        Opt::flag("details", "display extended details for pools"),
        Opt::flag("uuid", "list UUID of active pools only"),
        Opt::flag("name", "list name of active pools only"),
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Row {
    name: String,
    uuid: String,
    state: &'static str,
    active: bool,
    autostart: bool,
    persistent: bool,
    /// Bytes.
    capacity: u64,
    /// Bytes.
    allocation: u64,
    /// Bytes.
    available: u64,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let flags = flags(arguments)?;
    let connection = shell.connection().await?;
    let mut rows = Vec::new();
    for found in connection.list_all_storage_pools(flags).await? {
        rows.push(row(&found).await?);
    }
    rows.sort_by(|a, b| a.name.cmp(&b.name));
    let quiet = shell.options.quiet;
    shell.show(arguments, &rows, |rows| text(rows, arguments, quiet))
}

fn flags(arguments: &Arguments) -> Result<Flags, Failure> {
    let mut flags = given(
        arguments,
        [
            ("transient", Flags::TRANSIENT),
            ("persistent", Flags::PERSISTENT),
            ("autostart", Flags::AUTOSTART),
            ("no-autostart", Flags::NO_AUTOSTART),
        ],
    );
    if !arguments.flag("all") {
        flags |= match arguments.flag("inactive") {
            true => Flags::INACTIVE,
            false => Flags::ACTIVE,
        };
    }
    for word in arguments
        .text("type")
        .into_iter()
        .flat_map(|it| it.split(','))
    {
        flags |= kind(word)?;
    }
    Ok(flags)
}

fn kind(word: &str) -> Result<Flags, Failure> {
    Ok(match word {
        "dir" => Flags::DIR,
        "fs" => Flags::FS,
        "netfs" => Flags::NETFS,
        "logical" => Flags::LOGICAL,
        "disk" => Flags::DISK,
        "iscsi" => Flags::ISCSI,
        "iscsi-direct" => Flags::ISCSI_DIRECT,
        "scsi" => Flags::SCSI,
        "mpath" => Flags::MPATH,
        "rbd" => Flags::RBD,
        "sheepdog" => Flags::SHEEPDOG,
        "gluster" => Flags::GLUSTER,
        "zfs" => Flags::ZFS,
        "vstorage" => Flags::VSTORAGE,
        word => {
            return Err(Failure::PoolType {
                word: word.to_owned(),
            });
        }
    })
}

async fn row(pool: &StoragePool) -> Result<Row, Failure> {
    let info = pool.info().await?;
    Ok(Row {
        name: pool.name().to_owned(),
        uuid: pool.uuid_string(),
        state: state(info.state),
        active: info.state != StoragePoolState::Inactive,
        autostart: pool.autostart().await?,
        persistent: pool.is_persistent().await?,
        capacity: info.capacity,
        allocation: info.allocation,
        available: info.available,
    })
}

fn text(rows: &[Row], arguments: &Arguments, quiet: bool) -> String {
    let (uuid, name) = (arguments.flag("uuid"), arguments.flag("name"));
    if uuid || name {
        let lines = rows.iter().map(|row| match (uuid, name) {
            (true, true) => format!("{} {}\n", row.uuid, row.name),
            (true, false) => format!("{}\n", row.uuid),
            _ => format!("{}\n", row.name),
        });
        return lines.collect();
    }
    if arguments.flag("details") {
        return details(rows).text(quiet);
    }
    let mut table = Table::new(["Name", "State", "Autostart"]);
    for row in rows {
        table.row([row.name.clone(), active(row.active), yes(row.autostart)]);
    }
    table.text(quiet)
}

fn details(rows: &[Row]) -> Table {
    let mut table = Table::new([
        "Name",
        "State",
        "Autostart",
        "Persistent",
        "Capacity",
        "Allocation",
        "Available",
    ]);
    for row in rows {
        let size = |bytes: u64| match row.active {
            true => pretty(bytes, 2),
            false => "-".to_owned(),
        };
        table.row([
            row.name.clone(),
            row.state.to_owned(),
            yes(row.autostart),
            yes(row.persistent),
            size(row.capacity),
            size(row.allocation),
            size(row.available),
        ]);
    }
    table
}

//! `pool-info`: a storage pool at a glance.

use std::fmt::Write as _;

use ferrovirt::enums::StoragePoolState;
use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::failure::Failure;
use crate::objects::{POOL, yes};
use crate::shell::Shell;
use crate::size::pretty;

pub(crate) const COMMAND: Command = Command {
    name: "pool-info",
    group: Group::Pool,
    summary: "storage pool information",
    description: "Returns basic information about the storage pool.",
    options: &[POOL, Opt::flag("bytes", "Return pool info in bytes")],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Shown {
    name: String,
    uuid: String,
    state: &'static str,
    persistent: bool,
    autostart: bool,
    /// Bytes.
    capacity: u64,
    /// Bytes.
    allocation: u64,
    /// Bytes.
    available: u64,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let pool = shell.pool(arguments).await?;
    let info = pool.info().await?;
    let shown = Shown {
        name: pool.name().to_owned(),
        uuid: pool.uuid_string(),
        state: state(info.state),
        persistent: pool.is_persistent().await?,
        autostart: pool.autostart().await?,
        capacity: info.capacity,
        allocation: info.allocation,
        available: info.available,
    };
    let in_bytes = arguments.flag("bytes");
    shell.show(arguments, &shown, |shown| text(shown, in_bytes))
}

/// The word for what a pool does.
pub(super) fn state(state: StoragePoolState) -> &'static str {
    match state {
        StoragePoolState::Inactive => "inactive",
        StoragePoolState::Building => "building",
        StoragePoolState::Running => "running",
        StoragePoolState::Degraded => "degraded",
        StoragePoolState::Inaccessible => "inaccessible",
        StoragePoolState::Unrecognized(_) => "unknown",
    }
}

fn text(shown: &Shown, in_bytes: bool) -> String {
    let size = |bytes: u64| match in_bytes {
        true => bytes.to_string(),
        false => pretty(bytes, 2),
    };
    let mut lines = vec![
        ("Name", shown.name.clone()),
        ("UUID", shown.uuid.clone()),
        ("State", shown.state.to_owned()),
        ("Persistent", yes(shown.persistent)),
        ("Autostart", yes(shown.autostart)),
    ];
    if matches!(shown.state, "running" | "degraded") {
        lines.extend([
            ("Capacity", size(shown.capacity)),
            ("Allocation", size(shown.allocation)),
            ("Available", size(shown.available)),
        ]);
    }
    let lines = lines.into_iter();
    lines.fold(String::new(), |mut text, (name, value)| {
        let _ = writeln!(text, "{:<15} {value}", format!("{name}:"));
        text
    })
}

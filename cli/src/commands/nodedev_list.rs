//! `nodedev-list`: the host's devices.

use ferrovirt::flags::ConnectListAllNodeDeviceFlags;
use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "nodedev-list",
    group: Group::NodeDevice,
    summary: "enumerate devices on this host",
    description: "Enumerate devices on this host.",
    options: &[],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Row {
    name: String,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let connection = shell.connection().await?;
    let devices = connection
        .list_all_node_devices(ConnectListAllNodeDeviceFlags::empty())
        .await?;
    let mut rows: Vec<Row> = devices
        .iter()
        .map(|device| Row {
            name: device.name().to_owned(),
        })
        .collect();
    rows.sort_by(|a, b| a.name.cmp(&b.name));
    shell.show(arguments, &rows, |rows| {
        rows.iter().map(|row| format!("{}\n", row.name)).collect()
    })
}

//! `net-info`: a network at a glance.

use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::objects::{NETWORK, yes};
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "net-info",
    group: Group::Network,
    summary: "network information",
    description: "Returns basic information about the network.",
    options: &[NETWORK],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Shown {
    name: String,
    uuid: String,
    active: bool,
    persistent: bool,
    autostart: bool,
    bridge: Option<String>,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let network = shell.network(arguments).await?;
    let shown = Shown {
        name: network.name().to_owned(),
        uuid: network.uuid_string(),
        active: network.is_active().await?,
        persistent: network.is_persistent().await?,
        autostart: network.autostart().await?,
        // Not every network has one.
        bridge: network.bridge_name().await.ok(),
    };
    shell.show(arguments, &shown, |shown| {
        let bridge = shown.bridge.iter().map(|name| ("Bridge", name.clone()));
        let lines = [
            ("Name", shown.name.clone()),
            ("UUID", shown.uuid.clone()),
            ("Active", yes(shown.active)),
            ("Persistent", yes(shown.persistent)),
            ("Autostart", yes(shown.autostart)),
        ];
        let lines = lines.into_iter().chain(bridge);
        lines
            .map(|(name, value)| format!("{:<15} {value}\n", format!("{name}:")))
            .collect()
    })
}

//! `nodedev-info`: a device of the host at a glance.

use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::objects::{DEVICE, yes};
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "nodedev-info",
    group: Group::NodeDevice,
    summary: "node device information",
    description: "Returns basic information about the node device.",
    options: &[DEVICE],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Shown {
    name: String,
    parent: Option<String>,
    active: bool,
    persistent: bool,
    /// Nothing where the driver starts no devices with the host.
    autostart: Option<bool>,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let device = shell.node_device(arguments).await?;
    let shown = Shown {
        name: device.name().to_owned(),
        // The root has no parent, which some drivers call an error.
        parent: device.parent().await.unwrap_or_default(),
        active: device.is_active().await?,
        persistent: device.is_persistent().await?,
        autostart: device.autostart().await.ok(),
    };
    shell.show(arguments, &shown, |shown| {
        let autostart = match shown.autostart {
            Some(is) => yes(is),
            None => "no autostart".to_owned(),
        };
        format!(
            "{:<15} {}\n{:<15} {}\n{:<15} {}\n{:<15} {}\n{:<15} {autostart}\n",
            "Name:",
            shown.name,
            "Parent:",
            shown.parent.as_deref().unwrap_or_default(),
            "Active:",
            yes(shown.active),
            "Persistent:",
            yes(shown.persistent),
            "Autostart:",
        )
    })
}

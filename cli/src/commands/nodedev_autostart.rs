//! `nodedev-autostart`: say whether a device starts with the host.

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::objects::{DEVICE, DISABLE};
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "nodedev-autostart",
    group: Group::NodeDevice,
    summary: "autostart a defined node device",
    description: "Configure a node device to be automatically started at boot.",
    options: &[DEVICE, DISABLE],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let found = shell.node_device(arguments).await?;
    let name = found.name();
    let (failed, done) = match arguments.flag("disable") {
        true => (
            format!("failed to unmark device {name} as autostarted"),
            format!("Device {name} unmarked as autostarted"),
        ),
        false => (
            format!("failed to mark device {name} as autostarted"),
            format!("Device {name} marked as autostarted"),
        ),
    };
    found
        .set_autostart(!arguments.flag("disable"))
        .await
        .map_err(Failure::call(failed))?;
    shell.note(&done)
}

//! `nodedev-detach`: take a device from its host driver.

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "nodedev-detach",
    group: Group::NodeDevice,
    summary: "detach node device from its device driver",
    description: "Detach node device from its device driver before assigning to a domain.",
    options: &[
        Opt::text("device", "device key").required(),
        Opt::text(
            "driver",
            "pci device assignment backend driver (e.g. 'vfio' or 'xen')",
        )
        .named(),
    ],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let found = shell.node_device(arguments).await?;
    let name = found.name();
    let detached = match arguments.text("driver") {
        None => found.detach().await,
        Some(driver) => found.detach_for(driver).await,
    };
    detached.map_err(Failure::call(format!("Failed to detach device {name}")))?;
    shell.note(&format!("Device {name} detached"))
}

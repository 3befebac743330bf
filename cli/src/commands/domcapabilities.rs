//! `domcapabilities`: what a domain could have here.

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt, WRAP, XPATH};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "domcapabilities",
    group: Group::Host,
    summary: "domain capabilities",
    description: "Returns capabilities of emulator with respect to host and libvirt.",
    options: &[
        Opt::text("virttype", "virtualization type (/domain/@type)").named(),
        Opt::text(
            "emulatorbin",
            "path to emulator binary (/domain/devices/emulator)",
        )
        .named(),
        Opt::text("arch", "domain architecture (/domain/os/type/@arch)").named(),
        Opt::text("machine", "machine type (/domain/os/type/@machine)").named(),
        XPATH,
        WRAP,
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let connection = shell.connection().await?;
    let capabilities = connection
        .domain_capabilities(
            arguments.text("emulatorbin"),
            arguments.text("arch"),
            arguments.text("machine"),
            arguments.text("virttype"),
        )
        .await
        .map_err(Failure::call("failed to get emulator capabilities"))?;
    shell.show_document(arguments, "capabilities", capabilities)
}

//! `sysinfo`: print the hypervisor sysinfo.

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "sysinfo",
    group: Group::Host,
    summary: "print the hypervisor sysinfo",
    description: "Output an XML string for the hypervisor sysinfo, if available.",
    options: &[],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let connection = shell.connection().await?;
    let sysinfo = connection
        .sysinfo()
        .await
        .map_err(Failure::call("failed to get sysinfo"))?;
    shell.show_document(arguments, "sysinfo", sysinfo)
}

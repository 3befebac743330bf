//! `iothreadpin`: where on the host an I/O thread of a domain may run.

use crate::arguments::Arguments;
use crate::command::{Command, DOMAIN, Group, Opt};
use crate::commands::metadata::impact;
use crate::commands::vcpupin::OF;
use crate::cpus::parse;
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "iothreadpin",
    group: Group::Domain,
    summary: "control domain IOThread affinity",
    description: "Pin domain IOThreads to host physical CPUs.",
    options: &[
        DOMAIN,
        Opt::number("iothread", "IOThread ID number").required(),
        Opt::text("cpulist", "host cpu number(s) to set").required(),
        OF[0],
        OF[1],
        OF[2],
    ],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let impact = impact(arguments)?;
    let id = arguments.number::<u32>("iothread")?.unwrap_or_default();
    let list = arguments.required("cpulist")?;
    let domain = shell.domain(arguments).await?;
    let cpus = domain.connection().node_cpus().await?.present;
    Ok(domain.pin_iothread(id, &parse(list, cpus)?, impact).await?)
}

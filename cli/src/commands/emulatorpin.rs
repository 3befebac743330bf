//! `emulatorpin`: where on the host a domain's emulator may run.

use ferrovirt::CpuSet;
use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, DOMAIN, Group};
use crate::commands::metadata::impact;
use crate::commands::vcpupin::{CPUS, OF};
use crate::cpus::{parse, ranges};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "emulatorpin",
    group: Group::Domain,
    summary: "control or query domain emulator affinity",
    description: "Shows where the emulator's own threads may run, or sets it.",
    options: &[DOMAIN, CPUS.named(), OF[0], OF[1], OF[2]],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Shown {
    affinity: CpuSet,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let impact = impact(arguments)?;
    let domain = shell.domain(arguments).await?;
    let cpus = domain.connection().node_cpus().await?.present;
    if let Some(list) = arguments.text("cpulist") {
        return Ok(domain.pin_emulator(&parse(list, cpus)?, impact).await?);
    }
    let affinity = domain.emulator_pin(cpus, impact).await?;
    let heading = match shell.options.quiet {
        true => String::new(),
        false => format!("emulator: CPU Affinity\n{}\n", "-".repeat(34)),
    };
    shell.show(arguments, &Shown { affinity }, |shown| {
        format!("{heading}       *: {}\n", ranges(&shown.affinity))
    })
}

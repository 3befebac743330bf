//! `vcpupin`: where on the host a domain's virtual processors may run.

use ferrovirt::CpuSet;
use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, DOMAIN, Group, Opt};
use crate::commands::metadata::impact;
use crate::cpus::ranges;
use crate::failure::Failure;
use crate::shell::Shell;
use crate::table::Table;

/// Which state of the domain is asked about.
pub(super) const OF: [Opt; 3] = [
    Opt::flag("config", "of the next start"),
    Opt::flag("live", "of the running domain"),
    Opt::flag(
        "current",
        "of the running domain, or else of its next start",
    ),
];

pub(crate) const COMMAND: Command = Command {
    name: "vcpupin",
    group: Group::Domain,
    summary: "query domain vcpu affinity",
    description: "Shows where each virtual processor, or one of them, may run.",
    options: &[
        DOMAIN,
        Opt::number("vcpu", "number of the virtual processor").named(),
        OF[0],
        OF[1],
        OF[2],
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Row {
    vcpu: u32,
    affinity: CpuSet,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let wanted = arguments.number::<u32>("vcpu")?;
    let impact = impact(arguments)?;
    let domain = shell.domain(arguments).await?;
    let cpus = domain.connection().node_cpus().await?.present;
    let pins = domain.vcpu_pins(cpus, impact).await?;
    let count = pins.len();
    let rows: Vec<Row> = (0..)
        .zip(pins)
        .filter(|(vcpu, _)| wanted.is_none_or(|wanted| wanted == *vcpu))
        .map(|(vcpu, affinity)| Row { vcpu, affinity })
        .collect();
    if let (Some(vcpu), true) = (wanted, rows.is_empty()) {
        let live = !arguments.flag("config") && domain.is_active().await?;
        let of = if live { "live" } else { "persistent" };
        return Err(Failure::NoVcpu { vcpu, of, count });
    }
    let quiet = shell.options.quiet;
    shell.show(arguments, &rows, |rows| {
        let mut table = Table::new(["VCPU", "CPU Affinity"]);
        for row in rows {
            table.row([row.vcpu.to_string(), ranges(&row.affinity)]);
        }
        table.text(quiet)
    })
}

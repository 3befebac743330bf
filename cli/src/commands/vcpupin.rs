//! `vcpupin`: where on the host a domain's virtual processors may run.

use ferrovirt::flags::DomainModificationImpact as Impact;
use ferrovirt::{CpuSet, Domain};
use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, DOMAIN, Group, Opt};
use crate::commands::metadata::impact;
use crate::cpus::{parse, ranges};
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

/// Where it may run from now on.
pub(super) const CPUS: Opt = Opt::text(
    "cpulist",
    "host cpu number(s) to set, or omit option to query",
);

pub(crate) const COMMAND: Command = Command {
    name: "vcpupin",
    group: Group::Domain,
    summary: "control or query domain vcpu affinity",
    description: "Shows where each virtual processor, or one of them, may run, or sets it.",
    options: &[
        DOMAIN,
        Opt::number("vcpu", "number of the virtual processor").named(),
        CPUS.named(),
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
    let list = arguments.text("cpulist");
    if list.is_some() && wanted.is_none() {
        return Err(Failure::Usage {
            what: "vcpupin: Missing vCPU number in pin mode.",
        });
    }
    let domain = shell.domain(arguments).await?;
    let cpus = domain.connection().node_cpus().await?.present;
    if let (Some(vcpu), Some(list)) = (wanted, list) {
        let set = parse(list, cpus)?;
        let current = arguments.flag("current");
        return pin(&domain, vcpu, &set, impact, current).await;
    }
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

/// With no word of a state the old call does, which every driver has.
async fn pin(
    domain: &Domain,
    vcpu: u32,
    cpus: &CpuSet,
    impact: Impact,
    current: bool,
) -> Result<(), Failure> {
    Ok(match impact.is_empty() && !current {
        true => domain.pin_vcpu(vcpu, cpus).await,
        false => domain.pin_vcpu_with(vcpu, cpus, impact).await,
    }?)
}

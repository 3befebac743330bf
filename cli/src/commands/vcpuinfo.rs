//! `vcpuinfo`: what a domain's virtual processors do.

use ferrovirt::enums::VcpuState;
use ferrovirt::flags::DomainModificationImpact;
use ferrovirt::{CpuSet, Domain, VirtualCpu};
use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, DOMAIN, Group, Opt};
use crate::cpus::{letters, ranges};
use crate::failure::Failure;
use crate::shell::Shell;
use crate::size::seconds;

pub(crate) const COMMAND: Command = Command {
    name: "vcpuinfo",
    group: Group::Domain,
    summary: "detailed domain vcpu information",
    description: "Shows what each virtual processor does, and where on the host it may run.",
    options: &[
        DOMAIN,
        Opt::flag("pretty", "the host's processors as numbers and ranges"),
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Row {
    vcpu: u32,
    cpu: Option<u32>,
    state: Option<&'static str>,
    /// Nanoseconds.
    cpu_time: Option<u64>,
    affinity: CpuSet,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let domain = shell.domain(arguments).await?;
    let cpus = domain.connection().node_cpus().await?.present;
    let rows = rows(&domain, cpus).await?;
    let pretty = arguments.flag("pretty");
    shell.show(arguments, &rows, |rows| {
        let parts: Vec<String> = rows.iter().map(|row| text(row, cpus, pretty)).collect();
        parts.join("\n")
    })
}

/// Of a domain that does not run only the places are known.
async fn rows(domain: &Domain, cpus: u32) -> Result<Vec<Row>, Failure> {
    if domain.is_active().await? {
        let vcpus = domain.virtual_cpus(cpus).await?;
        return Ok(vcpus.into_iter().map(Row::from).collect());
    }
    let pins = domain
        .vcpu_pins(cpus, DomainModificationImpact::CONFIG)
        .await?;
    let numbered = (0..).zip(pins);
    Ok(numbered
        .map(|(vcpu, affinity)| Row {
            vcpu,
            cpu: None,
            state: None,
            cpu_time: None,
            affinity,
        })
        .collect())
}

impl From<VirtualCpu> for Row {
    fn from(vcpu: VirtualCpu) -> Self {
        Self {
            vcpu: vcpu.number,
            cpu: vcpu.cpu,
            state: Some(match vcpu.state {
                VcpuState::Offline => "offline",
                VcpuState::Running => "running",
                VcpuState::Blocked => "blocked",
                VcpuState::Unrecognized(_) => "no state",
            }),
            cpu_time: Some(vcpu.cpu_time),
            affinity: vcpu.affinity,
        }
    }
}

fn text(row: &Row, cpus: u32, pretty: bool) -> String {
    let unknown = || "N/A".to_owned();
    let cpu = row.cpu.map_or_else(unknown, |cpu| cpu.to_string());
    let mut text = format!("{:<15} {}\n{:<15} {cpu}\n", "VCPU:", row.vcpu, "CPU:");
    text.push_str(&format!(
        "{:<15} {}\n",
        "State:",
        row.state.unwrap_or("N/A")
    ));
    match row.cpu_time {
        None => text.push_str(&format!("{:<15} N/A\n", "CPU time")),
        Some(0) => {}
        Some(time) => {
            text.push_str(&format!("{:<15} {}\n", "CPU time:", seconds(time)));
        }
    }
    let affinity = match pretty {
        true => format!("{} (out of {cpus})", ranges(&row.affinity)),
        false => letters(&row.affinity, cpus),
    };
    text.push_str(&format!("{:<15} {affinity}\n", "CPU Affinity:"));
    text
}

//! `hypervisor-cpu-compare`: whether a guest can have what another processor has.

use ferrovirt::HypervisorCpu;

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::commands::cpu_compare::{ERROR, FILE, VALIDATE, flags, tell};
use crate::cpu_document;
use crate::failure::Failure;
use crate::shell::Shell;

/// Whose guests are meant.
pub(super) const WHOSE: [Opt; 4] = [
    Opt::text("virttype", "virtualization type (/domain/@type)").named(),
    Opt::text(
        "emulator",
        "path to emulator binary (/domain/devices/emulator)",
    )
    .named(),
    Opt::text("arch", "CPU architecture (/domain/os/type/@arch)").named(),
    Opt::text("machine", "machine type (/domain/os/type/@machine)").named(),
];

pub(crate) const COMMAND: Command = Command {
    name: "hypervisor-cpu-compare",
    group: Group::Host,
    summary: "compare a CPU with the CPU created by a hypervisor on the host",
    description: "compare CPU with hypervisor CPU.",
    options: &[
        FILE, WHOSE[0], WHOSE[1], WHOSE[2], WHOSE[3], ERROR, VALIDATE,
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let path = arguments.required("file")?;
    let cpus = cpu_document::of_guests(shell, arguments)?;
    let cpu = cpus.into_iter().next().unwrap_or_default();
    let connection = shell.connection().await?;
    let answer = connection
        .compare_hypervisor_cpu(whose(arguments), &cpu, flags(arguments))
        .await
        .map_err(Failure::call(format!(
            "Failed to compare hypervisor CPU with {path}"
        )))?;
    let provided = "the CPU provided by hypervisor on the host";
    let sentences = [
        format!("CPU described in {path} is incompatible with {provided}"),
        format!("CPU described in {path} is identical to {provided}"),
        format!(
            "The CPU provided by hypervisor on the host is a superset of CPU described in {path}"
        ),
        format!("Failed to compare hypervisor CPU with {path}"),
    ];
    tell(shell, arguments, answer, sentences)
}

pub(super) fn whose(arguments: &Arguments) -> HypervisorCpu<'_> {
    HypervisorCpu {
        emulator: arguments.text("emulator"),
        arch: arguments.text("arch"),
        machine: arguments.text("machine"),
        kind: arguments.text("virttype"),
    }
}

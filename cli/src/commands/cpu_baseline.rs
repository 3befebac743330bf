//! `cpu-baseline`: what several processors have in common.

use ferrovirt::flags::ConnectBaselineCpuFlags as Flags;

use crate::arguments::Arguments;
use crate::command::{Command, Complete, Group, Opt};
use crate::cpu_document;
use crate::failure::Failure;
use crate::objects::given;
use crate::shell::Shell;

/// The file with the processors.
pub(super) const FILE: Opt =
    Opt::text("file", "file containing XML CPU descriptions").completed_by(Complete::File);
pub(super) const FEATURES: Opt = Opt::flag(
    "features",
    "Show features that are part of the CPU model type",
);
pub(super) const MIGRATABLE: Opt =
    Opt::flag("migratable", "Do not include features that block migration");

pub(crate) const COMMAND: Command = Command {
    name: "cpu-baseline",
    group: Group::Host,
    summary: "compute baseline CPU",
    description: "Compute baseline CPU for a set of given CPUs.",
    options: &[FILE.required(), FEATURES, MIGRATABLE],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let cpus = cpu_document::of_file(arguments)?;
    let connection = shell.connection().await?;
    let cpu = connection.baseline_cpu(cpus, flags(arguments)).await?;
    shell.show_document(arguments, "cpu", cpu)
}

pub(super) fn flags(arguments: &Arguments) -> Flags {
    given(
        arguments,
        [
            ("features", Flags::EXPAND_FEATURES),
            ("migratable", Flags::MIGRATABLE),
        ],
    )
}

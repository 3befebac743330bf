//! `hypervisor-cpu-baseline`: what several processors have in common that a guest can have.

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::commands::cpu_baseline::{FEATURES, FILE, MIGRATABLE, flags};
use crate::commands::hypervisor_cpu_compare::{WHOSE, whose};
use crate::cpu_document;
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "hypervisor-cpu-baseline",
    group: Group::Host,
    summary: "compute baseline CPU usable by a specific hypervisor",
    description: "Compute baseline CPU for a set of given CPUs. The result will be tailored to the specified hypervisor.",
    options: &[
        FILE.named(),
        WHOSE[0],
        WHOSE[1],
        WHOSE[2],
        WHOSE[3],
        FEATURES,
        MIGRATABLE,
        Opt::text(
            "model",
            "Shortcut for calling the command with a single CPU model and no additional features",
        )
        .named(),
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    arguments.exclusive("file", "model")?;
    let cpus = match (arguments.text("model"), arguments.text("file")) {
        (Some(model), _) => vec![format!("<cpu><model>{model}</model></cpu>")],
        (None, Some(_)) => cpu_document::of_guests(shell, arguments)?,
        (None, None) => {
            return Err(Failure::Usage {
                what: "Either --file or --model must be provided",
            });
        }
    };
    let connection = shell.connection().await?;
    let cpu = connection
        .baseline_hypervisor_cpu(whose(arguments), cpus, flags(arguments))
        .await?;
    shell.show_document(arguments, "cpu", cpu)
}

//! `cpu-models`: the models of processors of an architecture.

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "cpu-models",
    group: Group::Host,
    summary: "CPU models",
    description: "Get the CPU models for an arch.",
    options: &[Opt::text("arch", "architecture").required()],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let arch = arguments.required("arch")?;
    let connection = shell.connection().await?;
    let models = connection
        .cpu_models(arch)
        .await
        .map_err(Failure::call("failed to get CPU model names"))?;
    shell.show(arguments, &models, |models| match models.is_empty() {
        true => "all CPU models are accepted\n".to_owned(),
        false => models.iter().map(|model| format!("{model}\n")).collect(),
    })
}

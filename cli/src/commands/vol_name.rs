//! `vol-name`: the name of a volume.

use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "vol-name",
    group: Group::Volume,
    summary: "returns the volume name for a given volume key or path",
    description: "Print the name of the volume in its pool.",
    options: &[Opt::text("vol", "volume key or path").required()],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Shown {
    name: String,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let word = arguments.required("vol")?;
    let what = format!("failed to get vol '{word}'");
    let volume = shell.volume_anywhere(word, what).await?;
    let name = volume.name().to_owned();
    shell.show(arguments, &Shown { name }, |shown| {
        format!("{}\n", shown.name)
    })
}

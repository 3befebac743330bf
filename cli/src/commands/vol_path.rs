//! `vol-path`: where a volume is.

use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::failure::Failure;
use crate::objects::POOL_OF_VOLUME;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "vol-path",
    group: Group::Volume,
    summary: "returns the volume path for a given volume name or key",
    description: "Print where the host sees the volume.",
    options: &[
        Opt::text("vol", "volume name or key").required(),
        POOL_OF_VOLUME,
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Shown {
    path: String,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let path = shell.volume(arguments).await?.path().await?;
    shell.show(arguments, &Shown { path }, |shown| {
        format!("{}\n", shown.path)
    })
}

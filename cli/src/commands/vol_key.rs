//! `vol-key`: what names a volume among all.

use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::failure::Failure;
use crate::objects::POOL_OF_VOLUME;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "vol-key",
    group: Group::Volume,
    summary: "returns the volume key for a given volume name or path",
    description: "Print what names the volume among all volumes.",
    options: &[
        Opt::text("vol", "volume name or path").required(),
        POOL_OF_VOLUME,
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Shown {
    key: String,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let key = shell.volume(arguments).await?.key().to_owned();
    shell.show(arguments, &Shown { key }, |shown| {
        format!("{}\n", shown.key)
    })
}

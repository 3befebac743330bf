//! `vol-pool`: the pool of a volume.

use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "vol-pool",
    group: Group::Volume,
    summary: "returns the storage pool for a given volume key or path",
    description: "Print the name or UUID of the pool that the volume is in.",
    options: &[
        Opt::text("vol", "volume key or path").required(),
        Opt::flag("uuid", "return the pool uuid rather than pool name"),
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Shown {
    pool: String,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let word = arguments.required("vol")?;
    let what = format!("failed to get vol '{word}'");
    let volume = shell.volume_anywhere(word, what).await?;
    let pool = volume
        .pool()
        .await
        .map_err(Failure::call("failed to get parent pool"))?;
    let pool = match arguments.flag("uuid") {
        true => pool.uuid_string(),
        false => pool.name().to_owned(),
    };
    shell.show(arguments, &Shown { pool }, |shown| {
        format!("{}\n", shown.pool)
    })
}

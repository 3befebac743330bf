//! `find-storage-pool-sources`: what storage pools could be made of.

use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::Complete;
use crate::command::{Command, Group, Opt};
use crate::failure::Failure;
use crate::shell::Shell;
use crate::shell::read_file;

pub(crate) const COMMAND: Command = Command {
    name: "find-storage-pool-sources",
    group: Group::Pool,
    summary: "discover potential storage pool sources",
    description: "Returns XML <sources> document.",
    options: &[
        Opt::text("type", "type of storage pool sources to discover").required(),
        Opt::text("srcSpec", "optional file of source xml to query for pools")
            .named()
            .completed_by(Complete::File),
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Shown {
    sources: String,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let kind = arguments.required("type")?;
    let spec = arguments.text("srcSpec").map(read_file).transpose()?;
    let connection = shell.connection().await?;
    let sources = connection
        .find_storage_pool_sources(kind, spec.as_deref())
        .await
        .map_err(Failure::call(format!(
            "Failed to find any {kind} pool sources"
        )))?;
    shell.show(arguments, &Shown { sources }, |shown| {
        format!("{}\n", shown.sources)
    })
}

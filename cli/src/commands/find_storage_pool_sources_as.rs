//! `find-storage-pool-sources-as`: what storage pools could be made of, on a host.

use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::failure::Failure;
use crate::pool_document::escaped;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "find-storage-pool-sources-as",
    group: Group::Pool,
    summary: "find potential storage pool sources",
    description: "Returns XML <sources> document.",
    options: &[
        Opt::text("type", "type of storage pool sources to find").required(),
        Opt::text("host", "optional host to query").named(),
        Opt::text("port", "optional port to query").named(),
        Opt::text("initiator", "optional initiator IQN to use for query").named(),
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
    let spec = specification(arguments);
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

/// The document that says where to look; nothing where no host is named.
fn specification(arguments: &Arguments) -> Option<String> {
    let value = |option| arguments.text(option).map(escaped);
    let host = value("host")?;
    let port = value("port").map_or_else(String::new, |port| format!(" port='{port}'"));
    let initiator = value("initiator").map_or_else(String::new, |iqn| {
        format!("  <initiator>\n    <iqn name='{iqn}'/>\n  </initiator>\n")
    });
    Some(format!(
        "<source>\n  <host name='{host}'{port}/>\n{initiator}</source>\n"
    ))
}

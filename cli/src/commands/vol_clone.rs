//! `vol-clone`: copy a volume within its pool.

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::commands::vol_create::{PREALLOC_METADATA, REFLINK, flags};
use crate::document::parse;
use crate::failure::Failure;
use crate::objects::{POOL_OF_VOLUME, VOLUME};
use crate::pool_document::escaped;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "vol-clone",
    group: Group::Volume,
    summary: "clone a volume",
    description: "Clone an existing volume within the parent pool.",
    options: &[
        VOLUME,
        Opt::text("newname", "clone name").required(),
        POOL_OF_VOLUME,
        PREALLOC_METADATA,
        REFLINK,
        Opt::flag(
            "print-xml",
            "print XML document rather than clone the volume",
        ),
    ],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let original = shell.volume(arguments).await?;
    let new = arguments.required("newname")?;
    let pool = original
        .pool()
        .await
        .map_err(Failure::call("failed to get parent pool"))?;
    let xml = renamed(&original.xml().await?, new)?;
    if arguments.flag("print-xml") {
        return shell.print(&xml);
    }
    let name = original.name();
    let made = pool
        .create_volume_from(&xml, &original, flags(arguments))
        .await
        .map_err(Failure::call(format!("Failed to clone vol from {name}")))?;
    shell.note(&format!("Vol {} cloned from {name}", made.name()))
}

/// The document with another name.
fn renamed(xml: &str, name: &str) -> Result<String, Failure> {
    let document = parse(xml)?;
    let mut children = document.root_element().children();
    let old = children.find(|node| node.has_tag_name("name"));
    let Some(range) = old.map(|node| node.range()) else {
        return Ok(xml.to_owned());
    };
    let mut renamed = xml.to_owned();
    renamed.replace_range(range, &format!("<name>{}</name>", escaped(name)));
    Ok(renamed)
}

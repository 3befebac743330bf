//! `vol-create-from`: make a volume with the content of another one.

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::commands::vol_create::{PREALLOC_METADATA, REFLINK, flags};
use crate::failure::Failure;
use crate::objects::{POOL, VALIDATE, VOLUME, file};
use crate::shell::Shell;
use crate::shell::read_file;

pub(crate) const COMMAND: Command = Command {
    name: "vol-create-from",
    group: Group::Volume,
    summary: "create a vol, using another volume as input",
    description: "Create a vol from an existing volume.",
    options: &[
        POOL,
        file("file containing an XML vol description"),
        VOLUME,
        Opt::text("inputpool", "pool name or uuid of the input volume's pool").named(),
        PREALLOC_METADATA,
        REFLINK,
        VALIDATE,
    ],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let pool = shell.pool(arguments).await?;
    let path = arguments.required("file")?;
    let word = arguments.required("vol")?;
    let original = shell
        .volume_in(word, "inputpool", arguments.text("inputpool"))
        .await?;
    let xml = read_file(path)?;
    let name = original.name();
    let made = pool
        .create_volume_from(&xml, &original, flags(arguments))
        .await
        .map_err(Failure::call(format!("Failed to create vol from {path}")))?;
    shell.note(&format!(
        "Vol {} created from input vol {name}",
        made.name()
    ))
}

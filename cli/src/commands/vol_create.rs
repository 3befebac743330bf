//! `vol-create`: make a volume from its document.

use ferrovirt::flags::StorageVolCreateFlags;

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::failure::Failure;
use crate::objects::{VALIDATE, file, given};
use crate::shell::Shell;
use crate::shell::read_file;

pub(crate) const COMMAND: Command = Command {
    name: "vol-create",
    group: Group::Volume,
    summary: "create a vol from an XML file",
    description: "Create a vol.",
    options: &[
        Opt::text("pool", "pool name").required(),
        file("file containing an XML vol description"),
        PREALLOC_METADATA,
        VALIDATE,
    ],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

/// The image's tables are written at once.
pub(super) const PREALLOC_METADATA: Opt = Opt::flag(
    "prealloc-metadata",
    "preallocate metadata (for qcow2 instead of full allocation)",
);

/// The content is shared with the original until it is written to.
pub(super) const REFLINK: Opt = Opt::flag("reflink", "use btrfs COW lightweight copy");

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let pool = shell.pool(arguments).await?;
    let path = arguments.required("file")?;
    let xml = read_file(path)?;
    let made = pool
        .create_volume(&xml, flags(arguments))
        .await
        .map_err(Failure::call(format!("Failed to create vol from {path}")))?;
    shell.note(&format!("Vol {} created from {path}", made.name()))
}

/// The flags that all commands have that make volumes.
pub(super) fn flags(arguments: &Arguments) -> StorageVolCreateFlags {
    given(
        arguments,
        [
            (
                "prealloc-metadata",
                StorageVolCreateFlags::PREALLOC_METADATA,
            ),
            ("reflink", StorageVolCreateFlags::REFLINK),
            ("validate", StorageVolCreateFlags::VALIDATE),
        ],
    )
}

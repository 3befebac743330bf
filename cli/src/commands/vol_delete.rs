//! `vol-delete`: delete a volume.

use ferrovirt::flags::StorageVolDeleteFlags;

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::failure::Failure;
use crate::objects::{POOL_OF_VOLUME, VOLUME, given};
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "vol-delete",
    group: Group::Volume,
    summary: "delete a vol",
    description: "Delete a given vol.",
    options: &[
        VOLUME,
        POOL_OF_VOLUME,
        Opt::flag(
            "delete-snapshots",
            "delete snapshots associated with volume (must be supported by storage driver)",
        ),
    ],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let found = shell.volume(arguments).await?;
    let flags = given(
        arguments,
        [("delete-snapshots", StorageVolDeleteFlags::WITH_SNAPSHOTS)],
    );
    let name = found.name();
    found
        .delete(flags)
        .await
        .map_err(Failure::call(format!("Failed to delete vol {name}")))?;
    shell.note(&format!("Vol {name} deleted"))
}

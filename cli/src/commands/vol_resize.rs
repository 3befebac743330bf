//! `vol-resize`: change a volume's size.

use ferrovirt::flags::StorageVolResizeFlags;

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::failure::Failure;
use crate::objects::{POOL_OF_VOLUME, VOLUME, given};
use crate::shell::Shell;
use crate::size;

pub(crate) const COMMAND: Command = Command {
    name: "vol-resize",
    group: Group::Volume,
    summary: "resize a vol",
    description: "Resizes a storage volume. This is safe only for storage volumes not in use by an active guest.",
    options: &[
        VOLUME,
        Opt::text(
            "capacity",
            "new capacity for the vol, as scaled integer (default bytes)",
        )
        .required(),
        POOL_OF_VOLUME,
        Opt::flag(
            "allocate",
            "allocate the new capacity, rather than leaving it sparse",
        ),
        Opt::flag(
            "delta",
            "use capacity as a delta to current size, rather than the new size",
        ),
        Opt::flag("shrink", "allow the resize to shrink the volume"),
    ],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let mut flags = given(
        arguments,
        [
            ("allocate", StorageVolResizeFlags::ALLOCATE),
            ("delta", StorageVolResizeFlags::DELTA),
            ("shrink", StorageVolResizeFlags::SHRINK),
        ],
    );
    let volume = shell.volume(arguments).await?;
    let text = arguments.required("capacity")?;
    let text = match text.strip_prefix('-') {
        None => text,
        // Less than it has: that much less.
        Some(text) if arguments.flag("shrink") => {
            flags |= StorageVolResizeFlags::DELTA;
            text
        }
        Some(_) => {
            return Err(Failure::Usage {
                what: "negative size requires --shrink",
            });
        }
    };
    let capacity = size::parse(text).map_err(|cause| Failure::Size {
        text: text.to_owned(),
        cause,
    })?;
    let name = volume.name();
    let by = match flags.contains(StorageVolResizeFlags::DELTA) {
        true => "by",
        false => "to",
    };
    volume
        .resize(capacity, flags)
        .await
        .map_err(Failure::call(format!(
            "Failed to change size of volume '{name}' {by} {text}"
        )))?;
    shell.note(&format!(
        "Size of volume '{name}' successfully changed {by} {text}"
    ))
}

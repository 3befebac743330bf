//! `vol-info`: a volume at a glance.

use ferrovirt::enums::StorageVolType;
use ferrovirt::flags::StorageVolInfoFlags;
use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::failure::Failure;
use crate::objects::{POOL_OF_VOLUME, VOLUME};
use crate::shell::Shell;
use crate::size::pretty;

pub(crate) const COMMAND: Command = Command {
    name: "vol-info",
    group: Group::Volume,
    summary: "storage vol information",
    description: "Returns basic information about the storage vol.",
    options: &[
        VOLUME,
        POOL_OF_VOLUME,
        Opt::flag(
            "bytes",
            "sizes are represented in bytes rather than pretty units",
        ),
        Opt::flag(
            "physical",
            "return the physical size of the volume in allocation field",
        ),
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Shown {
    name: String,
    r#type: &'static str,
    /// Bytes.
    capacity: u64,
    /// Bytes.
    allocation: u64,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let volume = shell.volume(arguments).await?;
    let physical = arguments.flag("physical");
    let info = match physical {
        true => volume.info_with(StorageVolInfoFlags::GET_PHYSICAL).await?,
        false => volume.info().await?,
    };
    let shown = Shown {
        name: volume.name().to_owned(),
        r#type: kind(info.kind),
        capacity: info.capacity,
        allocation: info.allocation,
    };
    let size = |bytes: u64| match arguments.flag("bytes") {
        true => format!("{bytes} bytes"),
        false => pretty(bytes, 2),
    };
    let used = if physical { "Physical:" } else { "Allocation:" };
    shell.show(arguments, &shown, |shown| {
        format!(
            "{:<15} {}\n{:<15} {}\n{:<15} {}\n{used:<15} {}\n",
            "Name:",
            shown.name,
            "Type:",
            shown.r#type,
            "Capacity:",
            size(shown.capacity),
            size(shown.allocation)
        )
    })
}

/// The word for what a volume is.
pub(super) fn kind(kind: StorageVolType) -> &'static str {
    match kind {
        StorageVolType::File => "file",
        StorageVolType::Block => "block",
        StorageVolType::Dir => "dir",
        StorageVolType::Network => "network",
        StorageVolType::Netdir => "netdir",
        StorageVolType::Ploop => "ploop",
        StorageVolType::Unrecognized(_) => "unknown",
    }
}

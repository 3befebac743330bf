//! `allocpages`: how many huge pages the host keeps.

use ferrovirt::flags::NodeAllocPagesFlags as Flags;

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::commands::freecell;
use crate::failure::Failure;
use crate::shell::Shell;
use crate::size;

/// The whole host instead of one of its cells.
const HOST: i32 = -1;

pub(crate) const COMMAND: Command = Command {
    name: "allocpages",
    group: Group::Host,
    summary: "Manipulate pages pool size",
    description: "Allocate or free some pages in the pool for NUMA cell.",
    options: &[
        Opt::number("pagesize", "page size (in kibibytes)").required(),
        Opt::number("pagecount", "page count").required(),
        Opt::number("cellno", "NUMA cell number").named(),
        Opt::flag("add", "instead of setting new pool size add pages to it"),
        Opt::flag("all", "set on all NUMA cells"),
    ],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    arguments.exclusive("all", "cellno")?;
    let cell = arguments.number::<i32>("cellno")?;
    let kib = page_size(arguments.required("pagesize")?)?;
    let count = arguments.number::<u64>("pagecount")?.unwrap_or_default();
    let flags = match arguments.flag("add") {
        true => Flags::empty(),
        false => Flags::SET,
    };
    let connection = shell.connection().await?;
    let cells = match arguments.flag("all") {
        true => freecell::ids(&connection.capabilities().await?)?,
        false => vec![cell.unwrap_or(HOST)],
    };
    for cell in cells {
        connection.allocate_pages(kib, count, cell, flags).await?;
    }
    Ok(())
}

/// In KiB; a number without a unit is one of KiB.
fn page_size(text: &str) -> Result<u32, Failure> {
    let malformed = || Failure::BadScaled {
        name: "pagesize",
        text: text.to_owned(),
    };
    let plain = text.parse::<u32>().ok();
    let kib = match plain {
        Some(kib) => Some(kib),
        None => size::parse(text).ok().and_then(|bytes| {
            let kib = bytes.div_ceil(1024);
            u32::try_from(kib).ok()
        }),
    };
    kib.ok_or_else(malformed)
}

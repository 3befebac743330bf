//! `freecell`: the free memory of the host, or of its cells.

use ferrovirt::Connection;
use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::document;
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "freecell",
    group: Group::Host,
    summary: "NUMA free memory",
    description: "Shows the free memory of the host, of one of its cells, or of each of them.",
    options: &[
        Opt::number("cellno", "number of the cell").named(),
        Opt::flag("all", "each cell"),
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Cell {
    id: i32,
    /// KiB.
    free: u64,
}

#[derive(Serialize)]
struct Shown {
    /// KiB.
    total: u64,
    cells: Vec<Cell>,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    arguments.exclusive("all", "cellno")?;
    let wanted = arguments.number::<i32>("cellno")?;
    let connection = shell.connection().await?;
    if let Some(id) = wanted {
        let cells = vec![cell(&connection, id).await?];
        let total = cells.iter().map(|cell| cell.free).sum();
        return shell.show(arguments, &Shown { total, cells }, |shown| {
            let lines = shown.cells.iter();
            lines
                .map(|cell| format!("{}: {} KiB\n", cell.id, cell.free))
                .collect()
        });
    }
    if !arguments.flag("all") {
        let shown = Shown {
            total: connection.free_memory().await? / 1024,
            cells: Vec::new(),
        };
        return shell.show(arguments, &shown, |shown| {
            format!("Total: {} KiB\n", shown.total)
        });
    }
    let mut cells = Vec::new();
    for id in ids(&connection.capabilities().await?)? {
        cells.push(cell(&connection, id).await?);
    }
    let total = cells.iter().map(|cell| cell.free).sum();
    shell.show(arguments, &Shown { total, cells }, |shown| {
        let lines = shown.cells.iter();
        let lines = lines.map(|cell| format!("{:>5}: {:>10} KiB\n", cell.id, cell.free));
        let total = format!("Total: {:>10} KiB\n", shown.total);
        lines.collect::<String>() + &"-".repeat(20) + "\n" + &total
    })
}

async fn cell(connection: &Connection, id: i32) -> Result<Cell, Failure> {
    let free = connection.cells_free_memory(id, 1).await?;
    let free = free.first().copied().unwrap_or(0) / 1024;
    Ok(Cell { id, free })
}

/// The numbers of the cells that the host's capabilities tell of.
pub(super) fn ids(capabilities: &str) -> Result<Vec<i32>, Failure> {
    let parsed = document::parse(capabilities)?;
    let cells = parsed.descendants().filter(|node| {
        let parent = node.parent();
        node.has_tag_name("cell") && parent.is_some_and(|it| it.has_tag_name("cells"))
    });
    let ids = cells.filter_map(|cell| cell.attribute("id")?.parse().ok());
    Ok(ids.collect())
}

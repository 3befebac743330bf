//! `domblkinfo`: how large a domain's disks are.

use ferrovirt::{DiskSizes, XmlOptions};
use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, DOMAIN, Group, Opt};
use crate::document;
use crate::failure::Failure;
use crate::shell::Shell;
use crate::size::pretty;
use crate::table::Table;

pub(crate) const COMMAND: Command = Command {
    name: "domblkinfo",
    group: Group::Monitor,
    summary: "domain block device size information",
    description: "Shows what the guest sees of a disk, what it takes of the storage, and where it ends.",
    options: &[
        DOMAIN,
        Opt::text("device", "target or source of the disk"),
        Opt::flag("human", "sizes in the largest fitting unit"),
        Opt::flag("all", "all disks"),
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

/// A disk with its sizes in bytes; none where it has no medium.
#[derive(Serialize)]
struct Row {
    device: String,
    capacity: Option<u64>,
    allocation: Option<u64>,
    physical: Option<u64>,
}

impl Row {
    fn new(device: &str, sizes: Option<DiskSizes>) -> Self {
        Self {
            device: device.to_owned(),
            capacity: sizes.map(|sizes| sizes.capacity),
            allocation: sizes.map(|sizes| sizes.allocation),
            physical: sizes.map(|sizes| sizes.physical),
        }
    }

    fn sizes(&self) -> [Option<u64>; 3] {
        [self.capacity, self.allocation, self.physical]
    }
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    arguments.exclusive("all", "device")?;
    let human = arguments.flag("human");
    let domain = shell.domain(arguments).await?;
    let Some(device) = arguments.text("device") else {
        if !arguments.flag("all") {
            return Err(Failure::RequiredOption {
                command: COMMAND.name,
                option: "<device>".to_owned(),
            });
        }
        let xml = domain.xml(XmlOptions::empty()).await?;
        let mut rows = Vec::new();
        for (target, has_source) in disks(&xml)? {
            let sizes = match has_source {
                true => Some(domain.disk_sizes(&target).await?),
                false => None,
            };
            rows.push(Row::new(&target, sizes));
        }
        let quiet = shell.options.quiet;
        return shell.show(arguments, &rows, |rows| table(rows, human).text(quiet));
    };
    let row = Row::new(device, Some(domain.disk_sizes(device).await?));
    shell.show(arguments, &row, |row| {
        let names = ["Capacity:", "Allocation:", "Physical:"];
        let lines = names.iter().zip(row.sizes());
        lines
            .map(|(name, size)| format!("{name:<15} {}\n", word(size, human)))
            .collect()
    })
}

fn table(rows: &[Row], human: bool) -> Table {
    let mut table = Table::new(["Target", "Capacity", "Allocation", "Physical"]);
    for row in rows {
        let sizes = row.sizes().map(|size| word(size, human));
        table.row(std::iter::once(row.device.clone()).chain(sizes));
    }
    table
}

fn word(size: Option<u64>, human: bool) -> String {
    match size {
        None => "-".to_owned(),
        Some(size) if human => pretty(size, 3),
        Some(size) => size.to_string(),
    }
}

/// The disks' targets, and whether something is in them.
fn disks(xml: &str) -> Result<Vec<(String, bool)>, Failure> {
    let parsed = document::parse(xml)?;
    let disks = document::devices(&parsed, "disk");
    Ok(disks
        .filter_map(|disk| {
            let target = document::of_child(disk, "target", "dev")?.to_owned();
            let source = disk.children().find(|node| node.has_tag_name("source"));
            let has_source = source.is_some_and(|source| source.attributes().len() > 0);
            Some((target, has_source))
        })
        .collect())
}

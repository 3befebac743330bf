//! `domblklist`: the disks of a domain.

use ferrovirt::XmlOptions;
use roxmltree::Node;
use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, DOMAIN, Group, Opt};
use crate::document;
use crate::failure::Failure;
use crate::shell::Shell;
use crate::table::Table;

pub(crate) const COMMAND: Command = Command {
    name: "domblklist",
    group: Group::Monitor,
    summary: "list all domain blocks",
    description: "Get the summary of block devices for a domain.",
    options: &[
        DOMAIN,
        Opt::flag("inactive", "get inactive rather than running configuration"),
        Opt::flag("details", "additionally display the type and device value"),
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Row {
    r#type: String,
    device: String,
    target: String,
    source: Option<String>,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let domain = shell.domain(arguments).await?;
    let mut options = XmlOptions::empty();
    options.set(XmlOptions::INACTIVE, arguments.flag("inactive"));
    let xml = domain.xml(options).await?;
    let parsed = document::parse(&xml)?;
    let rows: Vec<Row> = document::devices(&parsed, "disk").map(row).collect();
    let (details, quiet) = (arguments.flag("details"), shell.options.quiet);
    shell.show(arguments, &rows, |rows| table(rows, details).text(quiet))
}

fn row(disk: Node<'_, '_>) -> Row {
    let kind = disk.attribute("type").unwrap_or("file");
    let source = ["file", "dev", "dir", "name", "volume", "path"]
        .iter()
        .find_map(|attribute| document::of_child(disk, "source", attribute));
    Row {
        r#type: kind.to_owned(),
        device: disk.attribute("device").unwrap_or("disk").to_owned(),
        target: document::of_child(disk, "target", "dev")
            .unwrap_or("-")
            .to_owned(),
        source: source.map(str::to_owned),
    }
}

fn table(rows: &[Row], details: bool) -> Table {
    let mut table = if details {
        Table::new(["Type", "Device", "Target", "Source"])
    } else {
        Table::new(["Target", "Source"])
    };
    for row in rows {
        let source = row.source.clone().unwrap_or_else(|| "-".to_owned());
        let ends = [row.target.clone(), source];
        if details {
            table.row(
                [row.r#type.clone(), row.device.clone()]
                    .into_iter()
                    .chain(ends),
            );
        } else {
            table.row(ends);
        }
    }
    table
}

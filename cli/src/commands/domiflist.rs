//! `domiflist`: the network interfaces of a domain.

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
    name: "domiflist",
    group: Group::Monitor,
    summary: "list all domain virtual interfaces",
    description: "Get the summary of virtual interfaces for a domain.",
    options: &[
        DOMAIN,
        Opt::flag("inactive", "get inactive rather than running configuration"),
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Row {
    interface: Option<String>,
    r#type: String,
    source: Option<String>,
    model: Option<String>,
    mac: Option<String>,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let domain = shell.domain(arguments).await?;
    let mut options = XmlOptions::empty();
    options.set(XmlOptions::INACTIVE, arguments.flag("inactive"));
    let xml = domain.xml(options).await?;
    let parsed = document::parse(&xml)?;
    let rows: Vec<Row> = document::devices(&parsed, "interface").map(row).collect();
    let quiet = shell.options.quiet;
    shell.show(arguments, &rows, |rows| table(rows).text(quiet))
}

fn row(interface: Node<'_, '_>) -> Row {
    let of = |child, attribute| document::of_child(interface, child, attribute).map(str::to_owned);
    let kind = interface.attribute("type").unwrap_or("-");
    let source = match kind {
        "network" | "bridge" => of("source", kind),
        "direct" => of("source", "dev"),
        _ => of("source", "name"),
    };
    Row {
        interface: of("target", "dev"),
        r#type: kind.to_owned(),
        source,
        model: of("model", "type"),
        mac: of("mac", "address"),
    }
}

fn table(rows: &[Row]) -> Table {
    let mut table = Table::new(["Interface", "Type", "Source", "Model", "MAC"]);
    for row in rows {
        let word = |word: &Option<String>| word.clone().unwrap_or_else(|| "-".to_owned());
        table.row([
            word(&row.interface),
            row.r#type.clone(),
            word(&row.source),
            word(&row.model),
            word(&row.mac),
        ]);
    }
    table
}

//! `domfsinfo`: the file systems that a guest has mounted.

use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, DOMAIN, Group};
use crate::failure::Failure;
use crate::shell::Shell;
use crate::table::Table;

pub(crate) const COMMAND: Command = Command {
    name: "domfsinfo",
    group: Group::Monitor,
    summary: "Get information of domain's mounted filesystems",
    description: "Get information of domain's mounted filesystems.",
    options: &[DOMAIN],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Row {
    mountpoint: String,
    name: String,
    r#type: String,
    disks: Vec<String>,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let domain = shell.domain(arguments).await?;
    let systems = domain
        .file_systems()
        .await
        .map_err(Failure::call("Unable to get filesystem information"))?;
    let rows: Vec<Row> = systems
        .into_iter()
        .map(|it| Row {
            mountpoint: it.mountpoint,
            name: it.name,
            r#type: it.kind,
            disks: it.disks,
        })
        .collect();
    let quiet = shell.options.quiet;
    shell.show(arguments, &rows, |rows| {
        if rows.is_empty() {
            return "No filesystems are mounted in the domain\n".to_owned();
        }
        let mut table = Table::new(["Mountpoint", "Name", "Type", "Target"]);
        for row in rows {
            let (mountpoint, name) = (row.mountpoint.clone(), row.name.clone());
            table.row([mountpoint, name, row.r#type.clone(), row.disks.join(",")]);
        }
        table.text(quiet)
    })
}

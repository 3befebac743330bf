//! `domblkerror`: the disks that are in error.

use ferrovirt::enums::DomainDiskErrorCode as Code;
use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, DOMAIN, Group};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "domblkerror",
    group: Group::Monitor,
    summary: "show errors on block devices",
    description: "Shows the disks of a running domain that are in error.",
    options: &[DOMAIN],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Row {
    disk: String,
    error: &'static str,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let errors = shell.domain(arguments).await?.disk_errors().await?;
    let rows: Vec<Row> = errors
        .into_iter()
        .map(|found| Row {
            disk: found.disk,
            error: word(found.error),
        })
        .collect();
    shell.show(arguments, &rows, |rows| match rows.as_slice() {
        [] => "No errors found\n".to_owned(),
        rows => rows
            .iter()
            .map(|row| format!("{}: {}\n", row.disk, row.error))
            .collect(),
    })
}

fn word(code: Code) -> &'static str {
    match code {
        Code::None => "no error",
        Code::NoSpace => "no space",
        Code::Unspec | Code::Unrecognized(_) => "unspecified error",
    }
}

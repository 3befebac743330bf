//! `ttyconsole`: the terminal behind a domain's first console.

use ferrovirt::XmlOptions;
use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, DOMAIN, Group};
use crate::document;
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "ttyconsole",
    group: Group::Domain,
    summary: "tty console",
    description: "Output the device for the TTY console.",
    options: &[DOMAIN],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Shown {
    tty: Option<String>,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let xml = shell
        .domain(arguments)
        .await?
        .xml(XmlOptions::empty())
        .await?;
    let parsed = document::parse(&xml)?;
    let tty = document::devices(&parsed, "console")
        .find_map(|console| console.attribute("tty"))
        .map(str::to_owned);
    if tty.is_none() && !arguments.flag("json") {
        return Err(Failure::Nothing);
    }
    shell.show(arguments, &Shown { tty }, |shown| {
        shown
            .tty
            .as_ref()
            .map_or_else(String::new, |tty| format!("{tty}\n"))
    })
}

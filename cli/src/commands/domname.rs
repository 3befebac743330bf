//! `domname`: convert a domain id or UUID to domain name.

use ferrovirt::DomainWord;
use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, DOMAIN, Group};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "domname",
    group: Group::Domain,
    summary: "convert a domain id or UUID to domain name",
    description: "Convert a domain id or UUID to domain name.",
    options: &[DOMAIN],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Shown {
    name: String,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let ways = [DomainWord::Id, DomainWord::Uuid];
    let domain = shell.domain_by(arguments, &ways).await?;
    let name = domain.name().to_owned();
    shell.show(arguments, &Shown { name }, |shown| {
        format!("{}\n", shown.name)
    })
}

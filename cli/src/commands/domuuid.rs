//! `domuuid`: convert a domain name or id to domain UUID.

use ferrovirt::DomainWord;
use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, DOMAIN, Group};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "domuuid",
    group: Group::Domain,
    summary: "convert a domain name or id to domain UUID",
    description: "Convert a domain name or id to domain UUID.",
    options: &[DOMAIN],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Shown {
    uuid: String,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let ways = [DomainWord::Id, DomainWord::Name];
    let domain = shell.domain_by(arguments, &ways).await?;
    let uuid = domain.uuid_string();
    shell.show(arguments, &Shown { uuid }, |shown| {
        format!("{}\n", shown.uuid)
    })
}

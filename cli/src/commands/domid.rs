//! `domid`: convert a domain name or UUID to domain id.

use ferrovirt::DomainWord;
use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, DOMAIN, Group};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "domid",
    group: Group::Domain,
    summary: "convert a domain name or UUID to domain id",
    description: "Convert a domain name or UUID to domain id.",
    options: &[DOMAIN],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Shown {
    id: Option<u32>,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let ways = [DomainWord::Uuid, DomainWord::Name];
    let domain = shell.domain_by(arguments, &ways).await?;
    let id = domain.id();
    shell.show(arguments, &Shown { id }, |shown| {
        shown.id.map_or("-\n".to_owned(), |id| format!("{id}\n"))
    })
}

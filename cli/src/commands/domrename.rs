//! `domrename`: give a domain another name.

use ferrovirt::DomainWord;

use crate::arguments::Arguments;
use crate::command::{Command, DOMAIN, Group, Opt};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "domrename",
    group: Group::Domain,
    summary: "rename a domain",
    description: "Rename an inactive domain.",
    options: &[DOMAIN, Opt::text("new-name", "new domain name").required()],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let new = arguments.required("new-name")?;
    let ways = [DomainWord::Uuid, DomainWord::Name];
    let domain = shell.domain_by(arguments, &ways).await?;
    domain.rename(new).await?;
    shell.note("Domain successfully renamed")
}

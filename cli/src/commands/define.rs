//! `define`: define a domain from its document, without starting it.

use ferrovirt::flags::DomainDefineFlags;

use crate::arguments::Arguments;
use crate::command::{Command, FILE, Group};
use crate::failure::Failure;
use crate::from_file::from_file;
use crate::objects::{VALIDATE, given};
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "define",
    group: Group::Domain,
    summary: "define (but don't start) a domain from an XML file",
    description: "Define a domain.",
    options: &[FILE, VALIDATE],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let flags = given(arguments, [("validate", DomainDefineFlags::VALIDATE)]);
    let (made, path) = from_file(
        shell,
        arguments,
        "define domain",
        async |connection, xml| connection.define_domain_with(&xml, flags).await,
    )
    .await?;
    shell.note(&format!("Domain '{}' defined from {path}", made.name()))
}

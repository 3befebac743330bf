//! `define`: define a domain from its document, without starting it.

use ferrovirt::flags::DomainDefineFlags;

use crate::arguments::Arguments;
use crate::command::{Command, FILE, Group, Opt};
use crate::failure::Failure;
use crate::shell::{Shell, read_file};

pub(crate) const COMMAND: Command = Command {
    name: "define",
    group: Group::Domain,
    summary: "define (but don't start) a domain from an XML file",
    description: "Define a domain.",
    options: &[
        FILE,
        Opt::flag("validate", "validate the XML against the schema"),
    ],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let file = arguments.required("file")?;
    let xml = read_file(file)?;
    let flags = if arguments.flag("validate") {
        DomainDefineFlags::VALIDATE
    } else {
        DomainDefineFlags::empty()
    };
    let connection = shell.connection().await?;
    let domain = connection
        .define_domain_with(&xml, flags)
        .await
        .map_err(Failure::call(format!(
            "Failed to define domain from {file}"
        )))?;
    shell.note(&format!("Domain '{}' defined from {file}", domain.name()))
}

//! `save-image-dumpxml`: the document in the file of a saved domain.

use ferrovirt::flags::DomainSaveImageXmlFlags as Flags;

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt, WRAP, XPATH};
use crate::failure::Failure;
use crate::saved::{image, path};
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "save-image-dumpxml",
    group: Group::Domain,
    summary: "saved state domain information in XML",
    description: "Dump XML of domain information for a saved state file to stdout.",
    options: &[
        image("saved state file to read"),
        Opt::flag(
            "security-info",
            "include security sensitive information in XML dump",
        ),
        XPATH,
        WRAP,
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let mut flags = Flags::empty();
    flags.set(Flags::SECURE, arguments.flag("security-info"));
    let file = path(arguments)?;
    let connection = shell.connection().await?;
    let xml = connection.saved_domain_xml(&file, flags).await?;
    shell.show_document(arguments, "xml", xml)
}

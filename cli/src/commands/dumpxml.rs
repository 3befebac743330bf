//! `dumpxml`: the document of a domain.

use ferrovirt::XmlOptions;

use crate::arguments::Arguments;
use crate::command::{Command, DOMAIN, Group, Opt, WRAP, XPATH};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "dumpxml",
    group: Group::Domain,
    summary: "domain information in XML",
    description: "Output the domain information as an XML dump to stdout.",
    options: &[
        DOMAIN,
        Opt::flag("inactive", "show inactive defined XML"),
        Opt::flag(
            "security-info",
            "include security sensitive information in XML dump",
        ),
        Opt::flag("update-cpu", "update guest CPU according to host CPU"),
        Opt::flag("migratable", "provide XML suitable for migrations"),
        XPATH,
        WRAP,
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let options: XmlOptions = [
        ("inactive", XmlOptions::INACTIVE),
        ("security-info", XmlOptions::SECURE),
        ("update-cpu", XmlOptions::UPDATE_CPU),
        ("migratable", XmlOptions::MIGRATABLE),
    ]
    .into_iter()
    .filter_map(|(name, flag)| arguments.flag(name).then_some(flag))
    .collect();
    let xml = shell.domain(arguments).await?.xml(options).await?;
    shell.show_document(arguments, "xml", xml)
}

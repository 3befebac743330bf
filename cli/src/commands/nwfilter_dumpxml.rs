//! `nwfilter-dumpxml`: the document of a network filter.

use crate::arguments::Arguments;
use crate::command::{Command, Group, WRAP, XPATH};
use crate::failure::Failure;
use crate::objects::FILTER;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "nwfilter-dumpxml",
    group: Group::Filter,
    summary: "network filter information in XML",
    description: "Output the network filter information as an XML dump to stdout.",
    options: &[FILTER, XPATH, WRAP],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let xml = shell.filter(arguments).await?.xml().await?;
    shell.show_document(arguments, "xml", xml)
}

//! `nwfilter-binding-dumpxml`: the document of the binding of a network filter.

use crate::arguments::Arguments;
use crate::command::{Command, Group, WRAP, XPATH};
use crate::failure::Failure;
use crate::objects::BINDING;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "nwfilter-binding-dumpxml",
    group: Group::Filter,
    summary: "network filter information in XML",
    description: "Output the network filter information as an XML dump to stdout.",
    options: &[BINDING, XPATH, WRAP],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let xml = shell.filter_binding(arguments).await?.xml().await?;
    shell.show_document(arguments, "xml", xml)
}

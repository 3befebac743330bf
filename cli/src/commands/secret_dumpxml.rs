//! `secret-dumpxml`: the document of a secret.

use crate::arguments::Arguments;
use crate::command::{Command, Group, WRAP, XPATH};
use crate::failure::Failure;
use crate::objects::SECRET;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "secret-dumpxml",
    group: Group::Secret,
    summary: "secret attributes in XML",
    description: "Output attributes of a secret as an XML dump to stdout.",
    options: &[SECRET, XPATH, WRAP],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let xml = shell.secret(arguments).await?.xml().await?;
    shell.show_document(arguments, "xml", xml)
}

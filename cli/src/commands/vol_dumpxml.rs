//! `vol-dumpxml`: the document of a volume.

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::command::{WRAP, XPATH};
use crate::failure::Failure;
use crate::objects::{POOL_OF_VOLUME, VOLUME};
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "vol-dumpxml",
    group: Group::Volume,
    summary: "vol information in XML",
    description: "Output the vol information as an XML dump to stdout.",
    options: &[VOLUME, POOL_OF_VOLUME, XPATH, WRAP],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let xml = shell.volume(arguments).await?.xml().await?;
    shell.show_document(arguments, "xml", xml)
}

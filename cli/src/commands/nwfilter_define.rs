//! `nwfilter-define`: define a network filter from its document.

use ferrovirt::flags::NwFilterDefineFlags;

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::from_file::from_file;
use crate::objects::{VALIDATE, file, given};
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "nwfilter-define",
    group: Group::Filter,
    summary: "define or update a network filter from an XML file",
    description: "Define a new network filter or update an existing one.",
    options: &[
        file("file containing an XML network filter description"),
        VALIDATE,
    ],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let flags = given(arguments, [("validate", NwFilterDefineFlags::VALIDATE)]);
    let what = "define network filter";
    let (made, path) = from_file(shell, arguments, what, async |connection, xml| match flags
        .is_empty()
    {
        true => connection.define_network_filter(&xml).await,
        false => connection.define_network_filter_with(&xml, flags).await,
    })
    .await?;
    shell.note(&format!(
        "Network filter {} defined from {path}",
        made.name()
    ))
}

//! `nwfilter-binding-create`: bind a network filter to a port of the host.

use ferrovirt::flags::NwFilterBindingCreateFlags;

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::from_file::from_file;
use crate::objects::{VALIDATE, file, given};
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "nwfilter-binding-create",
    group: Group::Filter,
    summary: "create a network filter binding from an XML file",
    description: "Create a new network filter binding.",
    options: &[
        file("file containing an XML network filter binding description"),
        VALIDATE,
    ],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let flags = given(
        arguments,
        [("validate", NwFilterBindingCreateFlags::VALIDATE)],
    );
    let what = "create network filter";
    let (made, path) = from_file(shell, arguments, what, async |connection, xml| {
        connection.create_network_filter_binding(&xml, flags).await
    })
    .await?;
    let port = made.port();
    shell.note(&format!(
        "Network filter binding on {port} created from {path}"
    ))
}

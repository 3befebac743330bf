//! `pool-dumpxml`: the document of a storage pool.

use ferrovirt::flags::StorageXmlFlags;

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt, WRAP, XPATH};
use crate::failure::Failure;
use crate::objects::POOL;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "pool-dumpxml",
    group: Group::Pool,
    summary: "pool information in XML",
    description: "Output the storage pool information as an XML dump to stdout.",
    options: &[
        POOL,
        Opt::flag("inactive", "show inactive defined XML"),
        XPATH,
        WRAP,
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let mut flags = StorageXmlFlags::empty();
    flags.set(StorageXmlFlags::INACTIVE, arguments.flag("inactive"));
    let found = shell.pool(arguments).await?;
    let xml = found.xml(flags).await?;
    shell.show_document(arguments, "xml", xml)
}

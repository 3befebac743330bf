//! `pool-dumpxml`: the document of a storage pool.

use ferrovirt::flags::StorageXmlFlags;

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt, WRAP, XPATH};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "pool-dumpxml",
    group: Group::Pool,
    summary: "pool information in XML",
    description: "Output the storage pool information as an XML dump to stdout.",
    options: &[
        Opt::text("pool", "pool name").required(),
        Opt::flag("inactive", "show inactive defined XML"),
        XPATH,
        WRAP,
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let name = arguments.required("pool")?;
    let mut flags = StorageXmlFlags::empty();
    flags.set(StorageXmlFlags::INACTIVE, arguments.flag("inactive"));
    let connection = shell.connection().await?;
    let found = connection
        .lookup_storage_pool(name)
        .await
        .map_err(Failure::call(format!("failed to get pool '{name}'")))?;
    let xml = found.xml(flags).await?;
    shell.show_document(arguments, "xml", xml)
}

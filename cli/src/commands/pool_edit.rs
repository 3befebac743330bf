//! `pool-edit`: change the definition of a storage pool in an editor.

use ferrovirt::StoragePool;
use ferrovirt::flags::{StoragePoolDefineFlags, StorageXmlFlags};

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::edit::{Edited, Outcome, edit};
use crate::failure::Failure;
use crate::objects::POOL;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "pool-edit",
    group: Group::Pool,
    summary: "edit XML configuration for a storage pool",
    description: "Edit the XML configuration for a storage pool.",
    options: &[POOL],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let found = shell.pool(arguments).await?;
    let name = found.name().to_owned();
    let (name, what) = match edit(shell, &found, None).await? {
        Outcome::Unchanged => (name, "not changed"),
        Outcome::Changed(name) => (name, "edited"),
    };
    shell.note(&format!("Pool {name} XML configuration {what}."))
}

impl Edited for StoragePool {
    async fn document(&self) -> Result<String, Failure> {
        Ok(self.xml(StorageXmlFlags::INACTIVE).await?)
    }

    async fn define(&self, text: &str, _: bool) -> Result<String, Failure> {
        let flags = StoragePoolDefineFlags::empty();
        let defined = self.connection().define_storage_pool(text, flags).await?;
        Ok(defined.name().to_owned())
    }
}

//! `iface-edit`: change the definition of an interface of the host in an editor.

use ferrovirt::Interface;
use ferrovirt::flags::{InterfaceDefineFlags, InterfaceXmlFlags};

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::edit::{Edited, Outcome, edit};
use crate::failure::Failure;
use crate::objects::INTERFACE;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "iface-edit",
    group: Group::Interface,
    summary: "edit XML configuration for a physical host interface",
    description: "Edit the XML configuration for a physical host interface.",
    options: &[INTERFACE],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let found = shell.interface(arguments).await?;
    let name = found.name().to_owned();
    let (name, what) = match edit(shell, &found, None).await? {
        Outcome::Unchanged => (name, "not changed"),
        Outcome::Changed(name) => (name, "edited"),
    };
    shell.note(&format!("Interface {name} XML configuration {what}."))
}

impl Edited for Interface {
    async fn document(&self) -> Result<String, Failure> {
        Ok(self.xml(InterfaceXmlFlags::INACTIVE).await?)
    }

    async fn define(&self, text: &str, _: bool) -> Result<String, Failure> {
        let flags = InterfaceDefineFlags::empty();
        let defined = self.connection().define_interface(text, flags).await?;
        Ok(defined.name().to_owned())
    }
}

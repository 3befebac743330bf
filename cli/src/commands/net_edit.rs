//! `net-edit`: change a network's definition in an editor.

use ferrovirt::Network;
use ferrovirt::flags::NetworkXmlFlags;

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::edit::{Edited, Outcome, edit};
use crate::failure::Failure;
use crate::objects::NETWORK;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "net-edit",
    group: Group::Network,
    summary: "edit XML configuration for a network",
    description: "Opens the document of the network's next start in $VISUAL or $EDITOR, and defines\n\
        the network anew when it was changed.",
    options: &[NETWORK],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let network = shell.network(arguments).await?;
    let name = network.name().to_owned();
    match edit(shell, &network, None).await? {
        Outcome::Unchanged => shell.note(&format!("Network {name} XML configuration not changed.")),
        Outcome::Changed(name) => shell.note(&format!("Network {name} XML configuration edited.")),
    }
}

impl Edited for Network {
    async fn document(&self) -> Result<String, Failure> {
        Ok(self.xml(NetworkXmlFlags::INACTIVE).await?)
    }

    async fn define(&self, text: &str, _: bool) -> Result<String, Failure> {
        let defined = self.connection().define_network(text).await?;
        Ok(defined.name().to_owned())
    }
}

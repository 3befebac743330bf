//! `nwfilter-edit`: change a network filter's document in an editor.

use ferrovirt::NetworkFilter;

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::edit::{Edited, Outcome, edit};
use crate::failure::Failure;
use crate::objects::FILTER;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "nwfilter-edit",
    group: Group::Filter,
    summary: "edit XML configuration for a network filter",
    description: "Edit the XML configuration for a network filter.",
    options: &[FILTER],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let filter = shell.filter(arguments).await?;
    let name = filter.name().to_owned();
    let (name, what) = match edit(shell, &filter, None).await? {
        Outcome::Unchanged => (name, "not changed"),
        Outcome::Changed(name) => (name, "edited"),
    };
    shell.note(&format!("Network filter {name} XML configuration {what}."))
}

impl Edited for NetworkFilter {
    async fn document(&self) -> Result<String, Failure> {
        Ok(self.xml().await?)
    }

    async fn define(&self, text: &str, _: bool) -> Result<String, Failure> {
        let defined = self.connection().define_network_filter(text).await?;
        Ok(defined.name().to_owned())
    }
}

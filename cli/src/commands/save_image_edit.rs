//! `save-image-edit`: change the document in the file of a saved domain in an editor.

use ferrovirt::Connection;
use ferrovirt::flags::{DomainSaveImageXmlFlags, DomainSaveRestoreFlags as Flags};

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::edit::{Edited, Outcome, edit};
use crate::failure::Failure;
use crate::saved::{flags, image, path};
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "save-image-edit",
    group: Group::Domain,
    summary: "edit XML for a domain's saved state file",
    description: "Edit the domain XML associated with a saved state file.",
    options: &[
        image("saved state file to edit"),
        Opt::flag("running", "set domain to be running on restore"),
        Opt::flag("paused", "set domain to be paused on restore"),
    ],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

/// The file of a saved domain, and how it is to go on.
struct Saved {
    connection: Connection,
    file: String,
    flags: Flags,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let saved = Saved {
        connection: shell.connection().await?,
        file: path(arguments)?,
        flags: flags(arguments),
    };
    let word = arguments.required("file")?;
    let what = match edit(shell, &saved, None).await? {
        Outcome::Unchanged => format!("Saved image {word} XML configuration not changed."),
        Outcome::Changed(_) => format!("State file {word} edited."),
    };
    shell.note(&what)
}

impl Edited for Saved {
    async fn document(&self) -> Result<String, Failure> {
        let secrets = DomainSaveImageXmlFlags::SECURE;
        Ok(self
            .connection
            .saved_domain_xml(&self.file, secrets)
            .await?)
    }

    async fn define(&self, text: &str, _: bool) -> Result<String, Failure> {
        let (file, flags) = (&self.file, self.flags);
        self.connection
            .define_saved_domain(file, text, flags)
            .await?;
        Ok(self.file.clone())
    }
}

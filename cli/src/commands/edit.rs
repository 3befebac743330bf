//! `edit`: change a domain's definition in an editor.

use ferrovirt::flags::DomainDefineFlags;
use ferrovirt::{Domain, XmlOptions};

use crate::arguments::Arguments;
use crate::command::{Command, DOMAIN, Group, Opt};
use crate::edit::{Edited, Outcome, edit};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "edit",
    group: Group::Domain,
    summary: "edit XML configuration for a domain",
    description: "Opens the document of the domain's next start in $VISUAL or $EDITOR, and defines\n\
        the domain anew when it was changed.",
    options: &[
        DOMAIN,
        Opt::flag(
            "skip-validate",
            "skip validation of the XML against the schema",
        ),
    ],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let domain = shell.domain(arguments).await?;
    let validate = !arguments.flag("skip-validate");
    match edit(shell, &domain, Some(validate)).await? {
        Outcome::Unchanged => shell.note(&format!(
            "Domain '{}' XML configuration not changed.",
            domain.name()
        )),
        Outcome::Changed(name) => shell.note(&format!("Domain '{name}' XML configuration edited.")),
    }
}

impl Edited for Domain {
    async fn document(&self) -> Result<String, Failure> {
        Ok(self.xml(XmlOptions::SECURE | XmlOptions::INACTIVE).await?)
    }

    async fn define(&self, text: &str, validate: bool) -> Result<String, Failure> {
        let mut flags = DomainDefineFlags::empty();
        flags.set(DomainDefineFlags::VALIDATE, validate);
        let defined = self.connection().define_domain_with(text, flags).await?;
        Ok(defined.name().to_owned())
    }
}

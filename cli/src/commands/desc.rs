//! `desc`: show or set a domain's description or title.

use ferrovirt::{Domain, Metadata};
use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, DOMAIN, Group, Opt};
use crate::commands::metadata::{IMPACT, impact};
use crate::editor::Draft;
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "desc",
    group: Group::Domain,
    summary: "show or set domain's description or title",
    description: "Allows setting or modifying the description or title of a domain.",
    options: &[
        DOMAIN,
        IMPACT[0],
        IMPACT[1],
        IMPACT[2],
        Opt::flag("title", "modify/get the title instead of description"),
        Opt::flag("edit", "open an editor to modify the description"),
        Opt::rest("new-desc", "message"),
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Shown {
    text: Option<String>,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let domain = shell.domain(arguments).await?;
    let (which, word) = if arguments.flag("title") {
        (Metadata::Title, "title")
    } else {
        (Metadata::Description, "description")
    };
    let words = arguments.words("new-desc");
    let name = domain.name();
    if words.is_empty() && !arguments.flag("edit") {
        let text = read(&domain, which, arguments).await?;
        return shell.show(arguments, &Shown { text }, |shown| match &shown.text {
            Some(text) => text.clone(),
            None => format!("No {word} for domain: {name}"),
        });
    }
    let mut new = words.join(" ");
    if arguments.flag("edit") {
        let old = match words.is_empty() {
            true => read(&domain, which, arguments).await?.unwrap_or_default(),
            false => new,
        };
        new = Draft::new(&old, ".txt")?.edit().await?;
        // Editors end the last line, which is none of the text.
        new.truncate(new.trim_end_matches('\n').len());
        if new == old {
            return shell.remark(&format!("Domain {word} not changed"));
        }
    }
    domain
        .set_metadata(which, Some(&new), impact(arguments)?)
        .await
        .map_err(Failure::call(format!("Failed to set new domain {word}")))?;
    shell.remark(&format!("Domain {word} updated successfully"))
}

async fn read(
    domain: &Domain,
    which: Metadata<'_>,
    arguments: &Arguments,
) -> Result<Option<String>, Failure> {
    match domain.metadata(which, impact(arguments)?).await {
        Err(error) if error.is_not_found() => Ok(None),
        other => Ok(Some(other?)),
    }
}

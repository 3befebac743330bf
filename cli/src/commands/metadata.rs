//! `metadata`: show or set what applications keep with a domain.

use ferrovirt::Metadata;
use ferrovirt::flags::DomainModificationImpact as Impact;
use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, DOMAIN, Group, Opt};
use crate::editor::Draft;
use crate::failure::Failure;
use crate::shell::Shell;

/// Which state of the domain is meant.
pub(super) const IMPACT: [Opt; 3] = [
    Opt::flag("live", "modify/get running state"),
    Opt::flag("config", "modify/get persistent configuration"),
    Opt::flag("current", "modify/get current state configuration"),
];

pub(crate) const COMMAND: Command = Command {
    name: "metadata",
    group: Group::Domain,
    summary: "show or set domain's custom XML metadata",
    description: "Shows or modifies the XML metadata of a domain.",
    options: &[
        DOMAIN,
        Opt::text("uri", "URI of the namespace").required(),
        IMPACT[0],
        IMPACT[1],
        IMPACT[2],
        Opt::flag("edit", "use an editor to change the metadata"),
        Opt::text("key", "key to be used as a namespace identifier").named(),
        Opt::text("set", "new metadata to set").named(),
        Opt::flag("remove", "remove the metadata corresponding to an uri"),
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Shown {
    metadata: Option<String>,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let (set, remove) = (arguments.text("set"), arguments.flag("remove"));
    let edit = arguments.flag("edit");
    arguments.exclusive("edit", "set")?;
    arguments.exclusive("remove", "set")?;
    arguments.exclusive("remove", "edit")?;
    let key = arguments.text("key");
    if (set.is_some() || edit) && key.is_none() {
        return Err(Failure::Usage {
            what: "namespace key is required when modifying metadata",
        });
    }
    let which = Metadata::Element {
        uri: arguments.required("uri")?,
        key,
    };
    let domain = shell.domain(arguments).await?;
    if set.is_some() || remove {
        domain.set_metadata(which, set, impact(arguments)?).await?;
        return shell.note(if remove {
            "Metadata removed"
        } else {
            "Metadata modified"
        });
    }
    if edit {
        let old = match domain.metadata(which, impact(arguments)?).await {
            Err(error) if error.is_not_found() => String::new(),
            other => other?,
        };
        let new = Draft::new(&old, ".xml")?.edit().await?;
        if new == old {
            return shell.note("Metadata not changed");
        }
        domain
            .set_metadata(which, Some(&new), impact(arguments)?)
            .await?;
        return shell.note("Metadata modified");
    }
    let metadata = match domain.metadata(which, impact(arguments)?).await {
        Err(error) if error.is_not_found() => None,
        other => Some(other?),
    };
    shell.show(arguments, &Shown { metadata }, |shown| {
        format!("{}\n", shown.metadata.as_deref().unwrap_or_default())
    })
}

/// The state that the options choose; none of them is the current one.
pub(super) fn impact(arguments: &Arguments) -> Result<Impact, Failure> {
    let [live, config, current] = ["live", "config", "current"].map(|name| arguments.flag(name));
    if current && (live || config) {
        return Err(Failure::Exclusive {
            one: "current",
            other: if live { "live" } else { "config" },
        });
    }
    let mut impact = Impact::empty();
    impact.set(Impact::LIVE, live);
    impact.set(Impact::CONFIG, config);
    Ok(impact)
}

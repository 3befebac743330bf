//! `dominfo`: a domain at a glance.

use std::fmt::Write as _;

use ferrovirt::{Code, words};
use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, DOMAIN, Group};
use crate::failure::Failure;
use crate::shell::Shell;
use crate::size::seconds;

pub(crate) const COMMAND: Command = Command {
    name: "dominfo",
    group: Group::Monitor,
    summary: "domain information",
    description: "Returns basic information about the domain.",
    options: &[DOMAIN],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Shown {
    id: Option<u32>,
    name: String,
    uuid: String,
    os_type: String,
    state: &'static str,
    vcpus: u32,
    /// Nanoseconds.
    cpu_time: u64,
    /// KiB.
    max_memory: u64,
    /// KiB.
    memory: u64,
    persistent: bool,
    autostart: bool,
    /// Whether it starts with the host's next boot; `None` where the driver does not know of it.
    autostart_once: Option<bool>,
    managed_save: bool,
    security_model: String,
    security_doi: String,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let domain = shell.domain(arguments).await?;
    let info = domain.info().await?;
    let security = domain
        .connection()
        .security_model()
        .await
        .unwrap_or_default();
    let shown = Shown {
        id: domain.id(),
        name: domain.name().to_owned(),
        uuid: domain.uuid_string(),
        os_type: domain.os_type().await?,
        state: words::state(info.state),
        vcpus: info.vcpus,
        cpu_time: info.cpu_time,
        max_memory: info.max_memory,
        memory: info.memory,
        persistent: domain.is_persistent().await?,
        autostart: domain.autostart().await?,
        autostart_once: match domain.autostart_once().await {
            Err(error) if error.code() == Code::NoSupport => None,
            other => Some(other?),
        },
        managed_save: domain.has_managed_save().await?,
        security_model: security.model,
        security_doi: security.doi,
    };
    shell.show(arguments, &shown, text)
}

fn text(shown: &Shown) -> String {
    let yes = |is| if is { "yes" } else { "no" };
    let enabled = |is| if is { "enable" } else { "disable" };
    let mut lines = vec![
        (
            "Id",
            shown.id.map_or_else(|| "-".to_owned(), |id| id.to_string()),
        ),
        ("Name", shown.name.clone()),
        ("UUID", shown.uuid.clone()),
        ("OS Type", shown.os_type.clone()),
        ("State", shown.state.to_owned()),
        ("CPU(s)", shown.vcpus.to_string()),
    ];
    if shown.cpu_time != 0 {
        lines.push(("CPU time", seconds(shown.cpu_time)));
    }
    lines.extend([
        ("Max memory", format!("{} KiB", shown.max_memory)),
        ("Used memory", format!("{} KiB", shown.memory)),
        ("Persistent", yes(shown.persistent).to_owned()),
        ("Autostart", enabled(shown.autostart).to_owned()),
    ]);
    if let Some(once) = shown.autostart_once {
        lines.push(("Autostart Once", enabled(once).to_owned()));
    }
    lines.push(("Managed save", yes(shown.managed_save).to_owned()));
    if !shown.security_model.is_empty() {
        lines.push(("Security model", shown.security_model.clone()));
        lines.push(("Security DOI", shown.security_doi.clone()));
    }
    lines
        .into_iter()
        .fold(String::new(), |mut text, (name, value)| {
            let _ = writeln!(text, "{:<15} {value}", format!("{name}:"));
            text
        })
}

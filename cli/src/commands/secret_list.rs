//! `secret-list`: list secrets.

use ferrovirt::enums::SecretUsageType;
use ferrovirt::flags::ConnectListAllSecretsFlags as Flags;
use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::failure::Failure;
use crate::objects::given;
use crate::shell::Shell;
use crate::table::Table;

pub(crate) const COMMAND: Command = Command {
    name: "secret-list",
    group: Group::Secret,
    summary: "list secrets",
    description: "Returns a list of secrets.",
    options: &[
        Opt::flag("ephemeral", "list ephemeral secrets"),
        Opt::flag("no-ephemeral", "list non-ephemeral secrets"),
        Opt::flag("private", "list private secrets"),
        Opt::flag("no-private", "list non-private secrets"),
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Row {
    uuid: String,
    usage: Option<&'static str>,
    id: String,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let flags = given(
        arguments,
        [
            ("ephemeral", Flags::EPHEMERAL),
            ("no-ephemeral", Flags::NO_EPHEMERAL),
            ("private", Flags::PRIVATE),
            ("no-private", Flags::NO_PRIVATE),
        ],
    );
    let connection = shell.connection().await?;
    let secrets = connection
        .list_all_secrets(flags)
        .await
        .map_err(Failure::call("Failed to list secrets"))?;
    let mut rows: Vec<Row> = secrets
        .into_iter()
        .map(|secret| Row {
            uuid: secret.uuid_string(),
            usage: usage(secret.usage_type()),
            id: secret.usage_id().to_owned(),
        })
        .collect();
    rows.sort_by(|a, b| a.uuid.cmp(&b.uuid));
    let quiet = shell.options.quiet;
    shell.show(arguments, &rows, |rows| {
        let mut table = Table::new(["UUID", "Usage"]);
        for row in rows {
            let used = row.usage.map(|usage| format!("{usage} {}", row.id));
            table.row([
                row.uuid.clone(),
                used.unwrap_or_else(|| "Unused".to_owned()),
            ]);
        }
        table.text(quiet)
    })
}

/// The word for a kind of use, as documents have it.
fn usage(kind: SecretUsageType) -> Option<&'static str> {
    Some(match kind {
        SecretUsageType::None => return None,
        SecretUsageType::Volume => "volume",
        SecretUsageType::Ceph => "ceph",
        SecretUsageType::Iscsi => "iscsi",
        SecretUsageType::Tls => "tls",
        SecretUsageType::Vtpm => "vtpm",
        SecretUsageType::Unrecognized(_) => "unknown",
    })
}

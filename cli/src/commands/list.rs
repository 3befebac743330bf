//! `list`: domains and their states.

use ferrovirt::flags::ConnectListAllDomainsFlags as Flags;
use ferrovirt::{Domain, Metadata, words};
use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::failure::Failure;
use crate::shell::Shell;
use crate::table::Table;

pub(crate) const COMMAND: Command = Command {
    name: "list",
    group: Group::Monitor,
    summary: "list domains",
    description: "Returns list of domains.",
    options: &[
        Opt::flag("inactive", "list inactive domains"),
        Opt::flag("all", "list inactive & active domains"),
        Opt::flag("transient", "list transient domains"),
        Opt::flag("persistent", "list persistent domains"),
        Opt::flag("with-snapshot", "list domains with existing snapshot"),
        Opt::flag("without-snapshot", "list domains without a snapshot"),
        Opt::flag("with-checkpoint", "list domains with existing checkpoint"),
        Opt::flag("without-checkpoint", "list domains without a checkpoint"),
        Opt::flag("state-running", "list domains in running state"),
        Opt::flag("state-paused", "list domains in paused state"),
        Opt::flag("state-shutoff", "list domains in shutoff state"),
        Opt::flag("state-other", "list domains in other states"),
        Opt::flag("autostart", "list domains with autostart enabled"),
        Opt::flag("no-autostart", "list domains with autostart disabled"),
        Opt::flag("with-managed-save", "list domains with managed save state"),
        Opt::flag("without-managed-save", "list domains without managed save"),
        Opt::flag("uuid", "list uuid's only"),
        Opt::flag("name", "list domain names only"),
        Opt::flag("id", "list domain IDs only"),
        Opt::flag("table", "list table (default)"),
        Opt::flag(
            "managed-save",
            "mark inactive domains with managed save state",
        ),
        Opt::flag("title", "show domain title"),
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

/// A line of the list.
#[derive(Debug, Serialize)]
struct Row {
    id: Option<u32>,
    name: String,
    uuid: String,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let form = Form::chosen(arguments)?;
    let connection = shell.connection().await?;
    let mut domains = connection
        .list_all_domains(filter(arguments))
        .await
        .map_err(Failure::call("Failed to list domains"))?;
    // Running domains by their number, then the others by their name.
    domains.sort_by(|a, b| {
        let key = |domain: &Domain| (domain.id().is_none(), domain.id());
        key(a).cmp(&key(b)).then_with(|| a.name().cmp(b.name()))
    });
    let mut rows = Vec::with_capacity(domains.len());
    for domain in &domains {
        // A domain that has gone meanwhile is not listed.
        if let Some(row) = row(domain, arguments).await? {
            rows.push(row);
        }
    }
    let quiet = shell.options.quiet;
    shell.show(arguments, &rows, |rows| form.text(rows, quiet))
}

async fn row(domain: &Domain, arguments: &Arguments) -> Result<Option<Row>, Failure> {
    let state = match domain.state().await {
        Ok(state) => state.state(),
        Err(error) if error.is_not_found() => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let mut state = words::state(state);
    if state == "shut off" && arguments.flag("managed-save") && domain.has_managed_save().await? {
        state = "saved";
    }
    let title = if arguments.flag("title") {
        Some(title(domain).await?)
    } else {
        None
    };
    Ok(Some(Row {
        id: domain.id(),
        name: domain.name().to_owned(),
        uuid: domain.uuid_string(),
        state,
        title,
    }))
}

async fn title(domain: &Domain) -> Result<String, Failure> {
    match domain.metadata(Metadata::Title, Default::default()).await {
        Err(error) if error.is_not_found() => Ok(String::new()),
        other => Ok(other?),
    }
}

/// Which domains are asked for. Without a word, those that run.
fn filter(arguments: &Arguments) -> Flags {
    let mut flags: Flags = [
        ("transient", Flags::TRANSIENT),
        ("persistent", Flags::PERSISTENT),
        ("with-snapshot", Flags::HAS_SNAPSHOT),
        ("without-snapshot", Flags::NO_SNAPSHOT),
        ("with-checkpoint", Flags::HAS_CHECKPOINT),
        ("without-checkpoint", Flags::NO_CHECKPOINT),
        ("state-running", Flags::RUNNING),
        ("state-paused", Flags::PAUSED),
        ("state-shutoff", Flags::SHUTOFF),
        ("state-other", Flags::OTHER),
        ("autostart", Flags::AUTOSTART),
        ("no-autostart", Flags::NO_AUTOSTART),
        ("with-managed-save", Flags::MANAGEDSAVE),
        ("without-managed-save", Flags::NO_MANAGEDSAVE),
    ]
    .into_iter()
    .filter_map(|(name, flag)| arguments.flag(name).then_some(flag))
    .collect();
    match (arguments.flag("all"), arguments.flag("inactive")) {
        (true, _) => {}
        (false, true) => flags |= Flags::INACTIVE,
        (false, false) => flags |= Flags::ACTIVE,
    }
    flags
}

/// How the rows are printed.
enum Form {
    Table { title: bool },
    Fields { id: bool, uuid: bool, name: bool },
}

impl Form {
    fn chosen(arguments: &Arguments) -> Result<Self, Failure> {
        for field in ["name", "uuid", "id"] {
            arguments.exclusive("table", field)?;
        }
        let [id, uuid, name] = ["id", "uuid", "name"].map(|field| arguments.flag(field));
        if !(id || uuid || name) {
            return Ok(Self::Table {
                title: arguments.flag("title"),
            });
        }
        Ok(Self::Fields { id, uuid, name })
    }

    fn text(&self, rows: &[Row], quiet: bool) -> String {
        match *self {
            Self::Table { title } => table(rows, title).text(quiet),
            Self::Fields { id, uuid, name } => fields(rows, id, uuid, name),
        }
    }
}

fn table(rows: &[Row], title: bool) -> Table {
    let mut table = if title {
        Table::new(["Id", "Name", "State", "Title"])
    } else {
        Table::new(["Id", "Name", "State"])
    };
    for row in rows {
        let mut cells = vec![id_word(row.id), row.name.clone(), row.state.to_owned()];
        cells.extend(row.title.clone());
        table.row(cells);
    }
    table
}

fn fields(rows: &[Row], id: bool, uuid: bool, name: bool) -> String {
    let mut text = String::new();
    for row in rows {
        let words = [
            uuid.then(|| row.uuid.clone()),
            id.then(|| id_word(row.id)),
            name.then(|| row.name.clone()),
        ];
        text.push_str(&words.into_iter().flatten().collect::<Vec<_>>().join(" "));
        text.push('\n');
    }
    text
}

fn id_word(id: Option<u32>) -> String {
    id.map_or_else(|| "-".to_owned(), |id| id.to_string())
}

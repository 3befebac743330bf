//! `vol-create-as`: make a volume from options.

use ferrovirt::{StoragePool, StorageVolume};

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::commands::vol_create;
use crate::commands::vol_create::PREALLOC_METADATA;
use crate::failure::Failure;
use crate::pool_document::escaped;
use crate::shell::Shell;
use crate::size;

pub(crate) const COMMAND: Command = Command {
    name: "vol-create-as",
    group: Group::Volume,
    summary: "create a volume from a set of args",
    description: "Create a vol.",
    options: &[
        Opt::text("pool", "pool name").required(),
        Opt::text("name", "name of the volume").required(),
        Opt::text(
            "capacity",
            "size of the vol, as scaled integer (default bytes)",
        )
        .required(),
        Opt::text(
            "allocation",
            "initial allocation size, as scaled integer (default bytes)",
        )
        .named(),
        Opt::text("format", "file format type raw,bochs,qcow,qcow2,qed,vmdk").named(),
        Opt::text("backing-vol", "the backing volume if taking a snapshot").named(),
        Opt::text(
            "backing-vol-format",
            "format of backing volume if taking a snapshot",
        )
        .named(),
        PREALLOC_METADATA,
        Opt::flag("print-xml", "print XML document, but don't define/create"),
    ],
    shows: false,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let pool = shell.pool(arguments).await?;
    let name = arguments.required("name")?;
    let capacity = size("capacity", arguments)?.unwrap_or_default();
    let allocation = size("allocation", arguments)?;
    let backing = match arguments.text("backing-vol") {
        None => None,
        Some(word) => Some(backing(shell, &pool, word).await?.path().await?),
    };
    let xml = document(arguments, name, capacity, allocation, backing);
    if arguments.flag("print-xml") {
        return shell.line(&xml);
    }
    pool.create_volume(&xml, vol_create::flags(arguments))
        .await
        .map_err(Failure::call(format!("Failed to create vol {name}")))?;
    shell.note(&format!("Vol {name} created"))
}

/// The size that an option gives.
fn size(option: &'static str, arguments: &Arguments) -> Result<Option<u64>, Failure> {
    let Some(text) = arguments.text(option) else {
        return Ok(None);
    };
    match size::parse(text) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(cause) => Err(Failure::Size {
            text: text.to_owned(),
            cause,
        }),
    }
}

/// The volume below: of the same pool by its name, of any by its key or path.
async fn backing(
    shell: &mut Shell,
    pool: &StoragePool,
    word: &str,
) -> Result<StorageVolume, Failure> {
    if let Ok(found) = pool.lookup_volume(word).await {
        return Ok(found);
    }
    let what = format!("failed to get vol '{word}'");
    shell.volume_anywhere(word, what).await
}

fn document(
    arguments: &Arguments,
    name: &str,
    capacity: u64,
    allocation: Option<u64>,
    backing: Option<String>,
) -> String {
    let name = escaped(name);
    let mut text = format!("<volume>\n  <name>{name}</name>\n  <capacity>{capacity}</capacity>\n");
    if let Some(allocation) = allocation {
        text.push_str(&format!("  <allocation>{allocation}</allocation>\n"));
    }
    let format = |option| {
        let format = arguments.text(option).map(escaped);
        format.map_or_else(String::new, |format| {
            format!("    <format type='{format}'/>\n")
        })
    };
    let image = format("format");
    if !image.is_empty() {
        text.push_str(&format!("  <target>\n{image}  </target>\n"));
    }
    if let Some(path) = backing {
        let (path, format) = (escaped(&path), format("backing-vol-format"));
        text.push_str(&format!(
            "  <backingStore>\n    <path>{path}</path>\n{format}  </backingStore>\n"
        ));
    }
    text.push_str("</volume>\n");
    text
}

//! The document of a storage pool that `pool-define-as` and `pool-create-as` make of their options.

use crate::arguments::Arguments;
use crate::command::Opt;
use crate::failure::Failure;

/// How many options describe a pool.
const COUNT: usize = 22;

/// The options that describe a pool.
pub(crate) const DESCRIBING: &[Opt] = OPTIONS.split_at(COUNT).0;

/// The options that describe a pool, and those that build it.
pub(crate) const OPTIONS: &[Opt] = &[
    Opt::text("name", "name of the pool").required(),
    Opt::text("type", "type of the pool").required(),
    Opt::flag("print-xml", "print XML document, but don't define/create"),
    Opt::text("source-host", "source-host for underlying storage").named(),
    Opt::text("source-path", "source path for underlying storage").named(),
    Opt::text("source-dev", "source device for underlying storage").named(),
    Opt::text("source-name", "source name for underlying storage").named(),
    Opt::text("target", "target for underlying storage").named(),
    Opt::text("source-format", "format for underlying storage").named(),
    Opt::text("auth-type", "auth type to be used for underlying storage").named(),
    Opt::text(
        "auth-username",
        "auth username to be used for underlying storage",
    )
    .named(),
    Opt::text(
        "secret-usage",
        "auth secret usage to be used for underlying storage",
    )
    .named(),
    Opt::text(
        "secret-uuid",
        "auth secret UUID to be used for underlying storage",
    )
    .named(),
    Opt::text(
        "adapter-name",
        "adapter name to be used for underlying storage",
    )
    .named(),
    Opt::text(
        "adapter-wwnn",
        "adapter wwnn to be used for underlying storage",
    )
    .named(),
    Opt::text(
        "adapter-wwpn",
        "adapter wwpn to be used for underlying storage",
    )
    .named(),
    Opt::text(
        "adapter-parent",
        "adapter parent scsi_hostN to be used for underlying vHBA storage",
    )
    .named(),
    Opt::text(
        "adapter-parent-wwnn",
        "adapter parent scsi_hostN wwnn to be used for underlying vHBA storage",
    )
    .named(),
    Opt::text(
        "adapter-parent-wwpn",
        "adapter parent scsi_hostN wwpn to be used for underlying vHBA storage",
    )
    .named(),
    Opt::text(
        "adapter-parent-fabric-wwn",
        "adapter parent scsi_hostN fabric_wwn to be used for underlying vHBA storage",
    )
    .named(),
    Opt::text(
        "source-protocol-ver",
        "nfsvers value for NFS pool mount option",
    )
    .named(),
    Opt::text("source-initiator", "initiator iqn for underlying storage").named(),
    Opt::flag("build", "build the pool as normal"),
    Opt::flag("no-overwrite", "do not overwrite any existing data"),
    Opt::flag("overwrite", "overwrite any existing data"),
];

/// The document that the options describe.
pub(crate) fn document(arguments: &Arguments) -> Result<String, Failure> {
    let mut text = String::new();
    let kind = escaped(arguments.required("type")?);
    let name = escaped(arguments.required("name")?);
    text.push_str(&format!("<pool type='{kind}'>\n  <name>{name}</name>\n"));
    let source = source(arguments);
    if !source.is_empty() {
        text.push_str(&format!("  <source>\n{source}  </source>\n"));
    }
    if let Some(path) = arguments.text("target") {
        let path = escaped(path);
        text.push_str(&format!(
            "  <target>\n    <path>{path}</path>\n  </target>\n"
        ));
    }
    text.push_str("</pool>\n");
    Ok(text)
}

/// What is inside `<source>`.
fn source(arguments: &Arguments) -> String {
    let with = |option: &str, before: &str, after: &str| {
        let value = arguments.text(option).map(escaped);
        value.map_or_else(String::new, |value| format!("    {before}{value}{after}\n"))
    };
    [
        with("source-host", "<host name='", "'/>"),
        with("source-path", "<dir path='", "'/>"),
        with("source-dev", "<device path='", "'/>"),
        with(
            "source-initiator",
            "<initiator>\n      <iqn name='",
            "'/>\n    </initiator>",
        ),
        adapter(arguments),
        auth(arguments),
        with("source-format", "<format type='", "'/>"),
        with("source-name", "<name>", "</name>"),
        with("source-protocol-ver", "<protocol ver='", "'/>"),
    ]
    .concat()
}

fn adapter(arguments: &Arguments) -> String {
    let value = |option| arguments.text(option).map(escaped);
    let (Some(node), Some(port)) = (value("adapter-wwnn"), value("adapter-wwpn")) else {
        let name = value("adapter-name");
        return name.map_or_else(String::new, |name| {
            format!("    <adapter type='scsi_host' name='{name}'/>\n")
        });
    };
    let parent = (
        value("adapter-parent"),
        value("adapter-parent-wwnn").zip(value("adapter-parent-wwpn")),
        value("adapter-parent-fabric-wwn"),
    );
    let parent = match parent {
        (Some(name), ..) => format!(" parent='{name}'"),
        (None, Some((node, port)), _) => format!(" parent_wwnn='{node}' parent_wwpn='{port}'"),
        (None, None, Some(fabric)) => format!(" parent_fabric_wwn='{fabric}'"),
        (None, None, None) => String::new(),
    };
    format!("    <adapter type='fc_host'{parent} wwnn='{node}' wwpn='{port}'/>\n")
}

fn auth(arguments: &Arguments) -> String {
    let value = |option| arguments.text(option).map(escaped);
    let (Some(kind), Some(user)) = (value("auth-type"), value("auth-username")) else {
        return String::new();
    };
    let secret = match (value("secret-usage"), value("secret-uuid")) {
        (Some(usage), _) => format!("usage='{usage}'"),
        (None, Some(uuid)) => format!("uuid='{uuid}'"),
        (None, None) => return String::new(),
    };
    format!("    <auth type='{kind}' username='{user}'>\n      <secret {secret}/>\n    </auth>\n")
}

/// A text as it may stand in a document.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\'' => escaped.push_str("&apos;"),
            '"' => escaped.push_str("&quot;"),
            c => escaped.push(c),
        }
    }
    escaped
}

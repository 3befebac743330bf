//! `domblkstat`: what a domain's disk has done.

use serde_json::{Map, Value};

use crate::arguments::Arguments;
use crate::command::{Command, DOMAIN, Group, Opt};
use crate::failure::Failure;
use crate::shell::Shell;
use crate::typed;

/// The public name of a counter, the name that scripts know, and what people read, in the order
/// in which they are printed.
const KNOWN: [(&str, &str, &str); 9] = [
    ("rd_operations", "rd_req", "number of read operations:"),
    ("rd_bytes", "rd_bytes", "number of bytes read:"),
    ("wr_operations", "wr_req", "number of write operations:"),
    ("wr_bytes", "wr_bytes", "number of bytes written:"),
    ("errs", "errs", "error count:"),
    (
        "flush_operations",
        "flush_operations",
        "number of flush operations:",
    ),
    (
        "rd_total_times",
        "rd_total_times",
        "total duration of reads (ns):",
    ),
    (
        "wr_total_times",
        "wr_total_times",
        "total duration of writes (ns):",
    ),
    (
        "flush_total_times",
        "flush_total_times",
        "total duration of flushes (ns):",
    ),
];

pub(crate) const COMMAND: Command = Command {
    name: "domblkstat",
    group: Group::Monitor,
    summary: "get device block stats for a domain",
    description: "Shows the counters of a running domain's disk, or of all its disks together.",
    options: &[
        DOMAIN,
        Opt::text("device", "target or source of the disk").or_empty(),
        Opt::flag("human", "with words that explain the counters"),
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let device = arguments.text("device").unwrap_or_default();
    let human = arguments.flag("human");
    let domain = shell.domain(arguments).await?;
    let counters = domain.disk_counters(device).await?;
    if arguments.flag("json") {
        let shown: Map<String, Value> = counters
            .iter()
            .map(|param| (param.field.clone(), typed::json(&param.value)))
            .collect();
        return shell.show(arguments, &shown, |_| String::new());
    }
    let mut text = String::new();
    if human {
        text.push_str(&format!("Device: {device}\n"));
    }
    let (known, others): (Vec<_>, Vec<_>) = counters
        .iter()
        .partition(|param| KNOWN.iter().any(|(field, ..)| *field == param.field));
    for (field, short, long) in KNOWN {
        if let Some(param) = known.iter().find(|param| param.field == field) {
            let value = typed::text(&param.value);
            text.push_str(&match human {
                true => format!(" {long:<31} {value}\n"),
                false => format!("{device} {short} {value}\n"),
            });
        }
    }
    for param in others {
        let value = typed::text(&param.value);
        text.push_str(&format!("{device} {} {value}\n", param.field));
    }
    shell.print(&text)
}

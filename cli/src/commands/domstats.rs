//! `domstats`: the statistics of some domains, or of all.

use ferrovirt::flags::{ConnectGetAllDomainStatsFlags as Flags, DomainStatsTypes as Kinds};
use ferrovirt::{DomainStatistics, TypedParam};
use serde_json::{Map, Value};

use crate::arguments::Arguments;
use crate::command::{Command, Complete, Group, Opt};
use crate::failure::Failure;
use crate::shell::Shell;
use crate::typed;

/// The kinds, by their options.
const KINDS: [(&str, Kinds); 11] = [
    ("state", Kinds::STATE),
    ("cpu-total", Kinds::CPU_TOTAL),
    ("balloon", Kinds::BALLOON),
    ("vcpu", Kinds::VCPU),
    ("interface", Kinds::INTERFACE),
    ("block", Kinds::BLOCK),
    ("perf", Kinds::PERF),
    ("iothread", Kinds::IOTHREAD),
    ("memory", Kinds::MEMORY),
    ("dirtyrate", Kinds::DIRTYRATE),
    ("vm", Kinds::VM),
];

/// Which domains, and how, by their options.
const FLAGS: [(&str, Flags); 11] = [
    ("list-active", Flags::ACTIVE),
    ("list-inactive", Flags::INACTIVE),
    ("list-persistent", Flags::PERSISTENT),
    ("list-transient", Flags::TRANSIENT),
    ("list-running", Flags::RUNNING),
    ("list-paused", Flags::PAUSED),
    ("list-shutoff", Flags::SHUTOFF),
    ("list-other", Flags::OTHER),
    ("enforce", Flags::ENFORCE_STATS),
    ("backing", Flags::BACKING),
    ("nowait", Flags::NOWAIT),
];

pub(crate) const COMMAND: Command = Command {
    name: "domstats",
    group: Group::Monitor,
    summary: "get statistics about one or multiple domains",
    description: "Shows all statistics, or those that are named, of the named domains or of all.",
    options: &[
        Opt::flag("state", "what the domain does"),
        Opt::flag("cpu-total", "processor time"),
        Opt::flag("balloon", "memory and its balloon"),
        Opt::flag("vcpu", "virtual processors"),
        Opt::flag("interface", "network interfaces"),
        Opt::flag("block", "disks"),
        Opt::flag("perf", "performance events"),
        Opt::flag("iothread", "I/O threads"),
        Opt::flag("memory", "memory bandwidth"),
        Opt::flag("dirtyrate", "how fast the guest dirties its memory"),
        Opt::flag("vm", "the hypervisor's own statistics"),
        Opt::flag("list-active", "only active domains"),
        Opt::flag("list-inactive", "only inactive domains"),
        Opt::flag("list-persistent", "only persistent domains"),
        Opt::flag("list-transient", "only transient domains"),
        Opt::flag("list-running", "only running domains"),
        Opt::flag("list-paused", "only paused domains"),
        Opt::flag("list-shutoff", "only domains that are shut off"),
        Opt::flag("list-other", "only domains in other states"),
        Opt::flag("raw", "do not make the values easier to read"),
        Opt::flag("enforce", "fail when a named kind is not known"),
        Opt::flag("backing", "of each image of a disk's chain too"),
        Opt::flag("nowait", "only what can be told at once"),
        Opt::rest("domain", "domains to tell of").completed_by(Complete::Domain),
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let mut domains = Vec::new();
    for word in arguments.words("domain") {
        domains.push(shell.domain_called(word).await?);
    }
    let kinds: Kinds = arguments.chosen(&KINDS);
    let flags: Flags = arguments.chosen(&FLAGS);
    let connection = shell.connection().await?;
    let records = connection.domain_statistics(&domains, kinds, flags).await?;
    if arguments.flag("json") {
        let shown: Vec<Value> = records.iter().map(json).collect();
        return shell.show(arguments, &shown, |_| String::new());
    }
    let shown: Vec<String> = records.iter().map(text).collect();
    shell.print(&shown.join("\n"))
}

fn text(record: &DomainStatistics) -> String {
    let heading = format!("Domain: '{}'\n", record.domain.name());
    record.values.iter().fold(heading, |text, param| {
        text + &format!("  {}={}\n", param.field, typed::text(&param.value))
    })
}

fn json(record: &DomainStatistics) -> Value {
    let values: Map<String, Value> = record.values.iter().map(field).collect();
    serde_json::json!({ "domain": record.domain.name(), "statistics": values })
}

fn field(param: &TypedParam) -> (String, Value) {
    (param.field.clone(), typed::json(&param.value))
}

//! `dommemstat`: what a guest does with its memory.

use ferrovirt::enums::DomainMemoryStatTags as Tag;
use serde_json::{Map, Value};

use crate::arguments::Arguments;
use crate::command::{Command, DOMAIN, Group};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "dommemstat",
    group: Group::Monitor,
    summary: "get memory statistics for a domain",
    description: "Shows what the balloon and the host tell of a running domain's memory, in KiB but for the\n\
        counts of faults and pages and the time of the last report.",
    options: &[DOMAIN],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let domain = shell.domain(arguments).await?;
    let name = domain.name();
    let statistics = domain
        .memory_statistics()
        .await
        .map_err(Failure::call(format!(
            "Failed to get memory statistics for domain {name}"
        )))?;
    let known: Vec<(&str, u64)> = statistics
        .iter()
        .filter_map(|(tag, value)| Some((word(*tag)?, *value)))
        .collect();
    if arguments.flag("json") {
        let shown: Map<String, Value> = known
            .iter()
            .map(|(word, value)| ((*word).to_owned(), (*value).into()))
            .collect();
        return shell.show(arguments, &shown, |_| String::new());
    }
    let lines = known
        .iter()
        .map(|(word, value)| format!("{word} {value}\n"));
    shell.print(&lines.collect::<String>())
}

/// The words that scripts know; a statistic without one is not shown.
fn word(tag: Tag) -> Option<&'static str> {
    Some(match tag {
        Tag::SwapIn => "swap_in",
        Tag::SwapOut => "swap_out",
        Tag::MajorFault => "major_fault",
        Tag::MinorFault => "minor_fault",
        Tag::Unused => "unused",
        Tag::Available => "available",
        Tag::Usable => "usable",
        Tag::ActualBalloon => "actual",
        Tag::Rss => "rss",
        Tag::LastUpdate => "last_update",
        Tag::DiskCaches => "disk_caches",
        Tag::HugetlbPgalloc => "hugetlb_pgalloc",
        Tag::HugetlbPgfail => "hugetlb_pgfail",
        _ => return None,
    })
}

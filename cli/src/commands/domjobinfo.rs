//! `domjobinfo`: the long work that is under way on a domain.

use ferrovirt::JobInfo;
use ferrovirt::enums::DomainJobType;
use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, DOMAIN, Group};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "domjobinfo",
    group: Group::Monitor,
    summary: "domain job information",
    description: "Returns information about jobs running on a domain.",
    options: &[DOMAIN],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Shown {
    job_type: &'static str,
    /// Milliseconds.
    time_elapsed: u64,
    /// Bytes.
    data_total: u64,
    /// Bytes.
    data_processed: u64,
    /// Bytes.
    data_remaining: u64,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let info = shell.domain(arguments).await?.job_info().await?;
    let shown = Shown {
        job_type: word(info),
        time_elapsed: info.time_elapsed,
        data_total: info.data_total,
        data_processed: info.data_processed,
        data_remaining: info.data_remaining,
    };
    shell.show(arguments, &shown, |shown| {
        let mut text = format!("Job type:         {:<12}\n", shown.job_type);
        if info.kind != DomainJobType::None {
            text.push_str(&format!(
                "Time elapsed:     {:<12} ms\nData processed:   {} B\nData remaining:   {} B\n\
                 Data total:       {} B\n",
                shown.time_elapsed, shown.data_processed, shown.data_remaining, shown.data_total
            ));
        }
        text
    })
}

fn word(info: JobInfo) -> &'static str {
    match info.kind {
        DomainJobType::None => "None",
        DomainJobType::Bounded => "Bounded",
        DomainJobType::Unbounded => "Unbounded",
        DomainJobType::Completed => "Completed",
        DomainJobType::Failed => "Failed",
        DomainJobType::Cancelled => "Cancelled",
        DomainJobType::Unrecognized(_) => "unknown",
    }
}

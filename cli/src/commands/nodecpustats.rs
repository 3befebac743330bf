//! `nodecpustats`: what the host's processors do.

use std::time::Duration;

use ferrovirt::Connection;
use serde_json::{Map, Value};

use crate::arguments::Arguments;
use crate::command::{Command, Group, Opt};
use crate::failure::Failure;
use crate::shell::Shell;

/// The public names with the words that scripts know, in the order in which they are printed.
const FIELDS: [(&str, &str); 4] = [
    ("user", "user:"),
    ("kernel", "system:"),
    ("idle", "idle:"),
    ("iowait", "iowait:"),
];

/// For how long the share of each is measured.
const MEASURED: Duration = Duration::from_secs(1);

pub(crate) const COMMAND: Command = Command {
    name: "nodecpustats",
    group: Group::Host,
    summary: "print cpu stats of the node",
    description: "Shows what the host's processors, or one of them, have done since boot, in nanoseconds.",
    options: &[
        Opt::number("cpu", "number of the processor").named(),
        Opt::flag("percent", "the share of each during one second"),
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let cpu = arguments.number::<i32>("cpu")?;
    let connection = shell.connection().await?;
    let times = times(&connection, cpu).await?;
    if arguments.flag("percent") {
        return percent(shell, arguments, &connection, cpu, times).await;
    }
    let shown: Map<String, Value> = FIELDS
        .iter()
        .zip(times)
        .map(|((name, _), time)| ((*name).to_owned(), time.into()))
        .collect();
    shell.show(arguments, &shown, |_| {
        let lines = FIELDS.iter().zip(times);
        lines
            .map(|((_, word), time)| format!("{word:<15} {time:>20}\n"))
            .collect()
    })
}

async fn percent(
    shell: &Shell,
    arguments: &Arguments,
    connection: &Connection,
    cpu: Option<i32>,
    before: [u64; 4],
) -> Result<(), Failure> {
    measure().await;
    let after = times(connection, cpu).await?;
    let [user, kernel, idle, iowait] = shares(before, after);
    let usage = user + kernel;
    let shown = serde_json::json!({
        "usage": usage, "user": user, "kernel": kernel, "idle": idle, "iowait": iowait,
    });
    shell.show(arguments, &shown, |_| {
        let rows = [
            ("usage:", usage),
            ("user:", user),
            ("system:", kernel),
            ("idle:", idle),
            ("iowait:", iowait),
        ];
        rows.iter()
            .map(|(word, share)| format!("{word:<15} {share:>5.1}%\n"))
            .collect()
    })
}

/// The time over which is measured has to pass; there is nothing that could be waited for.
async fn measure() {
    let mut clock = tokio::time::interval(MEASURED);
    clock.tick().await;
    clock.tick().await;
}

async fn times(connection: &Connection, cpu: Option<i32>) -> Result<[u64; 4], Failure> {
    let statistics = connection
        .node_cpu_statistics(cpu)
        .await
        .map_err(Failure::call("Unable to get number of cpu stats"))?;
    Ok(FIELDS.map(|(field, _)| {
        let found = statistics.iter().find(|(name, _)| name == field);
        found.map_or(0, |(_, time)| *time)
    }))
}

/// The percentage of each in what has passed.
#[allow(
    clippy::cast_precision_loss,
    reason = "a percentage is rounded to one digit anyway"
)]
fn shares(before: [u64; 4], after: [u64; 4]) -> [f64; 4] {
    let mut passed = [0; 4];
    for ((passed, after), before) in passed.iter_mut().zip(after).zip(before) {
        *passed = after.saturating_sub(before);
    }
    let total = passed.iter().sum::<u64>().max(1);
    passed.map(|part| part as f64 * 100.0 / total as f64)
}

#[cfg(test)]
mod tests {
    use super::shares;

    #[test]
    fn shares_are_of_what_has_passed() {
        assert_eq!(
            shares([10, 0, 0, 0], [40, 20, 50, 0]),
            [30.0, 20.0, 50.0, 0.0]
        );
        assert_eq!(shares([1, 1, 1, 1], [1, 1, 1, 1]), [0.0; 4]);
    }
}

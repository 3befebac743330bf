//! `event`: wait for events of domains.

use ferrovirt::{Domain, DomainEvent, EventKind};
use jiff::Timestamp;

use crate::arguments::Arguments;
use crate::command::{Command, Complete, Group, Opt};
use crate::event_words::{Described, described};
use crate::failure::Failure;
use crate::shell::Shell;
use crate::wait;

/// The kinds, by the words of `--event`.
const KINDS: [(&str, EventKind); 28] = [
    ("lifecycle", EventKind::Lifecycle),
    ("reboot", EventKind::Reboot),
    ("rtc-change", EventKind::RtcChange),
    ("watchdog", EventKind::Watchdog),
    ("io-error", EventKind::IoErrorPlain),
    ("graphics", EventKind::Graphics),
    ("io-error-reason", EventKind::IoError),
    ("control-error", EventKind::ControlError),
    ("block-job", EventKind::BlockJob),
    ("disk-change", EventKind::DiskChange),
    ("tray-change", EventKind::TrayChange),
    ("pm-wakeup", EventKind::PmWakeup),
    ("pm-suspend", EventKind::PmSuspend),
    ("balloon-change", EventKind::BalloonChange),
    ("pm-suspend-disk", EventKind::PmSuspendDisk),
    ("device-removed", EventKind::DeviceRemoved),
    ("block-job-2", EventKind::BlockJobOfTarget),
    ("tunable", EventKind::Tunable),
    ("agent-lifecycle", EventKind::AgentLifecycle),
    ("device-added", EventKind::DeviceAdded),
    ("migration-iteration", EventKind::MigrationIteration),
    ("job-completed", EventKind::JobCompleted),
    ("device-removal-failed", EventKind::DeviceRemovalFailed),
    ("metadata-change", EventKind::MetadataChange),
    ("block-threshold", EventKind::BlockThreshold),
    ("memory-failure", EventKind::MemoryFailure),
    (
        "memory-device-size-change",
        EventKind::MemoryDeviceSizeChange,
    ),
    ("nic-mac-change", EventKind::NicMacChange),
];

pub(crate) const COMMAND: Command = Command {
    name: "event",
    group: Group::Events,
    summary: "Domain Events",
    description: "List event types, or wait for domain events to occur.",
    options: &[
        Opt::text("domain", "filter by domain name, id or uuid")
            .named()
            .completed_by(Complete::Domain),
        Opt::text("event", "which event type to wait for").named(),
        Opt::flag("all", "wait for all events instead of just one type"),
        Opt::flag(
            "loop",
            "loop until timeout or interrupt, rather than one-shot",
        ),
        Opt::number("timeout", "timeout seconds").named(),
        Opt::flag("list", "list valid event types"),
        Opt::flag("timestamp", "show timestamp for each printed event"),
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    if arguments.flag("list") {
        return KINDS.iter().try_for_each(|(word, _)| shell.line(word));
    }
    arguments.exclusive("all", "event")?;
    arguments.exclusive("list", "all")?;
    arguments.exclusive("list", "event")?;
    let kinds = chosen(arguments)?;
    let connection = shell.connection().await?;
    let domain = match arguments.text("domain") {
        Some(_) => Some(shell.domain(arguments).await?),
        None => None,
    };
    let mut events = connection.domain_events(&kinds, domain.as_ref()).await?;
    wait::for_events(shell, arguments, async || match events.next().await {
        Some(event) => print(shell, arguments, &event).map(|()| true),
        None => Ok(false),
    })
    .await
}

fn chosen(arguments: &Arguments) -> Result<Vec<EventKind>, Failure> {
    if arguments.flag("all") {
        return Ok(EventKind::ALL.to_vec());
    }
    let Some(word) = arguments.text("event") else {
        return Err(Failure::Usage {
            what: "one of --list, --all, or --event <type> is required",
        });
    };
    KINDS
        .iter()
        .find_map(|(known, kind)| (*known == word).then(|| vec![*kind]))
        .ok_or_else(|| Failure::UnknownEvent {
            word: word.to_owned(),
        })
}

fn print(shell: &Shell, arguments: &Arguments, event: &DomainEvent) -> Result<(), Failure> {
    let domain = event.domain().map(Domain::name);
    let Described { kind, joined, text } = described(event);
    if arguments.flag("json") {
        let details = (!text.is_empty()).then_some(text);
        let line = serde_json::json!({ "event": kind, "domain": domain, "details": details });
        return shell.line(&line.to_string());
    }
    let mut line = match domain {
        Some(domain) => format!("event '{kind}' for domain '{domain}'{joined}{text}"),
        None => format!("event '{kind}'{joined}{text}"),
    };
    if arguments.flag("timestamp") {
        let now = Timestamp::now().strftime("%Y-%m-%d %H:%M:%S%.3f+0000");
        line = format!("{now}: {line}");
    }
    shell.line(&line)
}

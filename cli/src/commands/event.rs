//! `event`: wait for events of domains.

use ferrovirt::{DomainEvent, EventKind, words};
use jiff::Timestamp;

use crate::arguments::Arguments;
use crate::command::{Command, Complete, Group, Opt};
use crate::failure::Failure;
use crate::shell::Shell;
use crate::wait;

/// The kinds, by the words of `--event`.
const KINDS: [(&str, EventKind); 9] = [
    ("lifecycle", EventKind::Lifecycle),
    ("reboot", EventKind::Reboot),
    ("rtc-change", EventKind::RtcChange),
    ("watchdog", EventKind::Watchdog),
    ("io-error-reason", EventKind::IoError),
    ("balloon-change", EventKind::BalloonChange),
    ("device-added", EventKind::DeviceAdded),
    ("device-removed", EventKind::DeviceRemoved),
    ("metadata-change", EventKind::MetadataChange),
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
    let (domain, kind, details) = described(event);
    if arguments.flag("json") {
        let line = serde_json::json!({ "event": kind, "domain": domain, "details": details });
        return shell.line(&line.to_string());
    }
    let mut line = match domain {
        Some(domain) => format!("event '{kind}' for domain '{domain}'"),
        None => format!("event '{kind}'"),
    };
    if let Some(details) = details {
        line.push_str(": ");
        line.push_str(&details);
    }
    if arguments.flag("timestamp") {
        let now = Timestamp::now().strftime("%Y-%m-%d %H:%M:%S%.3f+0000");
        line = format!("{now}: {line}");
    }
    shell.line(&line)
}

/// The domain's name, the kind's word and the details of an event.
fn described(event: &DomainEvent) -> (Option<&str>, &'static str, Option<String>) {
    match event {
        DomainEvent::Lifecycle {
            domain,
            event,
            detail,
        } => {
            let (step, detail) = words::step(*event, *detail);
            (
                Some(domain.name()),
                "lifecycle",
                Some(format!("{step} {detail}")),
            )
        }
        DomainEvent::Reboot { domain } => (Some(domain.name()), "reboot", None),
        DomainEvent::RtcChange { domain, offset } => {
            (Some(domain.name()), "rtc-change", Some(offset.to_string()))
        }
        DomainEvent::Watchdog { domain, action } => {
            let word = format!("{action:?}").to_lowercase();
            (Some(domain.name()), "watchdog", Some(word))
        }
        DomainEvent::IoError {
            domain,
            path,
            device,
            action,
            reason,
        } => {
            let word = format!("{action:?}").to_lowercase();
            let text = format!("{path} ({device}) {word} due to {reason}");
            (Some(domain.name()), "io-error-reason", Some(text))
        }
        DomainEvent::BalloonChange { domain, actual } => (
            Some(domain.name()),
            "balloon-change",
            Some(format!("{actual}KiB")),
        ),
        DomainEvent::DeviceAdded { domain, device } => {
            (Some(domain.name()), "device-added", Some(device.clone()))
        }
        DomainEvent::DeviceRemoved { domain, device } => {
            (Some(domain.name()), "device-removed", Some(device.clone()))
        }
        DomainEvent::MetadataChange { domain, kind, uri } => {
            let word = format!("{kind:?}").to_lowercase();
            let uri = uri.as_deref().unwrap_or("<null>");
            let text = format!("type {word}, uri {uri}");
            (Some(domain.name()), "metadata-change", Some(text))
        }
        DomainEvent::Lost(count) => (None, "lost", Some(format!("{count} events were dropped"))),
        other => (None, "unknown", Some(format!("{other:?}"))),
    }
}

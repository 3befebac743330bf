//! `qemu-monitor-event`: wait for events of QEMU's own monitor.

use ferrovirt::MonitorEvent;
use ferrovirt::flags::ConnectDomainQemuMonitorEventRegisterFlags as Flags;

use crate::arguments::Arguments;
use crate::command::{Command, Complete, Group, Opt};
use crate::failure::Failure;
use crate::json_text::indented;
use crate::shell::Shell;
use crate::wait;

pub(crate) const COMMAND: Command = Command {
    name: "qemu-monitor-event",
    group: Group::Host,
    summary: "QEMU Monitor Events",
    description: "Listen for QEMU Monitor Events.",
    options: &[
        Opt::text("domain", "filter by domain name, id or uuid")
            .named()
            .completed_by(Complete::Domain),
        Opt::text("event", "filter by event name").named(),
        Opt::flag("pretty", "details in lines, indented"),
        Opt::flag(
            "loop",
            "loop until timeout or interrupt, rather than one-shot",
        ),
        Opt::number("timeout", "timeout seconds").named(),
        Opt::flag("regex", "treat event as a regex rather than literal filter"),
        Opt::flag("no-case", "treat event case-insensitively"),
        Opt::flag("timestamp", "show timestamp for each printed event"),
    ],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let mut flags = Flags::empty();
    flags.set(Flags::REGEX, arguments.flag("regex"));
    flags.set(Flags::NOCASE, arguments.flag("no-case"));
    let connection = shell.connection().await?;
    let domain = match arguments.text("domain") {
        Some(_) => Some(shell.domain(arguments).await?),
        None => None,
    };
    let mut events = connection
        .monitor_events(arguments.text("event"), domain.as_ref(), flags)
        .await?;
    wait::for_events(shell, arguments, async || match events.next().await {
        Some(event) => print(shell, arguments, &event).map(|()| true),
        None => Ok(false),
    })
    .await
}

fn print(shell: &Shell, arguments: &Arguments, event: &MonitorEvent) -> Result<(), Failure> {
    let name = event.domain.name();
    if arguments.flag("json") {
        let details: Option<serde_json::Value> = event
            .details
            .as_deref()
            .and_then(|text| serde_json::from_str(text).ok());
        let line = serde_json::json!({
            "event": event.event,
            "domain": name,
            "seconds": event.seconds,
            "micros": event.micros,
            "details": details,
        });
        return shell.line(&line.to_string());
    }
    let details = event.details.as_deref().unwrap_or("<null>");
    let details = match arguments.flag("pretty") {
        true => indented(details),
        false => details.to_owned(),
    };
    let mut line = format!("event {} for domain '{name}': {details}", event.event);
    if arguments.flag("timestamp") {
        line = format!(
            "event {} at {}.{:06} for domain '{name}': {details}",
            event.event, event.seconds, event.micros
        );
    }
    shell.line(&line)
}

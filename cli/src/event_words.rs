//! What happened to a domain, in the words that `virsh event` has always printed.

use ferrovirt::enums::{
    ConnectDomainEventAgentLifecycleReason as AgentReason,
    ConnectDomainEventAgentLifecycleState as AgentState,
    ConnectDomainEventBlockJobStatus as JobStatus,
    ConnectDomainEventDiskChangeReason as DiskChange, DomainBlockJobType as Job,
    DomainEventGraphicsAddressType as Family, DomainEventGraphicsPhase as Phase,
    DomainEventIoErrorAction as IoErrorAction, DomainEventTrayChangeReason as Tray,
    DomainEventWatchdogAction as Watchdog, DomainMemoryFailureActionType as FailureAction,
    DomainMemoryFailureRecipientType as Recipient, DomainMetadataType as Metadata,
};
use ferrovirt::flags::DomainMemoryFailureFlags as FailureFlags;
use ferrovirt::{DomainEvent, GraphicsAddress, TypedParam, words};

use crate::typed;

/// An event in words.
pub(crate) struct Described {
    /// What it is called in its line.
    pub(crate) kind: &'static str,
    /// What stands between the domain and the text.
    pub(crate) joined: &'static str,
    /// Its details; none is empty.
    pub(crate) text: String,
}

/// What is not in the table of words.
const UNKNOWN: &str = "unknown";

pub(crate) fn described(event: &DomainEvent) -> Described {
    let with = |kind, text| Described {
        kind,
        joined: ": ",
        text,
    };
    let plain = |kind| Described {
        kind,
        joined: "",
        text: String::new(),
    };
    // Of some the details are lines of their own, or a clause without a colon before it.
    let joined = |kind, joined, text| Described { kind, joined, text };
    match event {
        DomainEvent::Lifecycle { event, detail, .. } => {
            let (step, detail) = words::step(*event, *detail);
            with("lifecycle", format!("{step} {detail}"))
        }
        DomainEvent::Reboot { .. } => plain("reboot"),
        DomainEvent::RtcChange { offset, .. } => with("rtc-change", offset.to_string()),
        DomainEvent::Watchdog { action, .. } => with("watchdog", watchdog(*action).to_owned()),
        DomainEvent::IoErrorPlain {
            path,
            device,
            action,
            ..
        } => {
            let action = io_error(*action);
            with("io-error", format!("{path} ({device}) {action}"))
        }
        DomainEvent::Graphics {
            phase,
            local,
            remote,
            authentication,
            identities,
            ..
        } => {
            let (local, remote) = (address(local), address(remote));
            let mut text = format!(
                "{} local[{local}] remote[{remote}] {authentication}",
                graphics(*phase)
            );
            for (kind, name) in identities {
                text.push_str(&format!("\n\t{kind}={name}"));
            }
            with("graphics", text)
        }
        // Both kinds of this event have one word.
        DomainEvent::IoError {
            path,
            device,
            action,
            reason,
            ..
        } => {
            let action = io_error(*action);
            let text = format!("{path} ({device}) {action} due to {reason}");
            with("io-error", text)
        }
        DomainEvent::ControlError { .. } => plain("control-error"),
        DomainEvent::BlockJob {
            path, job, status, ..
        } => with("block-job", block_job(path, *job, *status)),
        DomainEvent::DiskChange {
            device,
            old,
            new,
            reason,
            ..
        } => {
            let reason = disk_change(*reason);
            let (old, new) = (or_null(old), or_null(new));
            let text = format!("{device}: {old} -> {new}: {reason}");
            joined("disk-change", " disk ", text)
        }
        DomainEvent::TrayChange { device, reason, .. } => {
            let text = format!("{device}: {}", tray(*reason));
            joined("tray-change", " disk ", text)
        }
        DomainEvent::PmWakeup { .. } => plain("pm-wakeup"),
        DomainEvent::PmSuspend { .. } => plain("pm-suspend"),
        DomainEvent::BalloonChange { actual, .. } => with("balloon-change", format!("{actual}KiB")),
        DomainEvent::PmSuspendDisk { .. } => plain("pm-suspend-disk"),
        DomainEvent::DeviceRemoved { device, .. } => with("device-removed", device.clone()),
        DomainEvent::BlockJobOfTarget {
            target,
            job,
            status,
            ..
        } => with("block-job-2", block_job(target, *job, *status)),
        DomainEvent::Tunable { values, .. } => joined("tunable", ":", values_text(values)),
        DomainEvent::AgentLifecycle { state, reason, .. } => {
            let (state, reason) = (agent(*state), agent_reason(*reason));
            let text = format!("state: '{state}' reason: '{reason}'");
            with("agent-lifecycle", text)
        }
        DomainEvent::DeviceAdded { device, .. } => with("device-added", device.clone()),
        DomainEvent::MigrationIteration { iteration, .. } => {
            with("migration-iteration", format!("iteration: '{iteration}'"))
        }
        DomainEvent::JobCompleted { statistics, .. } => {
            joined("job-completed", ":", values_text(statistics))
        }
        DomainEvent::DeviceRemovalFailed { device, .. } => {
            with("device-removal-failed", device.clone())
        }
        DomainEvent::MetadataChange { kind, uri, .. } => {
            let text = format!("type {}, uri {}", metadata(*kind), or_null(uri));
            with("metadata-change", text)
        }
        DomainEvent::BlockThreshold {
            device,
            path,
            threshold,
            excess,
            ..
        } => {
            let path = or_null(path);
            let text = format!("dev: {device}({path}) {threshold} {excess}");
            with("block-threshold", text)
        }
        DomainEvent::MemoryFailure {
            recipient,
            action,
            flags,
            ..
        } => {
            let is = |flag| u8::from(flags.contains(flag));
            let text = format!(
                "recipient: {}\naction: {}\nflags:\n\taction required: {}\n\trecursive: {}",
                recipient_word(*recipient),
                failure_action(*action),
                is(FailureFlags::ACTION_REQUIRED),
                is(FailureFlags::RECURSIVE)
            );
            joined("memory-failure", ":\n", text)
        }
        DomainEvent::MemoryDeviceSizeChange { device, size, .. } => {
            let text = format!("alias: {device}\nsize: {size}");
            joined("memory-device-size-change", ":\n", text)
        }
        DomainEvent::NicMacChange {
            device, old, new, ..
        } => {
            let text = format!("alias: {device}\nold MAC: {old}\nnew MAC: {new}");
            joined("nic-mac-change", ":\n", text)
        }
        DomainEvent::Lost(count) => with("lost", format!("{count} events were dropped")),
        other => with(UNKNOWN, format!("{other:?}")),
    }
}

fn or_null(text: &Option<String>) -> &str {
    text.as_deref().unwrap_or("<null>")
}

/// A line for each value.
fn values_text(values: &[TypedParam]) -> String {
    let lines = values.iter();
    lines
        .map(|it| format!("\n\t{}: {}", it.field, typed::text(&it.value)))
        .collect()
}

fn watchdog(action: Watchdog) -> &'static str {
    match action {
        Watchdog::None => "none",
        Watchdog::Pause => "pause",
        Watchdog::Reset => "reset",
        Watchdog::Poweroff => "poweroff",
        Watchdog::Shutdown => "shutdown",
        Watchdog::Debug => "debug",
        Watchdog::Injectnmi => "inject-nmi",
        Watchdog::Unrecognized(_) => UNKNOWN,
    }
}

fn io_error(action: IoErrorAction) -> &'static str {
    match action {
        IoErrorAction::None => "none",
        IoErrorAction::Pause => "pause",
        IoErrorAction::Report => "report",
        IoErrorAction::Unrecognized(_) => UNKNOWN,
    }
}

fn graphics(phase: Phase) -> &'static str {
    match phase {
        Phase::Connect => "connect",
        Phase::Initialize => "initialize",
        Phase::Disconnect => "disconnect",
        Phase::Unrecognized(_) => UNKNOWN,
    }
}

fn address(address: &GraphicsAddress) -> String {
    let family = match address.family {
        Family::Ipv4 => "IPv4",
        Family::Ipv6 => "IPv6",
        Family::Unix => "unix",
        Family::Unrecognized(_) => UNKNOWN,
    };
    format!("{family} {} {}", address.node, address.service)
}

fn block_job(disk: &str, job: Job, status: JobStatus) -> String {
    let job = match job {
        Job::Pull => "Block Pull",
        Job::Copy => "Block Copy",
        Job::Commit => "Block Commit",
        Job::ActiveCommit => "Active Block Commit",
        Job::Backup => "Backup",
        Job::Unknown | Job::Unrecognized(_) => "Unknown job",
    };
    let status = match status {
        JobStatus::Completed => "completed",
        JobStatus::Failed => "failed",
        JobStatus::Canceled => "canceled",
        JobStatus::Ready => "ready",
        JobStatus::Unrecognized(_) => UNKNOWN,
    };
    format!("{job} for {disk} {status}")
}

fn disk_change(reason: DiskChange) -> &'static str {
    match reason {
        DiskChange::ChangeMissingOnStart => "changed",
        DiskChange::DropMissingOnStart => "dropped",
        DiskChange::Unrecognized(_) => UNKNOWN,
    }
}

fn tray(reason: Tray) -> &'static str {
    match reason {
        Tray::Open => "opened",
        Tray::Close => "closed",
        Tray::Unrecognized(_) => UNKNOWN,
    }
}

fn agent(state: AgentState) -> &'static str {
    match state {
        AgentState::Connected => "connected",
        AgentState::Disconnected => "disconnected",
        AgentState::Unrecognized(_) => UNKNOWN,
    }
}

fn agent_reason(reason: AgentReason) -> &'static str {
    match reason {
        AgentReason::DomainStarted => "domain started",
        AgentReason::Channel => "channel event",
        AgentReason::Unknown | AgentReason::Unrecognized(_) => UNKNOWN,
    }
}

fn metadata(kind: Metadata) -> &'static str {
    match kind {
        Metadata::Description => "description",
        Metadata::Title => "title",
        Metadata::Element => "element",
        Metadata::Unrecognized(_) => "unsupported value",
    }
}

fn recipient_word(recipient: Recipient) -> &'static str {
    match recipient {
        Recipient::Hypervisor => "hypervisor",
        Recipient::Guest => "guest",
        Recipient::Unrecognized(_) => "unsupported value",
    }
}

fn failure_action(action: FailureAction) -> &'static str {
    match action {
        FailureAction::Ignore => "ignore",
        FailureAction::Inject => "inject",
        FailureAction::Fatal => "fatal",
        FailureAction::Reset => "reset",
        FailureAction::Unrecognized(_) => "unsupported value",
    }
}

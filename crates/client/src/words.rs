//! The words for what the API numbers: states, reasons, steps of a life. Scripts know them from
//! `virsh`.

use protocol::enums::{
    DomainCrashedReason, DomainEventType, DomainPausedReason, DomainRunningReason,
    DomainShutdownReason, DomainShutoffReason, DomainState as State,
};

use crate::domain::DomainState;

/// The word for a state: `running`, `shut off`.
#[must_use]
pub fn state(state: State) -> &'static str {
    match state {
        State::Running => "running",
        State::Blocked => "idle",
        State::Paused => "paused",
        State::Shutdown => "in shutdown",
        State::Shutoff => "shut off",
        State::Crashed => "crashed",
        State::Pmsuspended => "pmsuspended",
        State::Nostate | State::Unrecognized(_) => "no state",
    }
}

/// The word for a state's reason: `booted`, `destroyed`.
#[must_use]
pub fn reason(state: DomainState) -> &'static str {
    match state {
        DomainState::Running(reason) => running(reason),
        DomainState::Paused(reason) => paused(reason),
        DomainState::Shutdown(DomainShutdownReason::User) => "user",
        DomainState::Shutoff(reason) => shutoff(reason),
        DomainState::Crashed(DomainCrashedReason::Panicked) => "panicked",
        DomainState::Shutdown(_) | DomainState::Crashed(_) | DomainState::Other(..) => "unknown",
    }
}

fn running(reason: DomainRunningReason) -> &'static str {
    use DomainRunningReason as Reason;
    match reason {
        Reason::Booted => "booted",
        Reason::Migrated => "migrated",
        Reason::Restored => "restored",
        Reason::FromSnapshot => "from snapshot",
        Reason::Unpaused => "unpaused",
        Reason::MigrationCanceled => "migration canceled",
        Reason::SaveCanceled => "save canceled",
        Reason::Wakeup => "event wakeup",
        Reason::Crashed => "crashed",
        Reason::Postcopy => "post-copy",
        Reason::PostcopyFailed => "post-copy failed",
        _ => "unknown",
    }
}

fn paused(reason: DomainPausedReason) -> &'static str {
    use DomainPausedReason as Reason;
    match reason {
        Reason::User => "user",
        Reason::Migration => "migrating",
        Reason::Save => "saving",
        Reason::Dump => "dumping",
        Reason::Ioerror => "I/O error",
        Reason::Watchdog => "watchdog",
        Reason::FromSnapshot => "from snapshot",
        Reason::ShuttingDown => "shutting down",
        Reason::Snapshot => "creating snapshot",
        Reason::Crashed => "crashed",
        Reason::StartingUp => "starting up",
        Reason::Postcopy => "post-copy",
        Reason::PostcopyFailed => "post-copy failed",
        Reason::ApiError => "api error",
        _ => "unknown",
    }
}

fn shutoff(reason: DomainShutoffReason) -> &'static str {
    use DomainShutoffReason as Reason;
    match reason {
        Reason::Shutdown => "shutdown",
        Reason::Destroyed => "destroyed",
        Reason::Crashed => "crashed",
        Reason::Migrated => "migrated",
        Reason::Saved => "saved",
        Reason::Failed => "failed",
        Reason::FromSnapshot => "from snapshot",
        Reason::Daemon => "daemon",
        _ => "unknown",
    }
}

/// The words for a step of a domain's life and its detail: `Stopped`, `Destroyed`.
#[must_use]
pub fn step(event: DomainEventType, detail: i32) -> (&'static str, &'static str) {
    let (step, details): (_, &[&str]) = match event {
        DomainEventType::Defined => ("Defined", &["Added", "Updated", "Renamed", "Snapshot"]),
        DomainEventType::Undefined => ("Undefined", &["Removed", "Renamed"]),
        DomainEventType::Started => (
            "Started",
            &[
                "Booted",
                "Migrated",
                "Restored",
                "Snapshot",
                "Event wakeup",
                "Recovered",
            ],
        ),
        DomainEventType::Suspended => (
            "Suspended",
            &[
                "Paused",
                "Migrated",
                "I/O Error",
                "Watchdog",
                "Restored",
                "Snapshot",
                "API error",
                "Post-copy",
                "Post-copy Error",
            ],
        ),
        DomainEventType::Resumed => (
            "Resumed",
            &[
                "Unpaused",
                "Migrated",
                "Snapshot",
                "Post-copy",
                "Post-copy Error",
            ],
        ),
        DomainEventType::Stopped => (
            "Stopped",
            &[
                "Shutdown",
                "Destroyed",
                "Crashed",
                "Migrated",
                "Saved",
                "Failed",
                "Snapshot",
            ],
        ),
        DomainEventType::Shutdown => (
            "Shutdown",
            &[
                "Finished",
                "Finished after guest request",
                "Finished after host request",
            ],
        ),
        DomainEventType::Pmsuspended => ("PMSuspended", &["Memory", "Disk"]),
        DomainEventType::Crashed => ("Crashed", &["Panicked", "Crashloaded"]),
        DomainEventType::Unrecognized(_) => ("unknown", &[]),
    };
    let detail = usize::try_from(detail)
        .ok()
        .and_then(|index| details.get(index));
    (step, detail.copied().unwrap_or("unknown"))
}

#[cfg(test)]
mod tests {
    use protocol::enums::{DomainEventType, DomainShutoffReason};

    use super::DomainState;
    use super::{reason, state, step};

    #[test]
    fn the_words_are_those_that_scripts_know() {
        let off = DomainState::Shutoff(DomainShutoffReason::Destroyed);
        assert_eq!((state(off.state()), reason(off)), ("shut off", "destroyed"));
        assert_eq!(step(DomainEventType::Stopped, 1), ("Stopped", "Destroyed"));
        assert_eq!(step(DomainEventType::Stopped, 99), ("Stopped", "unknown"));
    }
}

//! What may happen to a VM, given its state and what already happens to it.
//!
//! One pure table: [`admit`]. It decides and does nothing else; the owner obeys. It is the whole of the driver's
//! locking policy, so a rule is changed here and nowhere else.

use super::state::Kind;

/// What somebody wants from a VM.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Bring up a process.
    Start,
    /// End the process without asking the guest.
    Destroy,
    /// Ask the guest to power off.
    Shutdown,
    /// Ask the guest to reboot.
    Reboot,
    /// Press the reset button.
    Reset,
    /// Stop the processors.
    Suspend,
    /// Let the processors run.
    Resume,
    /// Replace the definition for the next boot.
    Define,
    /// Drop the definition for the next boot.
    Undefine,
    /// Change the name.
    Rename,
    /// Change something that needs no monitor (title, metadata, autostart).
    Annotate,
}

/// What the owner is busy with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Busy {
    /// Nothing.
    No,
    /// The chain of start phases runs.
    Starting,
    /// A monitor command is under way.
    Monitor,
    /// The process is being ended.
    Stopping,
}

/// The answer to a wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Do it now.
    Run,
    /// Do it when what runs now has ended; then ask again.
    Queue,
    /// Break off what runs now, then do it.
    Interrupt,
    /// It is already so: answer success and do nothing.
    Ignore,
    /// Refuse.
    Deny(Reason),
}

/// Why a wish is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// There is no process.
    #[error("domain is not running")]
    NotRunning,
    /// There already is a process.
    #[error("domain is already running")]
    AlreadyRunning,
    /// The guest sleeps; it has to be woken instead.
    #[error("domain is pmsuspended")]
    PmSuspended,
    /// The guest has powered off; nothing can be asked of it any more.
    #[error("domain is being shut down")]
    ShuttingDown,
    /// A name can only be changed while no process carries it.
    #[error("cannot rename active domain")]
    RenameActive,
}

/// Decides about a wish.
pub fn admit(wish: Wish, state: Kind, busy: Busy) -> Verdict {
    match wish {
        Wish::Start => start(state, busy),
        Wish::Destroy => destroy(state, busy),
        Wish::Suspend | Wish::Resume | Wish::Shutdown | Wish::Reboot | Wish::Reset => {
            match on_guest(wish, state) {
                Verdict::Run if busy == Busy::No => Verdict::Run,
                Verdict::Run => Verdict::Queue,
                // The state that would make it superfluous or wrong may be about to change.
                Verdict::Ignore if busy != Busy::No => Verdict::Queue,
                Verdict::Deny(Reason::AlreadyRunning) if busy != Busy::No => Verdict::Queue,
                verdict => verdict,
            }
        }
        Wish::Define => Verdict::Run,
        Wish::Annotate | Wish::Undefine => match busy {
            // The document of the next moment does not exist yet, or not any more.
            Busy::Starting | Busy::Stopping => Verdict::Queue,
            Busy::No | Busy::Monitor => Verdict::Run,
        },
        Wish::Rename => match (state, busy) {
            (_, Busy::Stopping) => Verdict::Queue,
            (Kind::Off, _) => Verdict::Run,
            _ => Verdict::Deny(Reason::RenameActive),
        },
    }
}

fn start(state: Kind, busy: Busy) -> Verdict {
    match (state, busy) {
        (_, Busy::Stopping) => Verdict::Queue,
        (Kind::Off, _) => Verdict::Run,
        _ => Verdict::Deny(Reason::AlreadyRunning),
    }
}

fn destroy(state: Kind, busy: Busy) -> Verdict {
    match (state, busy) {
        (_, Busy::Stopping) => Verdict::Queue,
        (_, Busy::Starting | Busy::Monitor) => Verdict::Interrupt,
        (Kind::Off, Busy::No) => Verdict::Deny(Reason::NotRunning),
        (_, Busy::No) => Verdict::Run,
    }
}

/// What an idle owner would answer to a wish that needs the monitor.
fn on_guest(wish: Wish, state: Kind) -> Verdict {
    match (wish, state) {
        (_, Kind::Off) => Verdict::Deny(Reason::NotRunning),
        (_, Kind::Starting) => Verdict::Run,
        (Wish::Suspend | Wish::Resume, Kind::PmSuspended) => Verdict::Deny(Reason::PmSuspended),
        (_, Kind::ShuttingDown) => Verdict::Deny(Reason::ShuttingDown),
        (Wish::Suspend, Kind::Paused) => Verdict::Ignore,
        (Wish::Resume, Kind::Running) => Verdict::Deny(Reason::AlreadyRunning),
        _ => Verdict::Run,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GUEST_WISHES: [Wish; 5] = [
        Wish::Suspend,
        Wish::Resume,
        Wish::Shutdown,
        Wish::Reboot,
        Wish::Reset,
    ];
    const ACTIVE: [Kind; 5] = [
        Kind::Running,
        Kind::Paused,
        Kind::ShuttingDown,
        Kind::Crashed,
        Kind::PmSuspended,
    ];

    #[test]
    fn a_stopped_vm_can_be_started() {
        assert_eq!(admit(Wish::Start, Kind::Off, Busy::No), Verdict::Run);
    }

    #[test]
    fn an_active_vm_cannot_be_started_again() {
        for state in ACTIVE {
            assert_eq!(
                admit(Wish::Start, state, Busy::No),
                Verdict::Deny(Reason::AlreadyRunning)
            );
        }
        assert_eq!(
            admit(Wish::Start, Kind::Starting, Busy::Starting),
            Verdict::Deny(Reason::AlreadyRunning)
        );
    }

    #[test]
    fn a_start_waits_for_a_stop() {
        assert_eq!(
            admit(Wish::Start, Kind::Running, Busy::Stopping),
            Verdict::Queue
        );
    }

    #[test]
    fn nothing_can_be_asked_of_a_stopped_vm() {
        for wish in GUEST_WISHES.into_iter().chain([Wish::Destroy]) {
            assert_eq!(
                admit(wish, Kind::Off, Busy::No),
                Verdict::Deny(Reason::NotRunning),
                "{wish:?}"
            );
        }
    }

    #[test]
    fn destroy_breaks_off_a_start_and_a_monitor_command() {
        assert_eq!(
            admit(Wish::Destroy, Kind::Starting, Busy::Starting),
            Verdict::Interrupt
        );
        assert_eq!(
            admit(Wish::Destroy, Kind::Running, Busy::Monitor),
            Verdict::Interrupt
        );
    }

    #[test]
    fn a_second_destroy_waits_for_the_first() {
        assert_eq!(
            admit(Wish::Destroy, Kind::Running, Busy::Stopping),
            Verdict::Queue
        );
    }

    #[test]
    fn suspending_twice_is_not_an_error() {
        assert_eq!(
            admit(Wish::Suspend, Kind::Paused, Busy::No),
            Verdict::Ignore
        );
    }

    #[test]
    fn resuming_a_running_vm_is_an_error() {
        assert_eq!(
            admit(Wish::Resume, Kind::Running, Busy::No),
            Verdict::Deny(Reason::AlreadyRunning)
        );
    }

    #[test]
    fn a_resume_behind_a_suspend_waits_to_see_what_becomes_of_it() {
        assert_eq!(
            admit(Wish::Resume, Kind::Running, Busy::Monitor),
            Verdict::Queue
        );
        assert_eq!(
            admit(Wish::Suspend, Kind::Paused, Busy::Monitor),
            Verdict::Queue
        );
    }

    #[test]
    fn a_sleeping_guest_is_woken_not_resumed() {
        for wish in [Wish::Suspend, Wish::Resume] {
            assert_eq!(
                admit(wish, Kind::PmSuspended, Busy::No),
                Verdict::Deny(Reason::PmSuspended)
            );
        }
        assert_eq!(
            admit(Wish::Reset, Kind::PmSuspended, Busy::No),
            Verdict::Run
        );
    }

    #[test]
    fn a_crashed_guest_can_be_resumed_reset_and_destroyed() {
        for wish in [Wish::Resume, Wish::Reset, Wish::Destroy] {
            assert_eq!(
                admit(wish, Kind::Crashed, Busy::No),
                Verdict::Run,
                "{wish:?}"
            );
        }
    }

    #[test]
    fn a_definition_can_be_replaced_at_any_time() {
        for busy in [Busy::No, Busy::Starting, Busy::Monitor, Busy::Stopping] {
            assert_eq!(admit(Wish::Define, Kind::Running, busy), Verdict::Run);
        }
    }

    #[test]
    fn an_active_vm_keeps_its_name() {
        for state in ACTIVE {
            assert_eq!(
                admit(Wish::Rename, state, Busy::No),
                Verdict::Deny(Reason::RenameActive)
            );
        }
        assert_eq!(admit(Wish::Rename, Kind::Off, Busy::No), Verdict::Run);
    }

    #[test]
    fn an_idle_owner_never_queues() {
        let wishes = GUEST_WISHES.into_iter().chain([
            Wish::Start,
            Wish::Destroy,
            Wish::Define,
            Wish::Undefine,
            Wish::Rename,
            Wish::Annotate,
        ]);
        for wish in wishes {
            for state in ACTIVE.into_iter().chain([Kind::Off]) {
                let verdict = admit(wish, state, Busy::No);
                assert!(
                    !matches!(verdict, Verdict::Queue | Verdict::Interrupt),
                    "{wish:?} in {state:?} would wait for nothing"
                );
            }
        }
    }
}

//! What a word from QEMU means for a VM: one pure function, [`react`].
//!
//! The owner feeds it QEMU's events one after the other; it answers with the new activity, what to tell the
//! world, and what to do next. Event names and their data are those of QEMU's QMP reference (`qapi/run-state.json`,
//! `qapi/block-core.json`, `qapi/misc.json`). What cannot be read is passed over: QEMU is not trusted.

use serde::Deserialize;
use serde_json::Value;

use super::announcement::{Announcement, IoError, IoErrorAction, Lifecycle, WatchdogAction};
use super::state::{Activity, PausedReason, RunningReason};

/// What a VM does when its guest ends in one way or another: `<on_poweroff>`, `<on_crash>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// After the guest has powered off.
    pub on_poweroff: Ending,
    /// After the guest has panicked.
    pub on_crash: Ending,
}

/// What becomes of a VM whose guest has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The process ends.
    Destroy,
    /// The guest boots again in the same process.
    Restart,
    /// Everything stays as it is, for inspection.
    Preserve,
}

/// What the owner knows when a word from QEMU arrives.
#[derive(Debug, Clone, Copy)]
pub struct Situation {
    /// What the VM is doing.
    pub activity: Activity,
    /// What it is to do when the guest ends.
    pub policy: Policy,
    /// A reboot was asked for that goes by way of a power-off.
    pub reboot_asked: bool,
    /// Why QEMU would stop the processors now.
    pub pause: PausedReason,
    /// Why QEMU would start the processors now.
    pub run: RunningReason,
}

/// What the owner is to do about it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Reaction {
    /// What the VM does from now on.
    pub activity: Option<Activity>,
    /// The guest's memory, in KiB, from now on.
    pub balloon_kib: Option<u64>,
    /// What to tell the world, in this order.
    pub announce: Vec<Announcement>,
    /// What to do then.
    pub follow: Follow,
}

/// What follows a word from QEMU.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum Follow {
    /// Nothing.
    #[default]
    Nothing,
    /// End the process: the guest is done.
    End,
    /// Reset the machine and let it run, with this reason.
    Restart(RunningReason),
}

/// Decides about an event of QEMU's.
pub fn react(name: &str, data: &Value, now: &Situation) -> Reaction {
    match name {
        "SHUTDOWN" => shutdown(data, now),
        "RESET" => Reaction::tell(Announcement::Reboot),
        "STOP" => stop(now),
        "RESUME" => resume(now),
        "GUEST_PANICKED" => panicked(now),
        "WATCHDOG" => with(data, |watchdog| watchdog_fired(&watchdog, now)),
        "BLOCK_IO_ERROR" => with(data, |error| io_error(error, now)),
        "RTC_CHANGE" => with(data, |RtcChange { offset }| {
            Reaction::tell(Announcement::RtcChange(offset))
        }),
        "BALLOON_CHANGE" => with(data, balloon),
        "DEVICE_DELETED" => with(data, |DeviceDeleted { device }| match device {
            Some(alias) => Reaction::tell(Announcement::DeviceRemoved(alias)),
            None => Reaction::default(),
        }),
        "DEVICE_TRAY_MOVED" => with(data, tray),
        "SUSPEND" => Reaction {
            activity: Some(Activity::PmSuspended),
            announce: vec![Announcement::PmSuspend, Lifecycle::PmSuspendedMemory.into()],
            ..Reaction::default()
        },
        "SUSPEND_DISK" => Reaction {
            announce: vec![
                Announcement::PmSuspendDisk,
                Lifecycle::PmSuspendedDisk.into(),
            ],
            ..Reaction::default()
        },
        "WAKEUP" => wakeup(now),
        _ => Reaction::default(),
    }
}

impl Reaction {
    fn tell(announcement: Announcement) -> Self {
        Self {
            announce: vec![announcement],
            ..Self::default()
        }
    }
}

/// Reads the event's data; what is not as the reference says has no effect.
fn with<'a, T: Deserialize<'a>>(data: &'a Value, then: impl FnOnce(T) -> Reaction) -> Reaction {
    match T::deserialize(data) {
        Ok(data) => then(data),
        Err(error) => {
            tracing::warn!(%error, %data, "QEMU sent an event that cannot be read");
            Reaction::default()
        }
    }
}

#[derive(Deserialize)]
struct Shutdown {
    guest: bool,
}

fn shutdown(data: &Value, now: &Situation) -> Reaction {
    if now.activity == Activity::ShuttingDown {
        return Reaction::default();
    }
    let detail = match Shutdown::deserialize(data) {
        Ok(Shutdown { guest: true }) => Lifecycle::ShutdownGuest,
        Ok(Shutdown { guest: false }) => Lifecycle::ShutdownHost,
        Err(_) => Lifecycle::ShutdownFinished,
    };
    let by_host = detail == Lifecycle::ShutdownHost;
    // QEMU that was told to end cannot be made to boot again.
    let restart = !by_host && (now.reboot_asked || now.policy.on_poweroff == Ending::Restart);
    Reaction {
        activity: Some(Activity::ShuttingDown),
        announce: vec![detail.into()],
        follow: if restart {
            Follow::Restart(RunningReason::Booted)
        } else {
            Follow::End
        },
        ..Reaction::default()
    }
}

fn stop(now: &Situation) -> Reaction {
    if !matches!(now.activity, Activity::Running(_)) {
        return Reaction::default();
    }
    paused(now.pause)
}

fn paused(reason: PausedReason) -> Reaction {
    let detail = match reason {
        PausedReason::IoError => Lifecycle::SuspendedIoError,
        PausedReason::Watchdog => Lifecycle::SuspendedWatchdog,
        PausedReason::Unknown
        | PausedReason::User
        | PausedReason::ShuttingDown
        | PausedReason::StartingUp
        | PausedReason::Crashed => Lifecycle::SuspendedPaused,
    };
    Reaction {
        activity: Some(Activity::Paused(reason)),
        announce: vec![detail.into()],
        ..Reaction::default()
    }
}

fn resume(now: &Situation) -> Reaction {
    if !matches!(now.activity, Activity::Paused(_) | Activity::Crashed) {
        return Reaction::default();
    }
    Reaction {
        activity: Some(Activity::Running(now.run)),
        announce: vec![Lifecycle::ResumedUnpaused.into()],
        ..Reaction::default()
    }
}

fn panicked(now: &Situation) -> Reaction {
    if now.activity == Activity::Crashed {
        return Reaction::default();
    }
    Reaction {
        activity: Some(Activity::Crashed),
        announce: vec![Lifecycle::CrashedPanicked.into()],
        follow: match now.policy.on_crash {
            Ending::Destroy => Follow::End,
            Ending::Restart => Follow::Restart(RunningReason::Crashed),
            Ending::Preserve => Follow::Nothing,
        },
        ..Reaction::default()
    }
}

#[derive(Deserialize)]
struct Watchdog {
    action: String,
}

fn watchdog_fired(Watchdog { action }: &Watchdog, now: &Situation) -> Reaction {
    let action = match action.as_str() {
        "reset" => WatchdogAction::Reset,
        "shutdown" => WatchdogAction::Shutdown,
        "poweroff" => WatchdogAction::Poweroff,
        "pause" => WatchdogAction::Pause,
        "debug" => WatchdogAction::Debug,
        "inject-nmi" => WatchdogAction::InjectNmi,
        _ => WatchdogAction::None,
    };
    after(
        Announcement::Watchdog(action),
        action == WatchdogAction::Pause,
        PausedReason::Watchdog,
        now,
    )
}

#[derive(Deserialize)]
struct BlockIoError {
    #[serde(default)]
    device: String,
    #[serde(rename = "qom-path", default)]
    qom_path: String,
    action: String,
    #[serde(default)]
    nospace: bool,
    #[serde(default)]
    reason: String,
}

fn io_error(error: BlockIoError, now: &Situation) -> Reaction {
    let action = match error.action.as_str() {
        "stop" => IoErrorAction::Pause,
        "report" => IoErrorAction::Report,
        _ => IoErrorAction::None,
    };
    // Without a drive of the old kind QEMU only knows the device that holds the disk.
    let device = match error.device.is_empty() {
        true => alias_of(&error.qom_path).to_owned(),
        false => error.device,
    };
    let reason = if error.nospace {
        "enospc".to_owned()
    } else {
        error.reason
    };
    let told = Announcement::IoError(IoError {
        device,
        path: String::new(),
        action,
        reason,
    });
    after(
        told,
        action == IoErrorAction::Pause,
        PausedReason::IoError,
        now,
    )
}

/// `/machine/peripheral/virtio-disk0/virtio-backend` → `virtio-disk0`.
fn alias_of(qom_path: &str) -> &str {
    let rest = qom_path.strip_prefix("/machine/peripheral/").unwrap_or("");
    rest.split('/').next().unwrap_or("")
}

/// Something that may also have stopped the guest.
fn after(told: Announcement, stops: bool, reason: PausedReason, now: &Situation) -> Reaction {
    let mut reaction = Reaction::tell(told);
    if stops && matches!(now.activity, Activity::Running(_)) {
        let paused = paused(reason);
        reaction.activity = paused.activity;
        reaction.announce.extend(paused.announce);
    }
    reaction
}

#[derive(Deserialize)]
struct RtcChange {
    offset: i64,
}

#[derive(Deserialize)]
struct DeviceDeleted {
    device: Option<String>,
}

#[derive(Deserialize)]
struct BalloonChange {
    actual: u64,
}

fn balloon(BalloonChange { actual }: BalloonChange) -> Reaction {
    let kib = actual / 1024;
    Reaction {
        balloon_kib: Some(kib),
        announce: vec![Announcement::BalloonChange(kib)],
        ..Reaction::default()
    }
}

#[derive(Deserialize)]
struct TrayMoved {
    #[serde(default)]
    id: String,
    #[serde(default)]
    device: String,
    #[serde(rename = "tray-open")]
    tray_open: bool,
}

fn tray(moved: TrayMoved) -> Reaction {
    let device = if moved.id.is_empty() {
        moved.device
    } else {
        moved.id
    };
    Reaction::tell(Announcement::TrayChange {
        device,
        open: moved.tray_open,
    })
}

fn wakeup(now: &Situation) -> Reaction {
    let mut reaction = Reaction::tell(Announcement::PmWakeup);
    if now.activity == Activity::PmSuspended {
        reaction.activity = Some(Activity::Running(RunningReason::Wakeup));
        reaction.announce.push(Lifecycle::StartedWakeup.into());
    }
    reaction
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const RUNNING: Activity = Activity::Running(RunningReason::Booted);

    fn situation(activity: Activity) -> Situation {
        Situation {
            activity,
            policy: Policy {
                on_poweroff: Ending::Destroy,
                on_crash: Ending::Destroy,
            },
            reboot_asked: false,
            pause: PausedReason::User,
            run: RunningReason::Unpaused,
        }
    }

    fn check(name: &str, data: Value, now: Situation, expected: Reaction) {
        assert_eq!(react(name, &data, &now), expected, "{name} {data}");
    }

    #[test]
    fn a_guest_that_powers_off_ends_the_process() {
        check(
            "SHUTDOWN",
            json!({"guest": true, "reason": "guest-shutdown"}),
            situation(RUNNING),
            Reaction {
                activity: Some(Activity::ShuttingDown),
                announce: vec![Lifecycle::ShutdownGuest.into()],
                follow: Follow::End,
                ..Reaction::default()
            },
        );
    }

    #[test]
    fn a_guest_that_powers_off_boots_again_when_a_reboot_was_asked_for() {
        let mut now = situation(RUNNING);
        now.reboot_asked = true;
        let reaction = react("SHUTDOWN", &json!({"guest": true}), &now);
        assert_eq!(reaction.follow, Follow::Restart(RunningReason::Booted));
    }

    #[test]
    fn a_process_that_was_told_to_end_does_not_boot_again() {
        let mut now = situation(RUNNING);
        now.reboot_asked = true;
        now.policy.on_poweroff = Ending::Restart;
        let reaction = react(
            "SHUTDOWN",
            &json!({"guest": false, "reason": "host-signal"}),
            &now,
        );
        assert_eq!(reaction.follow, Follow::End);
        assert_eq!(reaction.announce, [Lifecycle::ShutdownHost.into()]);
    }

    #[test]
    fn a_second_shutdown_says_nothing_new() {
        check(
            "SHUTDOWN",
            json!({"guest": true}),
            situation(Activity::ShuttingDown),
            Reaction::default(),
        );
    }

    #[test]
    fn the_stop_after_a_power_off_is_no_pause() {
        check(
            "STOP",
            Value::Null,
            situation(Activity::ShuttingDown),
            Reaction::default(),
        );
    }

    #[test]
    fn a_stop_that_was_asked_for_has_its_reason() {
        check(
            "STOP",
            Value::Null,
            situation(RUNNING),
            Reaction {
                activity: Some(Activity::Paused(PausedReason::User)),
                announce: vec![Lifecycle::SuspendedPaused.into()],
                ..Reaction::default()
            },
        );
    }

    #[test]
    fn a_resume_of_a_paused_guest_is_told_once() {
        check(
            "RESUME",
            Value::Null,
            situation(Activity::Paused(PausedReason::User)),
            Reaction {
                activity: Some(Activity::Running(RunningReason::Unpaused)),
                announce: vec![Lifecycle::ResumedUnpaused.into()],
                ..Reaction::default()
            },
        );
        check(
            "RESUME",
            Value::Null,
            situation(RUNNING),
            Reaction::default(),
        );
    }

    #[test]
    fn a_disk_error_that_stops_the_guest_tells_both() {
        check(
            "BLOCK_IO_ERROR",
            json!({"device": "", "qom-path": "/machine/peripheral/virtio-disk0/virtio-backend",
                   "operation": "write", "action": "stop", "nospace": true, "reason": "No space left"}),
            situation(RUNNING),
            Reaction {
                activity: Some(Activity::Paused(PausedReason::IoError)),
                announce: vec![
                    Announcement::IoError(IoError {
                        device: "virtio-disk0".into(),
                        path: String::new(),
                        action: IoErrorAction::Pause,
                        reason: "enospc".into(),
                    }),
                    Lifecycle::SuspendedIoError.into(),
                ],
                ..Reaction::default()
            },
        );
    }

    #[test]
    fn a_panic_follows_the_policy() {
        for (on_crash, follow) in [
            (Ending::Destroy, Follow::End),
            (Ending::Restart, Follow::Restart(RunningReason::Crashed)),
            (Ending::Preserve, Follow::Nothing),
        ] {
            let mut now = situation(RUNNING);
            now.policy.on_crash = on_crash;
            let reaction = react("GUEST_PANICKED", &json!({"action": "pause"}), &now);
            assert_eq!(reaction.activity, Some(Activity::Crashed));
            assert_eq!(reaction.announce, [Lifecycle::CrashedPanicked.into()]);
            assert_eq!(reaction.follow, follow);
        }
    }

    #[test]
    fn a_watchdog_that_pauses_pauses() {
        let reaction = react("WATCHDOG", &json!({"action": "pause"}), &situation(RUNNING));
        assert_eq!(
            reaction.activity,
            Some(Activity::Paused(PausedReason::Watchdog))
        );
        assert_eq!(
            reaction.announce,
            [
                Announcement::Watchdog(WatchdogAction::Pause),
                Lifecycle::SuspendedWatchdog.into()
            ]
        );
    }

    #[test]
    fn nonsense_has_no_effect() {
        for (name, data) in [
            ("RTC_CHANGE", json!({"offset": "tomorrow"})),
            ("BALLOON_CHANGE", json!({"actual": -1})),
            ("WATCHDOG", Value::Null),
            ("NO_SUCH_EVENT", json!([])),
        ] {
            check(name, data, situation(RUNNING), Reaction::default());
        }
    }

    #[test]
    fn the_balloon_is_counted_in_kib() {
        let reaction = react(
            "BALLOON_CHANGE",
            &json!({"actual": 67108864}),
            &situation(RUNNING),
        );
        assert_eq!(reaction.balloon_kib, Some(65536));
    }
}

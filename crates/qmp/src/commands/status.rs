//! Running, pausing, resetting and ending the guest.

use serde::Deserialize;

use crate::command::{Empty, command};

command! {
    /// Whether the guest runs (QMP: `query-status`).
    QueryStatus = "query-status" -> StatusInfo
}
command! {
    /// Lets the guest run (QMP: `cont`).
    Cont = "cont" -> Empty
}
command! {
    /// Pauses the guest (QMP: `stop`).
    Stop = "stop" -> Empty
}
command! {
    /// Presses the power button (QMP: `system_powerdown`).
    SystemPowerdown = "system_powerdown" -> Empty
}
command! {
    /// Presses the reset button (QMP: `system_reset`).
    SystemReset = "system_reset" -> Empty
}
command! {
    /// Wakes the guest from suspend (QMP: `system_wakeup`).
    SystemWakeup = "system_wakeup" -> Empty
}
command! {
    /// Ends QEMU (QMP: `quit`).
    Quit = "quit" -> Empty
}
command! {
    /// Injects a non-maskable interrupt (QMP: `inject-nmi`).
    InjectNmi = "inject-nmi" -> Empty
}

/// Whether the guest runs, and why not (QMP: `StatusInfo`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct StatusInfo {
    /// Whether the guest's processors run.
    pub running: bool,
    /// The state.
    pub status: RunState,
}

/// QEMU's own state of the guest (QMP: `RunState`). One from a newer QEMU is kept by its name.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RunState {
    /// `debug`: stopped by a debugger.
    Debug,
    /// `finish-migrate`: paused to finish a migration.
    FinishMigrate,
    /// `inmigrate`: waits for an incoming migration.
    Inmigrate,
    /// `internal-error`: an error that prevents it from going on.
    InternalError,
    /// `io-error`: the last I/O failed, and the device is set to pause the guest then.
    IoError,
    /// `paused`: by the `stop` command.
    Paused,
    /// `postmigrate`: after a successful migration away.
    Postmigrate,
    /// `prelaunch`: QEMU was started with `-S` and the guest has not run yet.
    Prelaunch,
    /// `restore-vm`: a snapshot is being loaded.
    RestoreVm,
    /// `running`.
    Running,
    /// `save-vm`: a snapshot is being saved.
    SaveVm,
    /// `shutdown`: the guest has shut down and QEMU was told to stay.
    Shutdown,
    /// `suspended`: ACPI S3.
    Suspended,
    /// `watchdog`: the watchdog was set to pause the guest.
    Watchdog,
    /// `guest-panicked`.
    GuestPanicked,
    /// `colo`: paused to synchronise.
    Colo,
    /// Any other.
    #[serde(untagged)]
    Other(String),
}

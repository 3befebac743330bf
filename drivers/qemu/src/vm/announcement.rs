//! What the world is told about a VM.
//!
//! These are the driver's own words; `api::events` translates them into the wire's messages.

/// Something that happened to a VM, in the order in which it happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Announcement {
    /// Its life went on (`virDomainEventType`).
    Lifecycle(Lifecycle),
    /// The guest was reset or rebooted.
    Reboot,
    /// The guest set its clock; seconds off the host's UTC.
    RtcChange(i64),
    /// The watchdog fired.
    Watchdog(WatchdogAction),
    /// A disk reported an error.
    IoError(IoError),
    /// The guest uses another amount of memory now, in KiB.
    BalloonChange(u64),
    /// A device has left the guest; its alias.
    DeviceRemoved(String),
    /// A removable drive was opened or closed.
    TrayChange {
        /// The alias of the drive.
        device: String,
        /// Whether it is open now.
        open: bool,
    },
    /// The guest went to sleep.
    PmSuspend,
    /// The guest went to sleep on disk.
    PmSuspendDisk,
    /// The guest was woken.
    PmWakeup,
    /// Title, description or an element of the metadata changed.
    Metadata {
        /// What changed.
        kind: MetadataKind,
        /// The namespace, when it was an element.
        uri: Option<String>,
    },
}

/// `virDomainEventType` with its details.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lifecycle {
    /// A definition appeared.
    DefinedAdded,
    /// A definition was replaced.
    DefinedUpdated,
    /// A definition got this name.
    DefinedRenamed,
    /// A definition went.
    UndefinedRemoved,
    /// A definition lost this name.
    UndefinedRenamed,
    /// The guest runs for the first time.
    StartedBooted,
    /// The guest was woken.
    StartedWakeup,
    /// Paused by request.
    SuspendedPaused,
    /// Paused by a disk error.
    SuspendedIoError,
    /// Paused by the watchdog.
    SuspendedWatchdog,
    /// Running again.
    ResumedUnpaused,
    /// The guest has powered itself off, nobody knows why.
    ShutdownFinished,
    /// The guest has powered itself off by its own decision.
    ShutdownGuest,
    /// QEMU was asked to end.
    ShutdownHost,
    /// The process is gone after a shutdown.
    StoppedShutdown,
    /// The process is gone because somebody destroyed the VM.
    StoppedDestroyed,
    /// The process is gone because the guest panicked.
    StoppedCrashed,
    /// The process is gone without being asked to.
    StoppedFailed,
    /// The guest sleeps.
    PmSuspendedMemory,
    /// The guest sleeps on disk.
    PmSuspendedDisk,
    /// The guest panicked.
    CrashedPanicked,
}

/// `virDomainEventWatchdogAction`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WatchdogAction {
    /// Nothing was done.
    None,
    /// The guest was paused.
    Pause,
    /// The guest was reset.
    Reset,
    /// The guest was powered off.
    Poweroff,
    /// The guest was asked to shut down.
    Shutdown,
    /// Nothing was done but logging it.
    Debug,
    /// The guest got a non-maskable interrupt.
    InjectNmi,
}

/// A disk's error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IoError {
    /// The device's alias, empty if QEMU did not say.
    pub device: String,
    /// The image, empty if it is no file or not known.
    pub path: String,
    /// What was done about it.
    pub action: IoErrorAction,
    /// `enospc` or QEMU's own text.
    pub reason: String,
}

/// `virDomainEventIOErrorAction`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IoErrorAction {
    /// Ignored.
    None,
    /// The guest was paused.
    Pause,
    /// Passed on to the guest.
    Report,
}

/// `virDomainMetadataType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MetadataKind {
    /// `<description>`
    Description,
    /// `<title>`
    Title,
    /// An element of `<metadata>`.
    Element,
}

impl Lifecycle {
    /// `virDomainEventType` and the detail's number.
    pub fn numbers(self) -> (i32, i32) {
        match self {
            Self::DefinedAdded => (0, 0),
            Self::DefinedUpdated => (0, 1),
            Self::DefinedRenamed => (0, 2),
            Self::UndefinedRemoved => (1, 0),
            Self::UndefinedRenamed => (1, 1),
            Self::StartedBooted => (2, 0),
            Self::StartedWakeup => (2, 4),
            Self::SuspendedPaused => (3, 0),
            Self::SuspendedIoError => (3, 2),
            Self::SuspendedWatchdog => (3, 3),
            Self::ResumedUnpaused => (4, 0),
            Self::StoppedShutdown => (5, 0),
            Self::StoppedDestroyed => (5, 1),
            Self::StoppedCrashed => (5, 2),
            Self::StoppedFailed => (5, 5),
            Self::ShutdownFinished => (6, 0),
            Self::ShutdownGuest => (6, 1),
            Self::ShutdownHost => (6, 2),
            Self::PmSuspendedMemory => (7, 0),
            Self::PmSuspendedDisk => (7, 1),
            Self::CrashedPanicked => (8, 0),
        }
    }
}

impl From<Lifecycle> for Announcement {
    fn from(lifecycle: Lifecycle) -> Self {
        Self::Lifecycle(lifecycle)
    }
}

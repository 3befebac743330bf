//! The kinds of events of domains.

use protocol::enums::DomainEventId;

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $id:ident,)*) => {
        /// A kind of event that can be subscribed to.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum EventKind {
            $($(#[$doc])* $kind,)*
        }

        impl EventKind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$kind),*];

            pub(super) fn id(self) -> DomainEventId {
                match self {
                    $(Self::$kind => DomainEventId::$id,)*
                }
            }
        }
    };
}

kinds! {
    /// Defined, started, suspended, resumed, stopped, undefined, ….
    Lifecycle = Lifecycle,
    /// The guest rebooted.
    Reboot = Reboot,
    /// The guest set its clock.
    RtcChange = RtcChange,
    /// The guest's watchdog fired.
    Watchdog = Watchdog,
    /// A disk's request failed, without the reason: [`EventKind::IoError`] tells more.
    IoErrorPlain = IoError,
    /// A graphics client connected, authenticated or left.
    Graphics = Graphics,
    /// A disk's request failed.
    IoError = IoErrorReason,
    /// The domain cannot be controlled any more.
    ControlError = ControlError,
    /// A block job came to an end; its disk is named by its image.
    BlockJob = BlockJob,
    /// A medium was missing at the start.
    DiskChange = DiskChange,
    /// The tray of a drive was opened or closed.
    TrayChange = TrayChange,
    /// The guest woke.
    PmWakeup = Pmwakeup,
    /// The guest sleeps, its state in memory.
    PmSuspend = Pmsuspend,
    /// The guest's memory balloon changed.
    BalloonChange = BalloonChange,
    /// The guest sleeps, its state on a disk.
    PmSuspendDisk = PmsuspendDisk,
    /// A device was unplugged.
    DeviceRemoved = DeviceRemoved,
    /// A block job came to an end; its disk is named by its target.
    BlockJobOfTarget = BlockJob2,
    /// Tuning was changed.
    Tunable = Tunable,
    /// The guest's agent came or went.
    AgentLifecycle = AgentLifecycle,
    /// A device was plugged in.
    DeviceAdded = DeviceAdded,
    /// A migration begins to go through the memory once more.
    MigrationIteration = MigrationIteration,
    /// A job came to its end.
    JobCompleted = JobCompleted,
    /// The guest did not let a device go.
    DeviceRemovalFailed = DeviceRemovalFailed,
    /// Title, description or metadata changed.
    MetadataChange = MetadataChange,
    /// A disk was written to beyond the threshold that was set.
    BlockThreshold = BlockThreshold,
    /// The host's memory failed below the guest.
    MemoryFailure = MemoryFailure,
    /// A memory device changed its size.
    MemoryDeviceSizeChange = MemoryDeviceSizeChange,
    /// The guest changed the address of an interface's hardware.
    NicMacChange = NicMacChange,
}

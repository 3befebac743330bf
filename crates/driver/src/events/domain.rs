//! Events of domains.

use protocol::remote::{self as wire, NonnullDomain};
use protocol::typed_param::TypedParam;

/// Something that happened to a domain.
#[derive(Debug, Clone, PartialEq)]
pub struct DomainEvent {
    /// The domain, with the id that it had when it happened.
    pub domain: NonnullDomain,
    /// What happened.
    pub kind: DomainEventKind,
}

/// What can happen to a domain. The numbers are those of the public API's enumerations.
#[derive(Debug, Clone, PartialEq)]
#[allow(
    missing_docs,
    reason = "the fields are those of the public API's callback of that name"
)]
pub enum DomainEventKind {
    /// It changed its state: `virDomainEventType` and the detail that belongs to it.
    Lifecycle { event: i32, detail: i32 },
    /// The guest has rebooted.
    Reboot,
    /// The guest has set its clock; seconds against UTC.
    RtcChange { offset: i64 },
    /// The watchdog has fired: `virDomainEventWatchdogAction`.
    Watchdog { action: i32 },
    /// A disk reported an error: `virDomainEventIOErrorAction`.
    IoError {
        path: String,
        alias: String,
        action: i32,
    },
    /// The same, with what went wrong.
    IoErrorReason {
        path: String,
        alias: String,
        action: i32,
        reason: String,
    },
    /// A client of the graphical display came or went: `virDomainEventGraphicsPhase`.
    Graphics {
        phase: i32,
        local: wire::DomainEventGraphicsAddress,
        remote: wire::DomainEventGraphicsAddress,
        auth_scheme: String,
        subject: Vec<wire::DomainEventGraphicsIdentity>,
    },
    /// The hypervisor's control channel is unusable.
    ControlError,
    /// A block job ended or became ready, told with the disk's source.
    BlockJob {
        path: String,
        kind: i32,
        status: i32,
    },
    /// The same, told with the disk's target.
    BlockJob2 {
        target: String,
        kind: i32,
        status: i32,
    },
    /// A removable disk changed.
    DiskChange {
        old: Option<String>,
        new: Option<String>,
        alias: String,
        reason: i32,
    },
    /// A drive's tray moved.
    TrayChange { alias: String, reason: i32 },
    /// The guest woke up.
    PmWakeup { reason: i32 },
    /// The guest went to sleep.
    PmSuspend { reason: i32 },
    /// The guest saved itself to disk.
    PmSuspendDisk { reason: i32 },
    /// The balloon has another size, in KiB.
    BalloonChange { actual: u64 },
    /// A device has left.
    DeviceRemoved { alias: String },
    /// A device has come.
    DeviceAdded { alias: String },
    /// The guest kept a device that was to leave.
    DeviceRemovalFailed { alias: String },
    /// Limits changed.
    Tunable { params: Vec<TypedParam> },
    /// The guest agent connected or went away.
    AgentLifecycle { state: i32, reason: i32 },
    /// A migration has begun another pass over the memory.
    MigrationIteration { iteration: i32 },
    /// A job has ended.
    JobCompleted { params: Vec<TypedParam> },
    /// Title, description or metadata changed: `virDomainMetadataType`.
    MetadataChange { kind: i32, nsuri: Option<String> },
    /// A disk was written beyond the threshold, in bytes.
    BlockThreshold {
        device: String,
        path: Option<String>,
        threshold: u64,
        excess: u64,
    },
    /// The host's memory failed under the guest.
    MemoryFailure {
        recipient: i32,
        action: i32,
        flags: u32,
    },
    /// A memory device has another size, in bytes.
    MemoryDeviceSizeChange { alias: String, size: u64 },
    /// The guest gave a network card another address.
    NicMacChange {
        alias: String,
        old: String,
        new: String,
    },
}

impl DomainEventKind {
    /// `virDomainEventID`
    #[must_use]
    pub fn id(&self) -> i32 {
        match self {
            Self::Lifecycle { .. } => 0,
            Self::Reboot => 1,
            Self::RtcChange { .. } => 2,
            Self::Watchdog { .. } => 3,
            Self::IoError { .. } => 4,
            Self::Graphics { .. } => 5,
            Self::IoErrorReason { .. } => 6,
            Self::ControlError => 7,
            Self::BlockJob { .. } => 8,
            Self::DiskChange { .. } => 9,
            Self::TrayChange { .. } => 10,
            Self::PmWakeup { .. } => 11,
            Self::PmSuspend { .. } => 12,
            Self::BalloonChange { .. } => 13,
            Self::PmSuspendDisk { .. } => 14,
            Self::DeviceRemoved { .. } => 15,
            Self::BlockJob2 { .. } => 16,
            Self::Tunable { .. } => 17,
            Self::AgentLifecycle { .. } => 18,
            Self::DeviceAdded { .. } => 19,
            Self::MigrationIteration { .. } => 20,
            Self::JobCompleted { .. } => 21,
            Self::DeviceRemovalFailed { .. } => 22,
            Self::MetadataChange { .. } => 23,
            Self::BlockThreshold { .. } => 24,
            Self::MemoryFailure { .. } => 25,
            Self::MemoryDeviceSizeChange { .. } => 26,
            Self::NicMacChange { .. } => 27,
        }
    }

    /// Whether clients can register for this kind in the legacy form.
    #[must_use]
    pub fn has_legacy_form(id: i32) -> bool {
        (0..=15).contains(&id)
    }
}

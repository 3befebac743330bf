//! What events of domains say.

use protocol::enums::{
    ConnectDomainEventAgentLifecycleReason, ConnectDomainEventAgentLifecycleState,
    ConnectDomainEventBlockJobStatus, ConnectDomainEventDiskChangeReason, DomainBlockJobType,
    DomainEventGraphicsAddressType, DomainEventGraphicsPhase, DomainEventIoErrorAction,
    DomainEventTrayChangeReason, DomainEventType, DomainEventWatchdogAction,
    DomainMemoryFailureActionType, DomainMemoryFailureRecipientType, DomainMetadataType,
};
use protocol::flags::DomainMemoryFailureFlags;
use protocol::typed_param::TypedParam;

use crate::domain::Domain;

/// One end of a graphics connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GraphicsAddress {
    /// Of which family.
    pub family: DomainEventGraphicsAddressType,
    /// The address, or the path of a socket.
    pub node: String,
    /// The port.
    pub service: String,
}

macro_rules! domain_events {
    ($($(#[$doc:meta])* $event:ident { $($(#[$of:meta])* $field:ident: $kind:ty,)* })*) => {
        /// What happened to a domain. `D` is the handle to it: [`Domain`], or its blocking twin.
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum DomainEvent<D = Domain> {
            $(
                $(#[$doc])*
                $event {
                    /// The domain.
                    domain: D,
                    $($(#[$of])* $field: $kind,)*
                },
            )*
            /// Events were dropped because this subscriber was too slow.
            Lost(u64),
        }

        impl<D> DomainEvent<D> {
            /// The domain that it happened to; none where events were lost.
            #[must_use]
            pub fn domain(&self) -> Option<&D> {
                match self {
                    $(Self::$event { domain, .. } => Some(domain),)*
                    Self::Lost(_) => None,
                }
            }
        }
    };
}

domain_events! {
    /// Its life took a step.
    Lifecycle {
        /// The step.
        event: DomainEventType,
        /// The step's detail; its meaning depends on the step (`enums::DomainEvent…DetailType`).
        detail: i32,
    }
    /// The guest rebooted.
    Reboot {}
    /// The guest set its clock.
    RtcChange {
        /// Seconds between the guest's clock and UTC.
        offset: i64,
    }
    /// The guest's watchdog fired.
    Watchdog {
        /// What was done about it.
        action: DomainEventWatchdogAction,
    }
    /// A disk's request failed.
    IoErrorPlain {
        /// The image.
        path: String,
        /// The disk's alias.
        device: String,
        /// What was done about it.
        action: DomainEventIoErrorAction,
    }
    /// A graphics client connected, authenticated or left.
    Graphics {
        /// How far it is.
        phase: DomainEventGraphicsPhase,
        /// Our end.
        local: GraphicsAddress,
        /// The client's end.
        remote: GraphicsAddress,
        /// How the client was authenticated.
        authentication: String,
        /// Who the client is: kinds of names and the names.
        identities: Vec<(String, String)>,
    }
    /// A disk's request failed.
    IoError {
        /// The image.
        path: String,
        /// The disk's alias.
        device: String,
        /// What was done about it.
        action: DomainEventIoErrorAction,
        /// Why, as `enospc`; empty where QEMU does not say.
        reason: String,
    }
    /// The domain cannot be controlled any more.
    ControlError {}
    /// A block job came to an end.
    BlockJob {
        /// The disk's image.
        path: String,
        /// The kind of job.
        job: DomainBlockJobType,
        /// How it ended.
        status: ConnectDomainEventBlockJobStatus,
    }
    /// A medium was missing at the start.
    DiskChange {
        /// The disk's alias.
        device: String,
        /// What was missing.
        old: Option<String>,
        /// What is there in its place.
        new: Option<String>,
        /// What was done about it.
        reason: ConnectDomainEventDiskChangeReason,
    }
    /// The tray of a drive was opened or closed.
    TrayChange {
        /// The disk's alias.
        device: String,
        /// Which of both.
        reason: DomainEventTrayChangeReason,
    }
    /// The guest woke.
    PmWakeup {}
    /// The guest sleeps, its state in memory.
    PmSuspend {}
    /// The guest's memory balloon changed.
    BalloonChange {
        /// The guest's memory in KiB.
        actual: u64,
    }
    /// The guest sleeps, its state on a disk.
    PmSuspendDisk {}
    /// A device was unplugged.
    DeviceRemoved {
        /// The device's alias.
        device: String,
    }
    /// A block job came to an end.
    BlockJobOfTarget {
        /// The disk's target.
        target: String,
        /// The kind of job.
        job: DomainBlockJobType,
        /// How it ended.
        status: ConnectDomainEventBlockJobStatus,
    }
    /// Tuning was changed.
    Tunable {
        /// What it is now.
        values: Vec<TypedParam>,
    }
    /// The guest's agent came or went.
    AgentLifecycle {
        /// Which of both.
        state: ConnectDomainEventAgentLifecycleState,
        /// Why.
        reason: ConnectDomainEventAgentLifecycleReason,
    }
    /// A device was plugged in.
    DeviceAdded {
        /// The device's alias.
        device: String,
    }
    /// A migration begins to go through the memory once more.
    MigrationIteration {
        /// For which time.
        iteration: i32,
    }
    /// A job came to its end.
    JobCompleted {
        /// What it did.
        statistics: Vec<TypedParam>,
    }
    /// The guest did not let a device go.
    DeviceRemovalFailed {
        /// The device's alias.
        device: String,
    }
    /// Title, description or metadata changed.
    MetadataChange {
        /// Which.
        kind: DomainMetadataType,
        /// The element's namespace.
        uri: Option<String>,
    }
    /// A disk was written to beyond the threshold that was set.
    BlockThreshold {
        /// The disk's target, with the index of the image in its chain.
        device: String,
        /// The image.
        path: Option<String>,
        /// The threshold, in bytes.
        threshold: u64,
        /// How far beyond it was written, in bytes.
        excess: u64,
    }
    /// The host's memory failed below the guest.
    MemoryFailure {
        /// Whose memory it was.
        recipient: DomainMemoryFailureRecipientType,
        /// What was done about it.
        action: DomainMemoryFailureActionType,
        /// More about it.
        flags: DomainMemoryFailureFlags,
    }
    /// A memory device changed its size.
    MemoryDeviceSizeChange {
        /// The device's alias.
        device: String,
        /// The new size in KiB.
        size: u64,
    }
    /// The guest changed the address of an interface's hardware.
    NicMacChange {
        /// The interface's alias.
        device: String,
        /// The old address.
        old: String,
        /// The new one.
        new: String,
    }
}

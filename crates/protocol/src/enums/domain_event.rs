//! What events of a domain say.

use super::enumeration;

enumeration! {
    /// Why the guest agent appeared or went.
    ConnectDomainEventAgentLifecycleReason "virConnectDomainEventAgentLifecycleReason" {
        "VIR_CONNECT_DOMAIN_EVENT_AGENT_LIFECYCLE_REASON_UNKNOWN" Unknown = 0,
        "VIR_CONNECT_DOMAIN_EVENT_AGENT_LIFECYCLE_REASON_DOMAIN_STARTED" DomainStarted = 1,
        "VIR_CONNECT_DOMAIN_EVENT_AGENT_LIFECYCLE_REASON_CHANNEL" Channel = 2,
    }

    /// Whether the guest agent is there.
    ConnectDomainEventAgentLifecycleState "virConnectDomainEventAgentLifecycleState" {
        "VIR_CONNECT_DOMAIN_EVENT_AGENT_LIFECYCLE_STATE_CONNECTED" Connected = 1,
        "VIR_CONNECT_DOMAIN_EVENT_AGENT_LIFECYCLE_STATE_DISCONNECTED" Disconnected = 2,
    }

    /// How a block job ended.
    ConnectDomainEventBlockJobStatus "virConnectDomainEventBlockJobStatus" {
        "VIR_DOMAIN_BLOCK_JOB_COMPLETED" Completed = 0,
        "VIR_DOMAIN_BLOCK_JOB_FAILED" Failed = 1,
        "VIR_DOMAIN_BLOCK_JOB_CANCELED" Canceled = 2,
        "VIR_DOMAIN_BLOCK_JOB_READY" Ready = 3,
    }

    /// What happened to a domain.
    DomainEventType "virDomainEventType" {
        "VIR_DOMAIN_EVENT_DEFINED" Defined = 0,
        "VIR_DOMAIN_EVENT_UNDEFINED" Undefined = 1,
        "VIR_DOMAIN_EVENT_STARTED" Started = 2,
        "VIR_DOMAIN_EVENT_SUSPENDED" Suspended = 3,
        "VIR_DOMAIN_EVENT_RESUMED" Resumed = 4,
        "VIR_DOMAIN_EVENT_STOPPED" Stopped = 5,
        "VIR_DOMAIN_EVENT_SHUTDOWN" Shutdown = 6,
        "VIR_DOMAIN_EVENT_PMSUSPENDED" Pmsuspended = 7,
        "VIR_DOMAIN_EVENT_CRASHED" Crashed = 8,
    }

    /// How a domain crashed.
    DomainEventCrashedDetailType "virDomainEventCrashedDetailType" {
        "VIR_DOMAIN_EVENT_CRASHED_PANICKED" Panicked = 0,
        "VIR_DOMAIN_EVENT_CRASHED_CRASHLOADED" Crashloaded = 1,
    }

    /// How a domain came to be defined.
    DomainEventDefinedDetailType "virDomainEventDefinedDetailType" {
        "VIR_DOMAIN_EVENT_DEFINED_ADDED" Added = 0,
        "VIR_DOMAIN_EVENT_DEFINED_UPDATED" Updated = 1,
        "VIR_DOMAIN_EVENT_DEFINED_RENAMED" Renamed = 2,
        "VIR_DOMAIN_EVENT_DEFINED_FROM_SNAPSHOT" FromSnapshot = 3,
    }

    /// What became of a missing medium.
    ConnectDomainEventDiskChangeReason "virConnectDomainEventDiskChangeReason" {
        "VIR_DOMAIN_EVENT_DISK_CHANGE_MISSING_ON_START" ChangeMissingOnStart = 0,
        "VIR_DOMAIN_EVENT_DISK_DROP_MISSING_ON_START" DropMissingOnStart = 1,
    }

    /// Families of a graphics client's address.
    DomainEventGraphicsAddressType "virDomainEventGraphicsAddressType" {
        "VIR_DOMAIN_EVENT_GRAPHICS_ADDRESS_IPV4" Ipv4 = 0,
        "VIR_DOMAIN_EVENT_GRAPHICS_ADDRESS_IPV6" Ipv6 = 1,
        "VIR_DOMAIN_EVENT_GRAPHICS_ADDRESS_UNIX" Unix = 2,
    }

    /// How far a graphics client is.
    DomainEventGraphicsPhase "virDomainEventGraphicsPhase" {
        "VIR_DOMAIN_EVENT_GRAPHICS_CONNECT" Connect = 0,
        "VIR_DOMAIN_EVENT_GRAPHICS_INITIALIZE" Initialize = 1,
        "VIR_DOMAIN_EVENT_GRAPHICS_DISCONNECT" Disconnect = 2,
    }

    /// Kinds of domain events.
    DomainEventId "virDomainEventID" {
        "VIR_DOMAIN_EVENT_ID_LIFECYCLE" Lifecycle = 0,
        "VIR_DOMAIN_EVENT_ID_REBOOT" Reboot = 1,
        "VIR_DOMAIN_EVENT_ID_RTC_CHANGE" RtcChange = 2,
        "VIR_DOMAIN_EVENT_ID_WATCHDOG" Watchdog = 3,
        "VIR_DOMAIN_EVENT_ID_IO_ERROR" IoError = 4,
        "VIR_DOMAIN_EVENT_ID_GRAPHICS" Graphics = 5,
        "VIR_DOMAIN_EVENT_ID_IO_ERROR_REASON" IoErrorReason = 6,
        "VIR_DOMAIN_EVENT_ID_CONTROL_ERROR" ControlError = 7,
        "VIR_DOMAIN_EVENT_ID_BLOCK_JOB" BlockJob = 8,
        "VIR_DOMAIN_EVENT_ID_DISK_CHANGE" DiskChange = 9,
        "VIR_DOMAIN_EVENT_ID_TRAY_CHANGE" TrayChange = 10,
        "VIR_DOMAIN_EVENT_ID_PMWAKEUP" Pmwakeup = 11,
        "VIR_DOMAIN_EVENT_ID_PMSUSPEND" Pmsuspend = 12,
        "VIR_DOMAIN_EVENT_ID_BALLOON_CHANGE" BalloonChange = 13,
        "VIR_DOMAIN_EVENT_ID_PMSUSPEND_DISK" PmsuspendDisk = 14,
        "VIR_DOMAIN_EVENT_ID_DEVICE_REMOVED" DeviceRemoved = 15,
        "VIR_DOMAIN_EVENT_ID_BLOCK_JOB_2" BlockJob2 = 16,
        "VIR_DOMAIN_EVENT_ID_TUNABLE" Tunable = 17,
        "VIR_DOMAIN_EVENT_ID_AGENT_LIFECYCLE" AgentLifecycle = 18,
        "VIR_DOMAIN_EVENT_ID_DEVICE_ADDED" DeviceAdded = 19,
        "VIR_DOMAIN_EVENT_ID_MIGRATION_ITERATION" MigrationIteration = 20,
        "VIR_DOMAIN_EVENT_ID_JOB_COMPLETED" JobCompleted = 21,
        "VIR_DOMAIN_EVENT_ID_DEVICE_REMOVAL_FAILED" DeviceRemovalFailed = 22,
        "VIR_DOMAIN_EVENT_ID_METADATA_CHANGE" MetadataChange = 23,
        "VIR_DOMAIN_EVENT_ID_BLOCK_THRESHOLD" BlockThreshold = 24,
        "VIR_DOMAIN_EVENT_ID_MEMORY_FAILURE" MemoryFailure = 25,
        "VIR_DOMAIN_EVENT_ID_MEMORY_DEVICE_SIZE_CHANGE" MemoryDeviceSizeChange = 26,
        "VIR_DOMAIN_EVENT_ID_NIC_MAC_CHANGE" NicMacChange = 27,
        "VIR_DOMAIN_EVENT_ID_VCPU_REMOVED" VcpuRemoved = 28,
        "VIR_DOMAIN_EVENT_ID_CHANNEL_LIFECYCLE" ChannelLifecycle = 29,
    }

    /// What was done about an I/O error.
    DomainEventIoErrorAction "virDomainEventIOErrorAction" {
        "VIR_DOMAIN_EVENT_IO_ERROR_NONE" None = 0,
        "VIR_DOMAIN_EVENT_IO_ERROR_PAUSE" Pause = 1,
        "VIR_DOMAIN_EVENT_IO_ERROR_REPORT" Report = 2,
    }

    /// What was done about a memory failure.
    DomainMemoryFailureActionType "virDomainMemoryFailureActionType" {
        "VIR_DOMAIN_EVENT_MEMORY_FAILURE_ACTION_IGNORE" Ignore = 0,
        "VIR_DOMAIN_EVENT_MEMORY_FAILURE_ACTION_INJECT" Inject = 1,
        "VIR_DOMAIN_EVENT_MEMORY_FAILURE_ACTION_FATAL" Fatal = 2,
        "VIR_DOMAIN_EVENT_MEMORY_FAILURE_ACTION_RESET" Reset = 3,
    }

    /// Whose memory failed.
    DomainMemoryFailureRecipientType "virDomainMemoryFailureRecipientType" {
        "VIR_DOMAIN_EVENT_MEMORY_FAILURE_RECIPIENT_HYPERVISOR" Hypervisor = 0,
        "VIR_DOMAIN_EVENT_MEMORY_FAILURE_RECIPIENT_GUEST" Guest = 1,
    }

    /// Where a guest sleeps.
    DomainEventPmSuspendedDetailType "virDomainEventPMSuspendedDetailType" {
        "VIR_DOMAIN_EVENT_PMSUSPENDED_MEMORY" Memory = 0,
        "VIR_DOMAIN_EVENT_PMSUSPENDED_DISK" Disk = 1,
    }

    /// Why a domain went on.
    DomainEventResumedDetailType "virDomainEventResumedDetailType" {
        "VIR_DOMAIN_EVENT_RESUMED_UNPAUSED" Unpaused = 0,
        "VIR_DOMAIN_EVENT_RESUMED_MIGRATED" Migrated = 1,
        "VIR_DOMAIN_EVENT_RESUMED_FROM_SNAPSHOT" FromSnapshot = 2,
        "VIR_DOMAIN_EVENT_RESUMED_POSTCOPY" Postcopy = 3,
        "VIR_DOMAIN_EVENT_RESUMED_POSTCOPY_FAILED" PostcopyFailed = 4,
    }

    /// Who shut a domain down.
    DomainEventShutdownDetailType "virDomainEventShutdownDetailType" {
        "VIR_DOMAIN_EVENT_SHUTDOWN_FINISHED" Finished = 0,
        "VIR_DOMAIN_EVENT_SHUTDOWN_GUEST" Guest = 1,
        "VIR_DOMAIN_EVENT_SHUTDOWN_HOST" Host = 2,
    }

    /// Why a domain started.
    DomainEventStartedDetailType "virDomainEventStartedDetailType" {
        "VIR_DOMAIN_EVENT_STARTED_BOOTED" Booted = 0,
        "VIR_DOMAIN_EVENT_STARTED_MIGRATED" Migrated = 1,
        "VIR_DOMAIN_EVENT_STARTED_RESTORED" Restored = 2,
        "VIR_DOMAIN_EVENT_STARTED_FROM_SNAPSHOT" FromSnapshot = 3,
        "VIR_DOMAIN_EVENT_STARTED_WAKEUP" Wakeup = 4,
    }

    /// Why a domain stopped.
    DomainEventStoppedDetailType "virDomainEventStoppedDetailType" {
        "VIR_DOMAIN_EVENT_STOPPED_SHUTDOWN" Shutdown = 0,
        "VIR_DOMAIN_EVENT_STOPPED_DESTROYED" Destroyed = 1,
        "VIR_DOMAIN_EVENT_STOPPED_CRASHED" Crashed = 2,
        "VIR_DOMAIN_EVENT_STOPPED_MIGRATED" Migrated = 3,
        "VIR_DOMAIN_EVENT_STOPPED_SAVED" Saved = 4,
        "VIR_DOMAIN_EVENT_STOPPED_FAILED" Failed = 5,
        "VIR_DOMAIN_EVENT_STOPPED_FROM_SNAPSHOT" FromSnapshot = 6,
    }

    /// Why a domain was paused.
    DomainEventSuspendedDetailType "virDomainEventSuspendedDetailType" {
        "VIR_DOMAIN_EVENT_SUSPENDED_PAUSED" Paused = 0,
        "VIR_DOMAIN_EVENT_SUSPENDED_MIGRATED" Migrated = 1,
        "VIR_DOMAIN_EVENT_SUSPENDED_IOERROR" Ioerror = 2,
        "VIR_DOMAIN_EVENT_SUSPENDED_WATCHDOG" Watchdog = 3,
        "VIR_DOMAIN_EVENT_SUSPENDED_RESTORED" Restored = 4,
        "VIR_DOMAIN_EVENT_SUSPENDED_FROM_SNAPSHOT" FromSnapshot = 5,
        "VIR_DOMAIN_EVENT_SUSPENDED_API_ERROR" ApiError = 6,
        "VIR_DOMAIN_EVENT_SUSPENDED_POSTCOPY" Postcopy = 7,
        "VIR_DOMAIN_EVENT_SUSPENDED_POSTCOPY_FAILED" PostcopyFailed = 8,
    }

    /// What a tray did.
    DomainEventTrayChangeReason "virDomainEventTrayChangeReason" {
        "VIR_DOMAIN_EVENT_TRAY_CHANGE_OPEN" Open = 0,
        "VIR_DOMAIN_EVENT_TRAY_CHANGE_CLOSE" Close = 1,
    }

    /// Why a definition went.
    DomainEventUndefinedDetailType "virDomainEventUndefinedDetailType" {
        "VIR_DOMAIN_EVENT_UNDEFINED_REMOVED" Removed = 0,
        "VIR_DOMAIN_EVENT_UNDEFINED_RENAMED" Renamed = 1,
    }

    /// What a watchdog did.
    DomainEventWatchdogAction "virDomainEventWatchdogAction" {
        "VIR_DOMAIN_EVENT_WATCHDOG_NONE" None = 0,
        "VIR_DOMAIN_EVENT_WATCHDOG_PAUSE" Pause = 1,
        "VIR_DOMAIN_EVENT_WATCHDOG_RESET" Reset = 2,
        "VIR_DOMAIN_EVENT_WATCHDOG_POWEROFF" Poweroff = 3,
        "VIR_DOMAIN_EVENT_WATCHDOG_SHUTDOWN" Shutdown = 4,
        "VIR_DOMAIN_EVENT_WATCHDOG_DEBUG" Debug = 5,
        "VIR_DOMAIN_EVENT_WATCHDOG_INJECTNMI" Injectnmi = 6,
    }
}

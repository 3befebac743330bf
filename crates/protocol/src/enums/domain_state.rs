//! The states of a domain, and the reasons for each.

use super::enumeration;

enumeration! {
    /// What a domain does.
    DomainState "virDomainState" {
        "VIR_DOMAIN_NOSTATE" Nostate = 0,
        "VIR_DOMAIN_RUNNING" Running = 1,
        "VIR_DOMAIN_BLOCKED" Blocked = 2,
        "VIR_DOMAIN_PAUSED" Paused = 3,
        "VIR_DOMAIN_SHUTDOWN" Shutdown = 4,
        "VIR_DOMAIN_SHUTOFF" Shutoff = 5,
        "VIR_DOMAIN_CRASHED" Crashed = 6,
        "VIR_DOMAIN_PMSUSPENDED" Pmsuspended = 7,
    }

    /// Why a domain is blocked.
    DomainBlockedReason "virDomainBlockedReason" {
        "VIR_DOMAIN_BLOCKED_UNKNOWN" Unknown = 0,
    }

    /// Why a domain crashed.
    DomainCrashedReason "virDomainCrashedReason" {
        "VIR_DOMAIN_CRASHED_UNKNOWN" Unknown = 0,
        "VIR_DOMAIN_CRASHED_PANICKED" Panicked = 1,
    }

    /// Why a domain has no state.
    DomainNostateReason "virDomainNostateReason" {
        "VIR_DOMAIN_NOSTATE_UNKNOWN" Unknown = 0,
    }

    /// Why a domain is paused.
    DomainPausedReason "virDomainPausedReason" {
        "VIR_DOMAIN_PAUSED_UNKNOWN" Unknown = 0,
        "VIR_DOMAIN_PAUSED_USER" User = 1,
        "VIR_DOMAIN_PAUSED_MIGRATION" Migration = 2,
        "VIR_DOMAIN_PAUSED_SAVE" Save = 3,
        "VIR_DOMAIN_PAUSED_DUMP" Dump = 4,
        "VIR_DOMAIN_PAUSED_IOERROR" Ioerror = 5,
        "VIR_DOMAIN_PAUSED_WATCHDOG" Watchdog = 6,
        "VIR_DOMAIN_PAUSED_FROM_SNAPSHOT" FromSnapshot = 7,
        "VIR_DOMAIN_PAUSED_SHUTTING_DOWN" ShuttingDown = 8,
        "VIR_DOMAIN_PAUSED_SNAPSHOT" Snapshot = 9,
        "VIR_DOMAIN_PAUSED_CRASHED" Crashed = 10,
        "VIR_DOMAIN_PAUSED_STARTING_UP" StartingUp = 11,
        "VIR_DOMAIN_PAUSED_POSTCOPY" Postcopy = 12,
        "VIR_DOMAIN_PAUSED_POSTCOPY_FAILED" PostcopyFailed = 13,
        "VIR_DOMAIN_PAUSED_API_ERROR" ApiError = 14,
    }

    /// Why a guest sleeps on disk.
    DomainPmSuspendedDiskReason "virDomainPMSuspendedDiskReason" {
        "VIR_DOMAIN_PMSUSPENDED_DISK_UNKNOWN" Unknown = 0,
    }

    /// Why a guest sleeps in memory.
    DomainPmSuspendedReason "virDomainPMSuspendedReason" {
        "VIR_DOMAIN_PMSUSPENDED_UNKNOWN" Unknown = 0,
    }

    /// Why a domain runs.
    DomainRunningReason "virDomainRunningReason" {
        "VIR_DOMAIN_RUNNING_UNKNOWN" Unknown = 0,
        "VIR_DOMAIN_RUNNING_BOOTED" Booted = 1,
        "VIR_DOMAIN_RUNNING_MIGRATED" Migrated = 2,
        "VIR_DOMAIN_RUNNING_RESTORED" Restored = 3,
        "VIR_DOMAIN_RUNNING_FROM_SNAPSHOT" FromSnapshot = 4,
        "VIR_DOMAIN_RUNNING_UNPAUSED" Unpaused = 5,
        "VIR_DOMAIN_RUNNING_MIGRATION_CANCELED" MigrationCanceled = 6,
        "VIR_DOMAIN_RUNNING_SAVE_CANCELED" SaveCanceled = 7,
        "VIR_DOMAIN_RUNNING_WAKEUP" Wakeup = 8,
        "VIR_DOMAIN_RUNNING_CRASHED" Crashed = 9,
        "VIR_DOMAIN_RUNNING_POSTCOPY" Postcopy = 10,
        "VIR_DOMAIN_RUNNING_POSTCOPY_FAILED" PostcopyFailed = 11,
    }

    /// Why a domain is shutting down.
    DomainShutdownReason "virDomainShutdownReason" {
        "VIR_DOMAIN_SHUTDOWN_UNKNOWN" Unknown = 0,
        "VIR_DOMAIN_SHUTDOWN_USER" User = 1,
    }

    /// Why a domain is off.
    DomainShutoffReason "virDomainShutoffReason" {
        "VIR_DOMAIN_SHUTOFF_UNKNOWN" Unknown = 0,
        "VIR_DOMAIN_SHUTOFF_SHUTDOWN" Shutdown = 1,
        "VIR_DOMAIN_SHUTOFF_DESTROYED" Destroyed = 2,
        "VIR_DOMAIN_SHUTOFF_CRASHED" Crashed = 3,
        "VIR_DOMAIN_SHUTOFF_MIGRATED" Migrated = 4,
        "VIR_DOMAIN_SHUTOFF_SAVED" Saved = 5,
        "VIR_DOMAIN_SHUTOFF_FAILED" Failed = 6,
        "VIR_DOMAIN_SHUTOFF_FROM_SNAPSHOT" FromSnapshot = 7,
        "VIR_DOMAIN_SHUTOFF_DAEMON" Daemon = 8,
    }
}

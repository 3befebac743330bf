//! Flags of the log and lock programs, which the public API does not have.

use super::flags;

flags! {
    /// How the log daemon opens a domain's log file.
    LogOpenFlags "virLogManagerProtocolDomainOpenLogFileFlags" {
        "VIR_LOG_MANAGER_PROTOCOL_DOMAIN_OPEN_LOG_FILE_TRUNCATE" TRUNCATE = 1 << 0,
    }

    /// How a lock is taken.
    LockAcquireFlags "virLockSpaceProtocolAcquireResourceFlags" {
        "VIR_LOCK_SPACE_PROTOCOL_ACQUIRE_RESOURCE_SHARED" SHARED = 1 << 0,
        "VIR_LOCK_SPACE_PROTOCOL_ACQUIRE_RESOURCE_AUTOCREATE" AUTOCREATE = 1 << 1,
    }
}

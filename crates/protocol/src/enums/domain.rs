//! Other enumerations of domains.

use super::enumeration;

enumeration! {
    /// Special values of the time that the guest agent may take.
    DomainAgentResponseTimeoutValues "virDomainAgentResponseTimeoutValues" {
        "VIR_DOMAIN_AGENT_RESPONSE_TIMEOUT_BLOCK" Block = -2,
        "VIR_DOMAIN_AGENT_RESPONSE_TIMEOUT_DEFAULT" Default = -1,
        "VIR_DOMAIN_AGENT_RESPONSE_TIMEOUT_NOWAIT" Nowait = 0,
    }

    /// Kinds of block jobs.
    DomainBlockJobType "virDomainBlockJobType" {
        "VIR_DOMAIN_BLOCK_JOB_TYPE_UNKNOWN" Unknown = 0,
        "VIR_DOMAIN_BLOCK_JOB_TYPE_PULL" Pull = 1,
        "VIR_DOMAIN_BLOCK_JOB_TYPE_COPY" Copy = 2,
        "VIR_DOMAIN_BLOCK_JOB_TYPE_COMMIT" Commit = 3,
        "VIR_DOMAIN_BLOCK_JOB_TYPE_ACTIVE_COMMIT" ActiveCommit = 4,
        "VIR_DOMAIN_BLOCK_JOB_TYPE_BACKUP" Backup = 5,
    }

    /// Whether a domain can be controlled now.
    DomainControlState "virDomainControlState" {
        "VIR_DOMAIN_CONTROL_OK" Ok = 0,
        "VIR_DOMAIN_CONTROL_JOB" Job = 1,
        "VIR_DOMAIN_CONTROL_OCCUPIED" Occupied = 2,
        "VIR_DOMAIN_CONTROL_ERROR" Error = 3,
    }

    /// Why a domain cannot be controlled.
    DomainControlErrorReason "virDomainControlErrorReason" {
        "VIR_DOMAIN_CONTROL_ERROR_REASON_NONE" None = 0,
        "VIR_DOMAIN_CONTROL_ERROR_REASON_UNKNOWN" Unknown = 1,
        "VIR_DOMAIN_CONTROL_ERROR_REASON_MONITOR" Monitor = 2,
        "VIR_DOMAIN_CONTROL_ERROR_REASON_INTERNAL" Internal = 3,
    }

    /// Formats of a memory dump.
    DomainCoreDumpFormat "virDomainCoreDumpFormat" {
        "VIR_DOMAIN_CORE_DUMP_FORMAT_RAW" Raw = 0,
        "VIR_DOMAIN_CORE_DUMP_FORMAT_KDUMP_ZLIB" KdumpZlib = 1,
        "VIR_DOMAIN_CORE_DUMP_FORMAT_KDUMP_LZO" KdumpLzo = 2,
        "VIR_DOMAIN_CORE_DUMP_FORMAT_KDUMP_SNAPPY" KdumpSnappy = 3,
        "VIR_DOMAIN_CORE_DUMP_FORMAT_WIN_DMP" WinDmp = 4,
    }

    /// How far the measuring of dirtied memory is.
    DomainDirtyRateStatus "virDomainDirtyRateStatus" {
        "VIR_DOMAIN_DIRTYRATE_UNSTARTED" Unstarted = 0,
        "VIR_DOMAIN_DIRTYRATE_MEASURING" Measuring = 1,
        "VIR_DOMAIN_DIRTYRATE_MEASURED" Measured = 2,
    }

    /// What is wrong with a disk.
    DomainDiskErrorCode "virDomainDiskErrorCode" {
        "VIR_DOMAIN_DISK_ERROR_NONE" None = 0,
        "VIR_DOMAIN_DISK_ERROR_UNSPEC" Unspec = 1,
        "VIR_DOMAIN_DISK_ERROR_NO_SPACE" NoSpace = 2,
    }

    /// Which displays to reload.
    DomainGraphicsReloadType "virDomainGraphicsReloadType" {
        "VIR_DOMAIN_GRAPHICS_RELOAD_TYPE_ANY" Any = 0,
        "VIR_DOMAIN_GRAPHICS_RELOAD_TYPE_VNC" Vnc = 1,
    }

    /// Where addresses are asked for.
    DomainInterfaceAddressesSource "virDomainInterfaceAddressesSource" {
        "VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_LEASE" Lease = 0,
        "VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_AGENT" Agent = 1,
        "VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_ARP" Arp = 2,
    }

    /// Whether a job runs and how it ended.
    DomainJobType "virDomainJobType" {
        "VIR_DOMAIN_JOB_NONE" None = 0,
        "VIR_DOMAIN_JOB_BOUNDED" Bounded = 1,
        "VIR_DOMAIN_JOB_UNBOUNDED" Unbounded = 2,
        "VIR_DOMAIN_JOB_COMPLETED" Completed = 3,
        "VIR_DOMAIN_JOB_FAILED" Failed = 4,
        "VIR_DOMAIN_JOB_CANCELLED" Cancelled = 5,
    }

    /// What a job does.
    DomainJobOperation "virDomainJobOperation" {
        "VIR_DOMAIN_JOB_OPERATION_UNKNOWN" Unknown = 0,
        "VIR_DOMAIN_JOB_OPERATION_START" Start = 1,
        "VIR_DOMAIN_JOB_OPERATION_SAVE" Save = 2,
        "VIR_DOMAIN_JOB_OPERATION_RESTORE" Restore = 3,
        "VIR_DOMAIN_JOB_OPERATION_MIGRATION_IN" MigrationIn = 4,
        "VIR_DOMAIN_JOB_OPERATION_MIGRATION_OUT" MigrationOut = 5,
        "VIR_DOMAIN_JOB_OPERATION_SNAPSHOT" Snapshot = 6,
        "VIR_DOMAIN_JOB_OPERATION_SNAPSHOT_REVERT" SnapshotRevert = 7,
        "VIR_DOMAIN_JOB_OPERATION_DUMP" Dump = 8,
        "VIR_DOMAIN_JOB_OPERATION_BACKUP" Backup = 9,
        "VIR_DOMAIN_JOB_OPERATION_SNAPSHOT_DELETE" SnapshotDelete = 10,
    }

    /// What is done at an event in a domain's life.
    DomainLifecycleAction "virDomainLifecycleAction" {
        "VIR_DOMAIN_LIFECYCLE_ACTION_DESTROY" Destroy = 0,
        "VIR_DOMAIN_LIFECYCLE_ACTION_RESTART" Restart = 1,
        "VIR_DOMAIN_LIFECYCLE_ACTION_RESTART_RENAME" RestartRename = 2,
        "VIR_DOMAIN_LIFECYCLE_ACTION_PRESERVE" Preserve = 3,
        "VIR_DOMAIN_LIFECYCLE_ACTION_COREDUMP_DESTROY" CoredumpDestroy = 4,
        "VIR_DOMAIN_LIFECYCLE_ACTION_COREDUMP_RESTART" CoredumpRestart = 5,
    }

    /// Events in a domain's life that can be acted on.
    DomainLifecycle "virDomainLifecycle" {
        "VIR_DOMAIN_LIFECYCLE_POWEROFF" Poweroff = 0,
        "VIR_DOMAIN_LIFECYCLE_REBOOT" Reboot = 1,
        "VIR_DOMAIN_LIFECYCLE_CRASH" Crash = 2,
    }

    /// Kinds of memory statistics.
    DomainMemoryStatTags "virDomainMemoryStatTags" {
        "VIR_DOMAIN_MEMORY_STAT_SWAP_IN" SwapIn = 0,
        "VIR_DOMAIN_MEMORY_STAT_SWAP_OUT" SwapOut = 1,
        "VIR_DOMAIN_MEMORY_STAT_MAJOR_FAULT" MajorFault = 2,
        "VIR_DOMAIN_MEMORY_STAT_MINOR_FAULT" MinorFault = 3,
        "VIR_DOMAIN_MEMORY_STAT_UNUSED" Unused = 4,
        "VIR_DOMAIN_MEMORY_STAT_AVAILABLE" Available = 5,
        "VIR_DOMAIN_MEMORY_STAT_ACTUAL_BALLOON" ActualBalloon = 6,
        "VIR_DOMAIN_MEMORY_STAT_RSS" Rss = 7,
        "VIR_DOMAIN_MEMORY_STAT_USABLE" Usable = 8,
        "VIR_DOMAIN_MEMORY_STAT_LAST_UPDATE" LastUpdate = 9,
        "VIR_DOMAIN_MEMORY_STAT_DISK_CACHES" DiskCaches = 10,
        "VIR_DOMAIN_MEMORY_STAT_HUGETLB_PGALLOC" HugetlbPgalloc = 11,
        "VIR_DOMAIN_MEMORY_STAT_HUGETLB_PGFAIL" HugetlbPgfail = 12,
    }

    /// Parts of a domain's metadata.
    DomainMetadataType "virDomainMetadataType" {
        "VIR_DOMAIN_METADATA_DESCRIPTION" Description = 0,
        "VIR_DOMAIN_METADATA_TITLE" Title = 1,
        "VIR_DOMAIN_METADATA_ELEMENT" Element = 2,
    }

    /// How a domain's memory is bound to NUMA cells.
    DomainNumatuneMemMode "virDomainNumatuneMemMode" {
        "VIR_DOMAIN_NUMATUNE_MEM_STRICT" Strict = 0,
        "VIR_DOMAIN_NUMATUNE_MEM_PREFERRED" Preferred = 1,
        "VIR_DOMAIN_NUMATUNE_MEM_INTERLEAVE" Interleave = 2,
        "VIR_DOMAIN_NUMATUNE_MEM_RESTRICTIVE" Restrictive = 3,
    }

    /// What a virtual CPU does.
    VcpuState "virVcpuState" {
        "VIR_VCPU_OFFLINE" Offline = 0,
        "VIR_VCPU_RUNNING" Running = 1,
        "VIR_VCPU_BLOCKED" Blocked = 2,
    }

    /// Special values of the host processor that a virtual CPU runs on.
    VcpuHostCpuState "virVcpuHostCpuState" {
        "VIR_VCPU_INFO_CPU_UNAVAILABLE" Unavailable = -2,
        "VIR_VCPU_INFO_CPU_OFFLINE" Offline = -1,
    }
}

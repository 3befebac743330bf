//! Flags of calls that start, stop, save and move domains.

use super::flags;

flags! {
    /// How to cancel a job.
    DomainAbortJobFlagsValues "virDomainAbortJobFlagsValues" {
        "VIR_DOMAIN_ABORT_JOB_POSTCOPY" POSTCOPY = 1 << 0,
    }

    /// How to stop a domain.
    DomainDestroyFlagsValues "virDomainDestroyFlagsValues" {
        "VIR_DOMAIN_DESTROY_GRACEFUL" GRACEFUL = 1 << 0,
        "VIR_DOMAIN_DESTROY_REMOVE_LOGS" REMOVE_LOGS = 1 << 1,
    }

    /// Which job's statistics, and whether to keep them.
    DomainGetJobStatsFlags "virDomainGetJobStatsFlags" {
        "VIR_DOMAIN_JOB_STATS_COMPLETED" COMPLETED = 1 << 0,
        "VIR_DOMAIN_JOB_STATS_KEEP_COMPLETED" KEEP_COMPLETED = 1 << 1,
    }

    /// Which phase of a migration a bandwidth is for.
    DomainMigrateMaxSpeedFlags "virDomainMigrateMaxSpeedFlags" {
        "VIR_DOMAIN_MIGRATE_MAX_SPEED_POSTCOPY" POSTCOPY = 1 << 0,
    }

    /// How to start a domain.
    DomainCreateFlags "virDomainCreateFlags" {
        "VIR_DOMAIN_START_PAUSED" START_PAUSED = 1 << 0,
        "VIR_DOMAIN_START_AUTODESTROY" START_AUTODESTROY = 1 << 1,
        "VIR_DOMAIN_START_BYPASS_CACHE" START_BYPASS_CACHE = 1 << 2,
        "VIR_DOMAIN_START_FORCE_BOOT" START_FORCE_BOOT = 1 << 3,
        "VIR_DOMAIN_START_VALIDATE" START_VALIDATE = 1 << 4,
        "VIR_DOMAIN_START_RESET_NVRAM" START_RESET_NVRAM = 1 << 5,
    }

    /// How to ask the guest to reboot; none lets the driver choose.
    DomainRebootFlagValues "virDomainRebootFlagValues" {
        "VIR_DOMAIN_REBOOT_ACPI_POWER_BTN" ACPI_POWER_BTN = 1 << 0,
        "VIR_DOMAIN_REBOOT_GUEST_AGENT" GUEST_AGENT = 1 << 1,
        "VIR_DOMAIN_REBOOT_INITCTL" INITCTL = 1 << 2,
        "VIR_DOMAIN_REBOOT_SIGNAL" SIGNAL = 1 << 3,
        "VIR_DOMAIN_REBOOT_PARAVIRT" PARAVIRT = 1 << 4,
    }

    /// How to save or restore a domain.
    DomainSaveRestoreFlags "virDomainSaveRestoreFlags" {
        "VIR_DOMAIN_SAVE_BYPASS_CACHE" BYPASS_CACHE = 1 << 0,
        "VIR_DOMAIN_SAVE_RUNNING" RUNNING = 1 << 1,
        "VIR_DOMAIN_SAVE_PAUSED" PAUSED = 1 << 2,
        "VIR_DOMAIN_SAVE_RESET_NVRAM" RESET_NVRAM = 1 << 3,
    }

    /// What the XML of a saved image contains.
    DomainSaveImageXmlFlags "virDomainSaveImageXMLFlags" {
        "VIR_DOMAIN_SAVE_IMAGE_XML_SECURE" SECURE = 1 << 0,
    }

    /// How to ask the guest to shut down; none lets the driver choose.
    DomainShutdownFlagValues "virDomainShutdownFlagValues" {
        "VIR_DOMAIN_SHUTDOWN_ACPI_POWER_BTN" ACPI_POWER_BTN = 1 << 0,
        "VIR_DOMAIN_SHUTDOWN_GUEST_AGENT" GUEST_AGENT = 1 << 1,
        "VIR_DOMAIN_SHUTDOWN_INITCTL" INITCTL = 1 << 2,
        "VIR_DOMAIN_SHUTDOWN_SIGNAL" SIGNAL = 1 << 3,
        "VIR_DOMAIN_SHUTDOWN_PARAVIRT" PARAVIRT = 1 << 4,
    }

    /// What goes with the definition.
    DomainUndefineFlagsValues "virDomainUndefineFlagsValues" {
        "VIR_DOMAIN_UNDEFINE_MANAGED_SAVE" MANAGED_SAVE = 1 << 0,
        "VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA" SNAPSHOTS_METADATA = 1 << 1,
        "VIR_DOMAIN_UNDEFINE_NVRAM" NVRAM = 1 << 2,
        "VIR_DOMAIN_UNDEFINE_KEEP_NVRAM" KEEP_NVRAM = 1 << 3,
        "VIR_DOMAIN_UNDEFINE_CHECKPOINTS_METADATA" CHECKPOINTS_METADATA = 1 << 4,
        "VIR_DOMAIN_UNDEFINE_TPM" TPM = 1 << 5,
        "VIR_DOMAIN_UNDEFINE_KEEP_TPM" KEEP_TPM = 1 << 6,
    }

    /// What a dump contains and what happens to the domain.
    DomainCoreDumpFlags "virDomainCoreDumpFlags" {
        "VIR_DUMP_CRASH" CRASH = 1 << 0,
        "VIR_DUMP_LIVE" LIVE = 1 << 1,
        "VIR_DUMP_BYPASS_CACHE" BYPASS_CACHE = 1 << 2,
        "VIR_DUMP_RESET" RESET = 1 << 3,
        "VIR_DUMP_MEMORY_ONLY" MEMORY_ONLY = 1 << 4,
    }

    /// How to migrate.
    DomainMigrateFlags "virDomainMigrateFlags" {
        "VIR_MIGRATE_LIVE" LIVE = 1 << 0,
        "VIR_MIGRATE_PEER2PEER" PEER2PEER = 1 << 1,
        "VIR_MIGRATE_TUNNELLED" TUNNELLED = 1 << 2,
        "VIR_MIGRATE_PERSIST_DEST" PERSIST_DEST = 1 << 3,
        "VIR_MIGRATE_UNDEFINE_SOURCE" UNDEFINE_SOURCE = 1 << 4,
        "VIR_MIGRATE_PAUSED" PAUSED = 1 << 5,
        "VIR_MIGRATE_NON_SHARED_DISK" NON_SHARED_DISK = 1 << 6,
        "VIR_MIGRATE_NON_SHARED_INC" NON_SHARED_INC = 1 << 7,
        "VIR_MIGRATE_CHANGE_PROTECTION" CHANGE_PROTECTION = 1 << 8,
        "VIR_MIGRATE_UNSAFE" UNSAFE = 1 << 9,
        "VIR_MIGRATE_OFFLINE" OFFLINE = 1 << 10,
        "VIR_MIGRATE_COMPRESSED" COMPRESSED = 1 << 11,
        "VIR_MIGRATE_ABORT_ON_ERROR" ABORT_ON_ERROR = 1 << 12,
        "VIR_MIGRATE_AUTO_CONVERGE" AUTO_CONVERGE = 1 << 13,
        "VIR_MIGRATE_RDMA_PIN_ALL" RDMA_PIN_ALL = 1 << 14,
        "VIR_MIGRATE_POSTCOPY" POSTCOPY = 1 << 15,
        "VIR_MIGRATE_TLS" TLS = 1 << 16,
        "VIR_MIGRATE_PARALLEL" PARALLEL = 1 << 17,
        "VIR_MIGRATE_NON_SHARED_SYNCHRONOUS_WRITES" NON_SHARED_SYNCHRONOUS_WRITES = 1 << 18,
        "VIR_MIGRATE_POSTCOPY_RESUME" POSTCOPY_RESUME = 1 << 19,
        "VIR_MIGRATE_ZEROCOPY" ZEROCOPY = 1 << 20,
    }
}

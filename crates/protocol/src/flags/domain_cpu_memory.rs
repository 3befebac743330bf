//! Flags of calls about a domain's processors and memory.

use super::flags;

flags! {
    /// How to measure dirtied memory; none means sampling pages.
    DomainDirtyRateCalcFlags "virDomainDirtyRateCalcFlags" {
        "VIR_DOMAIN_DIRTYRATE_MODE_DIRTY_BITMAP" DIRTY_BITMAP = 1 << 0,
        "VIR_DOMAIN_DIRTYRATE_MODE_DIRTY_RING" DIRTY_RING = 1 << 1,
    }

    /// More on a memory failure.
    DomainMemoryFailureFlags "virDomainMemoryFailureFlags" {
        "VIR_DOMAIN_MEMORY_FAILURE_ACTION_REQUIRED" ACTION_REQUIRED = 1 << 0,
        "VIR_DOMAIN_MEMORY_FAILURE_RECURSIVE" RECURSIVE = 1 << 1,
    }

    /// Which memory to set, and in what.
    DomainMemoryModFlags "virDomainMemoryModFlags" {
        "VIR_DOMAIN_MEM_LIVE" LIVE = 1 << 0,
        "VIR_DOMAIN_MEM_CONFIG" CONFIG = 1 << 1,
        "VIR_DOMAIN_MEM_MAXIMUM" MAXIMUM = 1 << 2,
    }

    /// Which count of virtual CPUs, and in what.
    DomainVcpuFlags "virDomainVcpuFlags" {
        "VIR_DOMAIN_VCPU_LIVE" LIVE = 1 << 0,
        "VIR_DOMAIN_VCPU_CONFIG" CONFIG = 1 << 1,
        "VIR_DOMAIN_VCPU_MAXIMUM" MAXIMUM = 1 << 2,
        "VIR_DOMAIN_VCPU_GUEST" GUEST = 1 << 3,
        "VIR_DOMAIN_VCPU_HOTPLUGGABLE" HOTPLUGGABLE = 1 << 4,
    }

    /// How a memory address is meant.
    DomainMemoryFlags "virDomainMemoryFlags" {
        "VIR_MEMORY_VIRTUAL" VIRTUAL = 1 << 0,
        "VIR_MEMORY_PHYSICAL" PHYSICAL = 1 << 1,
    }
}

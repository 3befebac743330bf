//! Memory of domains.

use xdr::Opaque;

use crate::{
    flags::{DomainMemoryFlags, DomainMemoryModFlags},
    limits,
    procedure::procedures,
    remote::NonnullDomain,
};

procedures! {
    Remote;

    /// Most memory that a domain may use, in KiB.
    17 DomainGetMaxMemory "DOMAIN_GET_MAX_MEMORY"
        as virDomainGetMaxMemory (priority: High, read_only: Allowed, rules: &[domain(Read)])
        args DomainGetMaxMemoryArgs { dom: NonnullDomain }
        ret DomainGetMaxMemoryRet { memory: u64 };

    /// Sets the most memory that a domain may use, in KiB.
    30 DomainSetMaxMemory "DOMAIN_SET_MAX_MEMORY"
        as virDomainSetMaxMemory (priority: High, rules: &[domain(Write)])
        args DomainSetMaxMemoryArgs { dom: NonnullDomain, memory: u64 };

    /// Sets a running domain's memory, in KiB.
    31 DomainSetMemory "DOMAIN_SET_MEMORY" as virDomainSetMemory (rules: &[domain(Write)])
        args DomainSetMemoryArgs { dom: NonnullDomain, memory: u64 };

    /// Reads a part of a domain's memory.
    104 DomainMemoryPeek "DOMAIN_MEMORY_PEEK" as virDomainMemoryPeek (rules: &[domain(MemRead)])
        args DomainMemoryPeekArgs {
            dom: NonnullDomain,
            offset: u64,
            size: u32,
            flags: DomainMemoryFlags,
        }
        ret DomainMemoryPeekRet {
            #[xdr(max = limits::DOMAIN_MEMORY_PEEK_BUFFER_MAX)] buffer: Opaque,
        };

    /// Sets a domain's memory, live, in its definition, or both.
    204 DomainSetMemoryFlags "DOMAIN_SET_MEMORY_FLAGS"
        as virDomainSetMemoryFlags (
            rules: &[
                domain(Write),
                domain(Save).when_none(
                    DomainMemoryModFlags::CONFIG.bits() | DomainMemoryModFlags::LIVE.bits(),
                ),
                domain(Save).when_all(DomainMemoryModFlags::CONFIG.bits()),
            ],
        )
        args DomainSetMemoryFlagsArgs {
            dom: NonnullDomain,
            memory: u64,
            flags: DomainMemoryModFlags,
        }
        judged by |args| args.flags.bits();

    /// Sets how often the guest reports its memory statistics, in seconds.
    308 DomainSetMemoryStatsPeriod "DOMAIN_SET_MEMORY_STATS_PERIOD"
        as virDomainSetMemoryStatsPeriod (
            rules: &[
                domain(Write),
                domain(Save).when_none(
                    DomainMemoryModFlags::CONFIG.bits() | DomainMemoryModFlags::LIVE.bits(),
                ),
                domain(Save).when_all(DomainMemoryModFlags::CONFIG.bits()),
            ],
        )
        args DomainSetMemoryStatsPeriodArgs {
            dom: NonnullDomain,
            period: i32,
            flags: DomainMemoryModFlags,
        }
        judged by |args| args.flags.bits();
}

//! Statistics of domains.

use crate::{
    flags::{
        ConnectGetAllDomainStatsFlags, DomainDirtyRateCalcFlags, DomainMessageType,
        DomainModificationImpact, DomainParameterFlags, NoFlags, TypedParameterFlags,
    },
    limits,
    procedure::{procedures, structures},
    remote::NonnullDomain,
    typed_param::TypedParam,
};

structures! {
    /// A disk in error.
    DomainDiskError { disk: String, error: i32 }

    /// A memory statistic.
    DomainMemoryStat { tag: i32, val: u64 }

    /// Statistics of one domain.
    DomainStatsRecord {
        dom: NonnullDomain,
        #[xdr(max = limits::CONNECT_GET_ALL_DOMAIN_STATS_MAX)] params: Vec<TypedParam>,
    }
}

procedures! {
    Remote;

    /// Requests and bytes of a domain's disk.
    64 DomainBlockStats "DOMAIN_BLOCK_STATS"
        as virDomainBlockStats (read_only: Allowed, rules: &[domain(Read)])
        args DomainBlockStatsArgs { dom: NonnullDomain, path: String }
        ret DomainBlockStatsRet {
            rd_req: i64,
            rd_bytes: i64,
            wr_req: i64,
            wr_bytes: i64,
            errs: i64,
        };

    /// Packets and bytes of a domain's interface.
    65 DomainInterfaceStats "DOMAIN_INTERFACE_STATS"
        as virDomainInterfaceStats (priority: High, read_only: Allowed, rules: &[domain(Read)])
        args DomainInterfaceStatsArgs { dom: NonnullDomain, device: String }
        ret DomainInterfaceStatsRet {
            rx_bytes: i64,
            rx_packets: i64,
            rx_errs: i64,
            rx_drop: i64,
            tx_bytes: i64,
            tx_packets: i64,
            tx_errs: i64,
            tx_drop: i64,
        };

    /// Memory statistics of a domain, by tag.
    159 DomainMemoryStats "DOMAIN_MEMORY_STATS"
        as virDomainMemoryStats (read_only: Allowed, rules: &[domain(Read)])
        args DomainMemoryStatsArgs {
            dom: NonnullDomain,
            #[xdr(name = "maxStats")] max_stats: u32,
            flags: NoFlags,
        }
        ret DomainMemoryStatsRet {
            #[xdr(max = limits::DOMAIN_MEMORY_STATS_MAX)] stats: Vec<DomainMemoryStat>,
        };

    /// Statistics of a domain's disk, as parameters.
    243 DomainBlockStatsFlags "DOMAIN_BLOCK_STATS_FLAGS"
        as virDomainBlockStatsFlags (read_only: Allowed, rules: &[domain(Read)])
        args DomainBlockStatsFlagsArgs {
            dom: NonnullDomain,
            path: String,
            nparams: i32,
            flags: TypedParameterFlags,
        }
        ret DomainBlockStatsFlagsRet {
            #[xdr(max = limits::DOMAIN_BLOCK_STATS_PARAMETERS_MAX)] params: Vec<TypedParam>,
            nparams: i32,
        };

    /// Processor times of a domain, whole or per host processor.
    262 DomainGetCpuStats "DOMAIN_GET_CPU_STATS"
        as virDomainGetCPUStats (read_only: Allowed, rules: &[domain(Read)])
        args DomainGetCpuStatsArgs {
            dom: NonnullDomain,
            nparams: u32,
            start_cpu: i32,
            ncpus: u32,
            flags: TypedParameterFlags,
        }
        ret DomainGetCpuStatsRet {
            #[xdr(max = limits::DOMAIN_GET_CPU_STATS_MAX)] params: Vec<TypedParam>,
            nparams: i32,
        };

    /// Disks of a domain that are in error.
    263 DomainGetDiskErrors "DOMAIN_GET_DISK_ERRORS"
        as virDomainGetDiskErrors (read_only: Allowed, rules: &[domain(Read)])
        args DomainGetDiskErrorsArgs { dom: NonnullDomain, maxerrors: u32, flags: NoFlags }
        ret DomainGetDiskErrorsRet {
            #[xdr(max = limits::DOMAIN_DISK_ERRORS_MAX)] errors: Vec<DomainDiskError>,
            nerrors: i32,
        };

    /// Statistics of many domains at once.
    344 ConnectGetAllDomainStats "CONNECT_GET_ALL_DOMAIN_STATS"
        as virConnectGetAllDomainStats (
            read_only: Allowed,
            filter: Some((Object::Domain, Read)),
            rules: &[connect(SearchDomains)],
        )
        args ConnectGetAllDomainStatsArgs {
            #[xdr(max = limits::DOMAIN_LIST_MAX)] doms: Vec<NonnullDomain>,
            stats: u32,
            flags: ConnectGetAllDomainStatsFlags,
        }
        ret ConnectGetAllDomainStatsRet {
            #[xdr(name = "retStats", max = limits::DOMAIN_LIST_MAX)]
            ret_stats: Vec<DomainStatsRecord>,
        };

    /// The performance events that a domain counts.
    365 DomainGetPerfEvents "DOMAIN_GET_PERF_EVENTS"
        as virDomainGetPerfEvents (read_only: Allowed, rules: &[domain(Read)])
        args DomainGetPerfEventsArgs { dom: NonnullDomain, flags: DomainParameterFlags }
        ret DomainGetPerfEventsRet {
            #[xdr(max = limits::DOMAIN_PERF_EVENTS_MAX)] params: Vec<TypedParam>,
        };

    /// Changes the performance events that a domain counts.
    366 DomainSetPerfEvents "DOMAIN_SET_PERF_EVENTS"
        as virDomainSetPerfEvents (rules: &[domain(Write)])
        args DomainSetPerfEventsArgs {
            dom: NonnullDomain,
            #[xdr(max = limits::DOMAIN_PERF_EVENTS_MAX)] params: Vec<TypedParam>,
            flags: DomainModificationImpact,
        };

    /// What is doubtful about a domain: taints, deprecated things, I/O errors.
    426 DomainGetMessages "DOMAIN_GET_MESSAGES"
        as virDomainGetMessages (read_only: Allowed, rules: &[domain(Read)])
        args DomainGetMessagesArgs { dom: NonnullDomain, flags: DomainMessageType }
        ret DomainGetMessagesRet { #[xdr(max = limits::DOMAIN_MESSAGES_MAX)] msgs: Vec<String> };

    /// Measures for some time how fast the guest dirties memory.
    427 DomainStartDirtyRateCalc "DOMAIN_START_DIRTY_RATE_CALC"
        as virDomainStartDirtyRateCalc (rules: &[domain(Write)])
        args DomainStartDirtyRateCalcArgs {
            dom: NonnullDomain,
            seconds: i32,
            flags: DomainDirtyRateCalcFlags,
        };
}

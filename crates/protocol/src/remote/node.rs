//! The host: processors, memory, sleep.

use xdr::{CharArray, Chars, Opaque};

use crate::{
    flags::{NoFlags, NodeAllocPagesFlags, TypedParameterFlags},
    limits,
    procedure::{procedures, structures},
    typed_param::TypedParam,
};

structures! {
    /// A processor time, in nanoseconds.
    NodeGetCpuStatsEntry { field: String, value: u64 }

    /// A memory statistic, in KiB.
    NodeGetMemoryStatsEntry { field: String, value: u64 }
}

procedures! {
    Remote;

    /// Model, memory and processor topology of the host.
    6 NodeGetInfo "NODE_GET_INFO"
        as virNodeGetInfo (priority: High, read_only: Allowed, rules: &[connect(Read)])
        ret NodeGetInfoRet {
            model: CharArray<32>,
            memory: u64,
            cpus: i32,
            mhz: i32,
            nodes: i32,
            sockets: i32,
            cores: i32,
            threads: i32,
        };

    /// Free memory of each NUMA cell, in bytes.
    101 NodeGetCellsFreeMemory "NODE_GET_CELLS_FREE_MEMORY"
        as virNodeGetCellsFreeMemory (priority: High, read_only: Allowed, rules: &[connect(Read)])
        args NodeGetCellsFreeMemoryArgs {
            #[xdr(name = "startCell")] start_cell: i32,
            maxcells: i32,
        }
        ret NodeGetCellsFreeMemoryRet { #[xdr(max = limits::NODE_MAX_CELLS)] cells: Vec<u64> };

    /// Free memory of the host, in bytes.
    102 NodeGetFreeMemory "NODE_GET_FREE_MEMORY"
        as virNodeGetFreeMemory (priority: High, read_only: Allowed, rules: &[connect(Read)])
        ret NodeGetFreeMemoryRet { #[xdr(name = "freeMem")] free_mem: u64 };

    /// The host's security model and its domain of interpretation.
    122 NodeGetSecurityModel "NODE_GET_SECURITY_MODEL"
        as virNodeGetSecurityModel (priority: High, read_only: Allowed, rules: &[connect(Read)])
        ret NodeGetSecurityModelRet {
            #[xdr(max = limits::SECURITY_MODEL_MAX)] model: Chars,
            #[xdr(max = limits::SECURITY_DOI_MAX)] doi: Chars,
        };

    /// Times of one or all of the host's processors.
    227 NodeGetCpuStats "NODE_GET_CPU_STATS"
        as virNodeGetCPUStats (priority: High, read_only: Allowed, rules: &[connect(Read)])
        args NodeGetCpuStatsArgs {
            #[xdr(name = "cpuNum")] cpu_num: i32,
            nparams: i32,
            flags: NoFlags,
        }
        ret NodeGetCpuStatsRet {
            #[xdr(max = limits::NODE_CPU_STATS_MAX)] params: Vec<NodeGetCpuStatsEntry>,
            nparams: i32,
        };

    /// Memory statistics of one or all of the host's NUMA cells.
    228 NodeGetMemoryStats "NODE_GET_MEMORY_STATS"
        as virNodeGetMemoryStats (priority: High, read_only: Allowed, rules: &[connect(Read)])
        args NodeGetMemoryStatsArgs {
            nparams: i32,
            #[xdr(name = "cellNum")] cell_num: i32,
            flags: NoFlags,
        }
        ret NodeGetMemoryStatsRet {
            #[xdr(max = limits::NODE_MEMORY_STATS_MAX)] params: Vec<NodeGetMemoryStatsEntry>,
            nparams: i32,
        };

    /// Suspends the host for some time.
    250 NodeSuspendForDuration "NODE_SUSPEND_FOR_DURATION"
        as virNodeSuspendForDuration (rules: &[connect(PmControl)])
        args NodeSuspendForDurationArgs { target: u32, duration: u64, flags: NoFlags };

    /// Changes the host's memory parameters, as page sharing.
    288 NodeSetMemoryParameters "NODE_SET_MEMORY_PARAMETERS"
        as virNodeSetMemoryParameters (rules: &[connect(Write)])
        args NodeSetMemoryParametersArgs {
            #[xdr(max = limits::NODE_MEMORY_PARAMETERS_MAX)] params: Vec<TypedParam>,
            flags: NoFlags,
        };

    /// The host's memory parameters.
    289 NodeGetMemoryParameters "NODE_GET_MEMORY_PARAMETERS"
        as virNodeGetMemoryParameters (read_only: Allowed, rules: &[connect(Read)])
        args NodeGetMemoryParametersArgs { nparams: i32, flags: TypedParameterFlags }
        ret NodeGetMemoryParametersRet {
            #[xdr(max = limits::NODE_MEMORY_PARAMETERS_MAX)] params: Vec<TypedParam>,
            nparams: i32,
        };

    /// Which of the host's processors are present and online.
    293 NodeGetCpuMap "NODE_GET_CPU_MAP"
        as virNodeGetCPUMap (read_only: Allowed, rules: &[connect(Read)])
        args NodeGetCpuMapArgs { need_map: i32, need_online: i32, flags: NoFlags }
        ret NodeGetCpuMapRet {
            #[xdr(max = limits::CPUMAP_MAX)] cpumap: Opaque,
            online: u32,
            ret: i32,
        };

    /// Free pages of each size in some NUMA cells.
    340 NodeGetFreePages "NODE_GET_FREE_PAGES"
        as virNodeGetFreePages (priority: High, read_only: Allowed, rules: &[connect(Read)])
        args NodeGetFreePagesArgs {
            #[xdr(max = limits::NODE_MAX_CELLS)] pages: Vec<u32>,
            #[xdr(name = "startCell")] start_cell: i32,
            #[xdr(name = "cellCount")] cell_count: u32,
            flags: NoFlags,
        }
        ret NodeGetFreePagesRet { #[xdr(max = limits::NODE_MAX_CELLS)] counts: Vec<u64> };

    /// Reserves huge pages.
    347 NodeAllocPages "NODE_ALLOC_PAGES" as virNodeAllocPages (rules: &[connect(Write)])
        args NodeAllocPagesArgs {
            #[xdr(name = "pageSizes", max = limits::NODE_MAX_CELLS)] page_sizes: Vec<u32>,
            #[xdr(name = "pageCounts", max = limits::NODE_MAX_CELLS)] page_counts: Vec<u64>,
            #[xdr(name = "startCell")] start_cell: i32,
            #[xdr(name = "cellCount")] cell_count: u32,
            flags: NodeAllocPagesFlags,
        }
        ret NodeAllocPagesRet { ret: i32 };
}

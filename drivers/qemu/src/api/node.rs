//! The host that the driver runs on.

use ::host::{HostError, Root};
use driver::{Call, Error, Routes};
use protocol::error::Code;
use protocol::remote::{
    ConnectGetHostname, ConnectGetHostnameRet, NodeGetCellsFreeMemory, NodeGetCellsFreeMemoryArgs,
    NodeGetCellsFreeMemoryRet, NodeGetCpuMap, NodeGetCpuMapArgs, NodeGetCpuMapRet, NodeGetCpuStats,
    NodeGetCpuStatsArgs, NodeGetCpuStatsEntry, NodeGetCpuStatsRet, NodeGetFreeMemory,
    NodeGetFreeMemoryRet, NodeGetInfo, NodeGetInfoRet, NodeGetMemoryStats, NodeGetMemoryStatsArgs,
    NodeGetMemoryStatsEntry, NodeGetMemoryStatsRet, NodeGetSecurityModel, NodeGetSecurityModelRet,
};
use xdr::CharArray;

use crate::driver::QemuDriver;

/// `VIR_NODE_CPU_STATS_ALL_CPUS` and `VIR_NODE_MEMORY_STATS_ALL_CELLS`
const ALL: i32 = -1;

/// What is served here.
pub(super) fn routes(routes: &mut Routes<QemuDriver>) {
    routes
        .on::<ConnectGetHostname>(hostname)
        .on::<NodeGetInfo>(info)
        .on::<NodeGetFreeMemory>(free_memory)
        .on::<NodeGetCellsFreeMemory>(cells_free_memory)
        .on::<NodeGetCpuStats>(cpu_stats)
        .on::<NodeGetMemoryStats>(memory_stats)
        .on::<NodeGetCpuMap>(cpu_map)
        .on::<NodeGetSecurityModel>(security_model);
}

async fn hostname(_: Call<QemuDriver>, (): ()) -> Result<ConnectGetHostnameRet, Error> {
    Ok(ConnectGetHostnameRet {
        hostname: host::name::hostname(),
    })
}

async fn info(_: Call<QemuDriver>, (): ()) -> Result<NodeGetInfoRet, Error> {
    let info = host::node::info(&Root::default()).map_err(unknown)?;
    Ok(NodeGetInfoRet {
        model: CharArray::from_text(&info.model),
        memory: info.memory,
        cpus: signed(info.cpus),
        mhz: signed(info.mhz),
        nodes: signed(info.nodes),
        sockets: signed(info.sockets),
        cores: signed(info.cores),
        threads: signed(info.threads),
    })
}

async fn free_memory(_: Call<QemuDriver>, (): ()) -> Result<NodeGetFreeMemoryRet, Error> {
    let memory = host::memory::memory(&Root::default()).map_err(unknown)?;
    Ok(NodeGetFreeMemoryRet {
        free_mem: memory.free.saturating_mul(1024),
    })
}

async fn cells_free_memory(
    _: Call<QemuDriver>,
    args: NodeGetCellsFreeMemoryArgs,
) -> Result<NodeGetCellsFreeMemoryRet, Error> {
    let cells = host::numa::cells(&Root::default()).map_err(unknown)?;
    let (Ok(start), Ok(max)) = (
        u32::try_from(args.start_cell),
        usize::try_from(args.maxcells),
    ) else {
        return Err(Error::new(
            Code::InvalidArg,
            "cell numbers must not be negative",
        ));
    };
    let last = cells.iter().map(|cell| cell.id).max().unwrap_or(0);
    if start > last {
        let text = format!("start cell {start} out of range (0-{last})");
        return Err(Error::new(Code::InternalError, text));
    }
    let wanted = cells.iter().filter(|cell| cell.id >= start).take(max);
    Ok(NodeGetCellsFreeMemoryRet {
        cells: wanted.map(|cell| cell.free.saturating_mul(1024)).collect(),
    })
}

async fn cpu_stats(
    _: Call<QemuDriver>,
    args: NodeGetCpuStatsArgs,
) -> Result<NodeGetCpuStatsRet, Error> {
    let cpu = match args.cpu_num {
        ALL => None,
        number => Some(u32::try_from(number).map_err(|_| no_cpu(number))?),
    };
    let time = host::usage::cpu_time(&Root::default(), cpu).map_err(unknown)?;
    let time = time.ok_or_else(|| no_cpu(args.cpu_num))?;
    let fields = [
        ("kernel", time.kernel),
        ("user", time.user),
        ("idle", time.idle),
        ("iowait", time.iowait),
    ];
    let params = fields.map(|(field, value)| NodeGetCpuStatsEntry {
        field: field.to_owned(),
        value,
    });
    let (params, nparams) = limited(params.into(), args.nparams);
    Ok(NodeGetCpuStatsRet { params, nparams })
}

async fn memory_stats(
    _: Call<QemuDriver>,
    args: NodeGetMemoryStatsArgs,
) -> Result<NodeGetMemoryStatsRet, Error> {
    let fields = match args.cell_num {
        ALL => {
            let memory = host::memory::memory(&Root::default()).map_err(unknown)?;
            vec![
                ("total", memory.total),
                ("free", memory.free),
                ("buffers", memory.buffers),
                ("cached", memory.cached),
            ]
        }
        number => {
            let cells = host::numa::cells(&Root::default()).map_err(unknown)?;
            let cell = cells
                .iter()
                .find(|cell| u32::try_from(number).is_ok_and(|id| id == cell.id));
            let cell = cell.ok_or_else(|| {
                Error::new(
                    Code::InvalidArg,
                    format!("cellNum {number} does not exist on this host"),
                )
            })?;
            vec![("total", cell.memory), ("free", cell.free)]
        }
    };
    let entry = |(field, value): (&str, u64)| NodeGetMemoryStatsEntry {
        field: field.to_owned(),
        value,
    };
    let (params, nparams) = limited(fields.into_iter().map(entry).collect(), args.nparams);
    Ok(NodeGetMemoryStatsRet { params, nparams })
}

async fn cpu_map(_: Call<QemuDriver>, args: NodeGetCpuMapArgs) -> Result<NodeGetCpuMapRet, Error> {
    let root = Root::default();
    let present = host::numa::present(&root).map_err(unknown)?;
    let online = host::numa::online(&root).map_err(unknown)?;
    let cpus = present.iter().max().map_or(0, |last| last + 1);
    let mut map = vec![0_u8; usize::try_from(cpus.div_ceil(8)).unwrap_or(0)];
    for cpu in online.iter() {
        if let Some(byte) = usize::try_from(cpu / 8).ok().and_then(|at| map.get_mut(at)) {
            *byte |= 1 << (cpu % 8);
        }
    }
    if args.need_map == 0 {
        map.clear();
    }
    let count = u32::try_from(online.iter().count()).unwrap_or(0);
    let online = if args.need_online == 0 { 0 } else { count };
    Ok(NodeGetCpuMapRet {
        cpumap: map.into(),
        online,
        ret: signed(cpus),
    })
}

/// No security driver beyond file ownership confines QEMU in this version.
async fn security_model(_: Call<QemuDriver>, (): ()) -> Result<NodeGetSecurityModelRet, Error> {
    let none = |text: &str| text.bytes().chain([0]).collect::<Vec<u8>>().into();
    Ok(NodeGetSecurityModelRet {
        model: none("none"),
        doi: none("0"),
    })
}

/// A caller that brings no room asks for the number only.
fn limited<T>(params: Vec<T>, room: i32) -> (Vec<T>, i32) {
    let count = i32::try_from(params.len()).unwrap_or(i32::MAX);
    match usize::try_from(room) {
        Ok(room) if room > 0 => {
            let params: Vec<T> = params.into_iter().take(room).collect();
            let count = i32::try_from(params.len()).unwrap_or(i32::MAX);
            (params, count)
        }
        _ => (Vec::new(), count),
    }
}

fn no_cpu(number: i32) -> Error {
    Error::new(
        Code::InvalidArg,
        format!("Invalid cpuNum in virNodeGetCPUStats: {number}"),
    )
}

fn signed(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

fn unknown(error: HostError) -> Error {
    Error::new(Code::InternalError, "the host does not tell").caused_by(error)
}

//! What the host's processors and memory do.

use std::time::Duration;

use protocol::enums::NodeSuspendTarget;
use protocol::flags::{NoFlags, NodeAllocPagesFlags};
use protocol::remote::{
    NodeAllocPages, NodeAllocPagesArgs, NodeGetCellsFreeMemory, NodeGetCellsFreeMemoryArgs,
    NodeGetCpuMap, NodeGetCpuMapArgs, NodeGetCpuStats, NodeGetCpuStatsArgs, NodeGetMemoryStats,
    NodeGetMemoryStatsArgs, NodeSuspendForDuration, NodeSuspendForDurationArgs,
};

use crate::connection::Connection;
use crate::domain::CpuSet;
use crate::error::Result;
use crate::host::unsigned;

/// `VIR_NODE_CPU_STATS_ALL_CPUS` and `VIR_NODE_MEMORY_STATS_ALL_CELLS`
const ALL: i32 = -1;

/// The host's processors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeCpus {
    /// How many there are.
    pub present: u32,
    /// Those that are switched on.
    pub online: CpuSet,
}

impl Connection {
    /// The host's processors.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn node_cpus(&self) -> Result<NodeCpus> {
        let args = NodeGetCpuMapArgs {
            need_map: 1,
            need_online: 1,
            flags: NoFlags,
        };
        let answer = self.call::<NodeGetCpuMap>(&args).await?;
        Ok(NodeCpus {
            present: unsigned(answer.ret),
            online: crate::domain::set(answer.cpumap.as_ref()),
        })
    }

    /// What the host's processors, or one of them, have done: names and nanoseconds.
    ///
    /// # Errors
    ///
    /// [`crate::Code::InvalidArg`] when there is no such processor.
    pub async fn node_cpu_statistics(&self, cpu: Option<i32>) -> Result<Vec<(String, u64)>> {
        let mut args = NodeGetCpuStatsArgs {
            cpu_num: cpu.unwrap_or(ALL),
            nparams: 0,
            flags: NoFlags,
        };
        args.nparams = self.call::<NodeGetCpuStats>(&args).await?.nparams;
        let answer = self.call::<NodeGetCpuStats>(&args).await?;
        let params = answer.params.into_iter();
        Ok(params.map(|it| (it.field, it.value)).collect())
    }

    /// What the host's memory, or that of a cell, is used for: names and KiB.
    ///
    /// # Errors
    ///
    /// [`crate::Code::InvalidArg`] when there is no such cell.
    pub async fn node_memory_statistics(&self, cell: Option<i32>) -> Result<Vec<(String, u64)>> {
        let mut args = NodeGetMemoryStatsArgs {
            cell_num: cell.unwrap_or(ALL),
            nparams: 0,
            flags: NoFlags,
        };
        args.nparams = self.call::<NodeGetMemoryStats>(&args).await?.nparams;
        let answer = self.call::<NodeGetMemoryStats>(&args).await?;
        let params = answer.params.into_iter();
        Ok(params.map(|it| (it.field, it.value)).collect())
    }

    /// The free memory of `count` cells from `first` on, in bytes.
    ///
    /// # Errors
    ///
    /// When there is no cell from there on.
    pub async fn cells_free_memory(&self, first: i32, count: i32) -> Result<Vec<u64>> {
        let args = NodeGetCellsFreeMemoryArgs {
            start_cell: first,
            maxcells: count,
        };
        Ok(self.call::<NodeGetCellsFreeMemory>(&args).await?.cells)
    }

    /// Lets the host sleep for so long, at least a minute; it wakes by its clock.
    ///
    /// # Errors
    ///
    /// [`crate::Code::InvalidArg`] for a shorter time, [`crate::Code::ArgumentUnsupported`] when the
    /// host cannot sleep so.
    pub async fn suspend_node(&self, target: NodeSuspendTarget, time: Duration) -> Result<()> {
        let args = NodeSuspendForDurationArgs {
            target: target.value().cast_unsigned(),
            duration: time.as_secs(),
            flags: NoFlags,
        };
        self.call::<NodeSuspendForDuration>(&args).await
    }

    /// Sets the number of the host's huge pages of `kib` KiB in a cell, or adds to it without
    /// [`NodeAllocPagesFlags::SET`]; the cell -1 is the whole host.
    ///
    /// # Errors
    ///
    /// [`crate::Code::OperationFailed`] when the host has not so much memory in one piece.
    pub async fn allocate_pages(
        &self,
        kib: u32,
        count: u64,
        cell: i32,
        flags: NodeAllocPagesFlags,
    ) -> Result<()> {
        let args = NodeAllocPagesArgs {
            page_sizes: vec![kib],
            page_counts: vec![count],
            start_cell: cell,
            cell_count: 1,
            flags,
        };
        self.call::<NodeAllocPages>(&args).await.map(drop)
    }
}

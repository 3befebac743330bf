//! The host in one line: what `virNodeGetInfo` tells.

use std::collections::BTreeSet;

use crate::error::HostError;
use crate::root::Root;
use crate::{cpu, memory, name, numa};

/// The host in one line (`virNodeInfo`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeInfo {
    /// The architecture.
    pub model: String,
    /// The memory, in KiB.
    pub memory: u64,
    /// How many processors are switched on.
    pub cpus: u32,
    /// The frequency of the first one in MHz; 0 where it is not known.
    pub mhz: u32,
    /// How many NUMA cells; 1 where there is no NUMA.
    pub nodes: u32,
    /// Sockets per cell.
    pub sockets: u32,
    /// Cores per socket.
    pub cores: u32,
    /// Threads per core.
    pub threads: u32,
}

/// Reads it.
///
/// Where cells, sockets, cores and threads do not multiply to the number of processors (some
/// are off, or the cells differ), they are told as one cell with one socket that has so many
/// cores, as the public API prescribes.
///
/// # Errors
/// When `/proc` or `/sys` is not mounted.
pub fn info(root: &Root) -> Result<NodeInfo, HostError> {
    let cells = numa::cells(root)?;
    let all = cells.iter().flat_map(|c| &c.cpus);
    let cpus = count(all.clone().count());
    let threads = all
        .clone()
        .map(|c| count(c.siblings.len()))
        .max()
        .unwrap_or(1);
    let sockets = cells
        .iter()
        .map(|c| distinct(c.cpus.iter().map(|c| c.socket)))
        .max();
    let ids: BTreeSet<u32> = all.clone().map(|c| c.socket).collect();
    let cores_of = |socket| {
        let cores = all.clone().filter(move |c| c.socket == socket);
        distinct(cores.map(|c| (c.die, c.cluster, c.core)))
    };
    let cores = ids.into_iter().map(cores_of).max().unwrap_or(1);
    let (nodes, sockets) = (count(cells.len()), sockets.unwrap_or(1).max(1));

    let product = u64::from(nodes) * u64::from(sockets) * u64::from(cores) * u64::from(threads);
    let regular = product == u64::from(cpus);
    let (nodes, sockets, cores, threads) = if regular {
        (nodes, sockets, cores, threads)
    } else {
        (1, 1, cpus, 1)
    };
    Ok(NodeInfo {
        model: name::system_name().machine,
        memory: memory::memory(root)?.total,
        cpus,
        mhz: cpu::processor(root).ok().and_then(|p| p.mhz).unwrap_or(0),
        nodes,
        sockets,
        cores,
        threads,
    })
}

fn distinct<T: Ord>(all: impl Iterator<Item = T>) -> u32 {
    count(all.collect::<BTreeSet<T>>().len())
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::info;
    use crate::fake::{tree, two_nodes};

    #[test]
    fn a_regular_host_is_told_by_its_parts() {
        let (_dir, root) = tree(&[
            ("proc/meminfo", "MemTotal: 1000 kB\n"),
            ("proc/cpuinfo", "cpu MHz : 2596.142\n"),
            ("sys/devices/system/cpu/online", "0-1"),
            ("sys/devices/system/cpu/cpu0/topology/core_id", "0"),
            ("sys/devices/system/cpu/cpu1/topology/core_id", "1"),
        ]);
        let info = info(&root).unwrap();
        assert_eq!(
            (info.nodes, info.sockets, info.cores, info.threads),
            (1, 1, 2, 1)
        );
        assert_eq!((info.memory, info.cpus, info.mhz), (1000, 2, 2596));
    }

    #[test]
    fn an_irregular_host_is_told_as_so_many_cores() {
        let (_dir, root) = two_nodes();
        let info = info(&root).unwrap();
        assert_eq!((info.cpus, info.memory), (7, 2_097_152));
        assert_eq!(
            (info.nodes, info.sockets, info.cores, info.threads),
            (1, 1, 7, 1)
        );
    }

    #[test]
    fn this_host_can_be_told() {
        let info = info(&crate::Root::default()).unwrap();
        assert!(info.cpus >= 1 && info.memory > 1024);
        assert_eq!(
            info.cpus,
            info.nodes * info.sockets * info.cores * info.threads
        );
    }
}

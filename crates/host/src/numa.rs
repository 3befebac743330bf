//! The host's NUMA cells and their processors.

use crate::cpu_list::CpuList;
use crate::error::HostError;
use crate::memory::{self, Pages, base_page, field, huge_pages};
use crate::root::Root;

/// A NUMA cell (the kernel's "node").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its number.
    pub id: u32,
    /// Its memory, in KiB.
    pub memory: u64,
    /// What nobody uses of it, in KiB.
    pub free: u64,
    /// Its pages, from small to large.
    pub pages: Vec<Pages>,
    /// How far each cell is, this one included; none where there is but one cell.
    pub distances: Vec<Distance>,
    /// Its processors that are switched on.
    pub cpus: Vec<Cpu>,
}

/// How far another cell is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Distance {
    /// The other cell.
    pub cell: u32,
    /// 10 is "here".
    pub value: u32,
}

/// Where a processor sits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cpu {
    /// Its number.
    pub id: u32,
    /// Its socket.
    pub socket: u32,
    /// Its die in the socket.
    pub die: u32,
    /// Its cluster in the die.
    pub cluster: u32,
    /// Its core.
    pub core: u32,
    /// The processors of its core, itself included.
    pub siblings: CpuList,
}

const NODES: &str = "sys/devices/system/node";
const CPUS: &str = "sys/devices/system/cpu";

/// Reads the cells. A host without NUMA has one, with everything in it.
///
/// # Errors
/// When `/proc` or `/sys` is not mounted.
pub fn cells(root: &Root) -> Result<Vec<Cell>, HostError> {
    let online = online(root)?;
    let ids = root.numbered(NODES, "node");
    if ids.is_empty() {
        return Ok(vec![whole_host(root, &online)?]);
    }
    let nodes: Vec<u32> = ids.clone();
    Ok(ids
        .into_iter()
        .map(|id| cell(root, id, &nodes, &online))
        .collect())
}

/// The processors that are switched on.
///
/// # Errors
/// When `/sys` is not mounted.
pub fn online(root: &Root) -> Result<CpuList, HostError> {
    list(root, "online")
}

/// The processors that are there, switched on or not.
///
/// # Errors
/// When `/sys` is not mounted.
pub fn present(root: &Root) -> Result<CpuList, HostError> {
    list(root, "present")
}

fn list(root: &Root, name: &str) -> Result<CpuList, HostError> {
    let path = format!("{CPUS}/{name}");
    root.read(&path)?
        .parse()
        .map_err(|_| root.malformed(path, "list of processors"))
}

fn cell(root: &Root, id: u32, nodes: &[u32], online: &CpuList) -> Cell {
    let dir = format!("{NODES}/node{id}");
    let info = root.optional(format!("{dir}/meminfo")).unwrap_or_default();
    let cpus: CpuList = root.number(format!("{dir}/cpulist")).unwrap_or_default();
    let total = field(&info, "MemTotal").unwrap_or(0);
    let free = field(&info, "MemFree").unwrap_or(0);
    let huge = huge_pages(root, &format!("{dir}/hugepages"));
    let distances = root.optional(format!("{dir}/distance")).unwrap_or_default();
    let distances = distances.split_ascii_whitespace().zip(nodes);
    Cell {
        id,
        memory: total,
        free,
        pages: pages(total, free, huge),
        distances: distances
            .filter_map(|(value, cell)| {
                Some(Distance {
                    cell: *cell,
                    value: value.parse().ok()?,
                })
            })
            .collect(),
        cpus: cpus
            .iter()
            .filter(|c| online.contains(*c))
            .map(|c| cpu(root, c))
            .collect(),
    }
}

fn whole_host(root: &Root, online: &CpuList) -> Result<Cell, HostError> {
    let memory = memory::memory(root)?;
    let huge = huge_pages(root, "sys/kernel/mm/hugepages");
    Ok(Cell {
        id: 0,
        memory: memory.total,
        free: memory.free,
        pages: pages(memory.total, memory.free, huge),
        distances: Vec::new(),
        cpus: online.iter().map(|c| cpu(root, c)).collect(),
    })
}

/// Ordinary pages are what is not set aside for huge ones.
fn pages(total: u64, free: u64, huge: Vec<Pages>) -> Vec<Pages> {
    let size = base_page();
    let set_aside: u64 = huge.iter().map(|p| p.size.saturating_mul(p.count)).sum();
    let count = total.saturating_sub(set_aside) / size;
    let mut pages = vec![Pages {
        size,
        count,
        free: free / size,
    }];
    pages.extend(huge);
    pages
}

fn cpu(root: &Root, id: u32) -> Cpu {
    let dir = format!("{CPUS}/cpu{id}/topology");
    let number = |name: &str| root.number::<u32>(format!("{dir}/{name}"));
    let siblings = root.number::<CpuList>(format!("{dir}/thread_siblings_list"));
    Cpu {
        id,
        // The kernel writes -1 where the firmware does not tell: then it is the only one.
        socket: number("physical_package_id").unwrap_or(0),
        die: number("die_id").unwrap_or(0),
        cluster: number("cluster_id").unwrap_or(0),
        core: number("core_id").unwrap_or(0),
        siblings: siblings.unwrap_or_else(|| [id].into_iter().collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Distance, cells, online, present};
    use crate::fake::{tree, two_nodes};
    use crate::memory::base_page;

    #[test]
    fn cells_have_memory_distances_and_processors() {
        let (_dir, root) = two_nodes();
        let cells = cells(&root).unwrap();
        assert_eq!(cells.len(), 2);
        let cell = &cells[1];
        assert_eq!((cell.id, cell.memory, cell.free), (1, 1_048_576, 524_288));
        assert_eq!(
            cell.distances,
            [
                Distance { cell: 0, value: 21 },
                Distance { cell: 1, value: 10 }
            ]
        );
        let ids: Vec<u32> = cell.cpus.iter().map(|c| c.id).collect();
        assert_eq!(ids, [4, 5, 6], "processor 7 is off");
        assert_eq!(cell.cpus[0].siblings.to_string(), "4-5");
        assert_eq!((cell.cpus[2].socket, cell.cpus[2].core), (1, 1));
        assert_eq!(cell.pages[0].count, (1_048_576 - 16 * 2048) / base_page());
        assert_eq!(
            (cell.pages[1].size, cell.pages[1].count, cell.pages[1].free),
            (2048, 16, 4)
        );
    }

    #[test]
    fn a_host_without_numa_is_one_cell() {
        let (_dir, root) = tree(&[
            ("proc/meminfo", "MemTotal: 1000 kB\nMemFree: 400 kB\n"),
            ("sys/devices/system/cpu/online", "0-1\n"),
            ("sys/devices/system/cpu/present", "0-3\n"),
        ]);
        let cells = cells(&root).unwrap();
        assert_eq!(
            (cells.len(), cells[0].memory, cells[0].cpus.len()),
            (1, 1000, 2)
        );
        assert_eq!(online(&root).unwrap().len(), 2);
        assert_eq!(present(&root).unwrap().len(), 4);
    }
}

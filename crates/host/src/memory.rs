//! The host's memory.

use crate::error::HostError;
use crate::root::Root;

/// The memory of the host, in KiB (`/proc/meminfo`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    /// All of it.
    pub total: u64,
    /// What nobody uses.
    pub free: u64,
    /// What could be had without swapping.
    pub available: u64,
    /// Buffers of block devices.
    pub buffers: u64,
    /// The page cache.
    pub cached: u64,
}

/// Pages of one size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pages {
    /// The size of one, in KiB.
    pub size: u64,
    /// How many there are.
    pub count: u64,
    /// How many nobody uses.
    pub free: u64,
}

/// Reads the memory's sizes.
///
/// # Errors
/// When `/proc` is not mounted.
pub fn memory(root: &Root) -> Result<Memory, HostError> {
    let text = root.read("proc/meminfo")?;
    let value = |name| field(&text, name);
    let total = value("MemTotal").ok_or_else(|| root.malformed("proc/meminfo", "MemTotal"))?;
    Ok(Memory {
        total,
        free: value("MemFree").unwrap_or(0),
        available: value("MemAvailable").unwrap_or(0),
        buffers: value("Buffers").unwrap_or(0),
        cached: value("Cached").unwrap_or(0),
    })
}

/// The sizes of pages that the host can have, in KiB, from small to large.
#[must_use]
pub fn page_sizes(root: &Root) -> Vec<u64> {
    let mut sizes = vec![base_page()];
    sizes.extend(huge_sizes(root, "sys/kernel/mm/hugepages"));
    sizes.sort_unstable();
    sizes
}

/// The size of the huge pages that nobody has named, in KiB; nothing where there are none.
#[must_use]
pub fn default_huge_page(root: &Root) -> Option<u64> {
    field(&root.optional("proc/meminfo")?, "Hugepagesize")
}

/// The size of an ordinary page, in KiB.
#[must_use]
pub fn base_page() -> u64 {
    u64::try_from(rustix::param::page_size()).unwrap_or(4096) / 1024
}

/// The huge pages in a directory of the kernel's, from small to large.
pub(crate) fn huge_pages(root: &Root, dir: &str) -> Vec<Pages> {
    let pages = |size: u64| {
        let dir = format!("{dir}/hugepages-{size}kB");
        let count = root.number(format!("{dir}/nr_hugepages"))?;
        let free = root.number(format!("{dir}/free_hugepages"))?;
        Some(Pages { size, count, free })
    };
    huge_sizes(root, dir)
        .into_iter()
        .filter_map(pages)
        .collect()
}

/// The value of a field of a `meminfo` file, in KiB.
pub(crate) fn field(text: &str, name: &str) -> Option<u64> {
    let value = |line: &str| {
        let (before, value) = line.split_once(':')?;
        // In a node's file each line begins with the node: "Node 0 MemTotal:".
        let is_it = before.split_ascii_whitespace().last() == Some(name);
        if is_it {
            value.trim().trim_end_matches(" kB").parse().ok()
        } else {
            None
        }
    };
    text.lines().find_map(value)
}

fn huge_sizes(root: &Root, dir: &str) -> Vec<u64> {
    let size = |name: &String| {
        name.strip_prefix("hugepages-")?
            .strip_suffix("kB")?
            .parse()
            .ok()
    };
    let mut sizes: Vec<u64> = root.names(dir).iter().filter_map(size).collect();
    sizes.sort_unstable();
    sizes
}

#[cfg(test)]
mod tests {
    use super::{Memory, base_page, memory, page_sizes};
    use crate::fake::tree;

    #[test]
    fn sizes_are_in_kib() {
        let (_dir, root) = tree(&[
            (
                "proc/meminfo",
                "MemTotal: 100 kB\nMemFree:  50 kB\nMemAvailable: 70 kB\n\
              Buffers: 1 kB\nCached: 2 kB\nSwapCached: 9 kB\n",
            ),
            (
                "sys/kernel/mm/hugepages/hugepages-1048576kB/nr_hugepages",
                "0",
            ),
            ("sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages", "0"),
        ]);
        let expected = Memory {
            total: 100,
            free: 50,
            available: 70,
            buffers: 1,
            cached: 2,
        };
        assert_eq!(memory(&root).unwrap(), expected);
        assert_eq!(page_sizes(&root), [base_page(), 2048, 1_048_576]);
    }

    #[test]
    fn a_host_without_proc_is_an_error_that_names_the_file() {
        let (_dir, root) = tree(&[]);
        assert!(
            memory(&root)
                .unwrap_err()
                .to_string()
                .ends_with("proc/meminfo'")
        );
    }
}

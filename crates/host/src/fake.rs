//! A root for tests, made of given files.

use crate::root::Root;

/// A directory with these files, and its root.
pub(crate) fn tree(files: &[(&str, &str)]) -> (tempfile::TempDir, Root) {
    let dir = tempfile::tempdir().unwrap();
    for (path, content) in files {
        let path = dir.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        let mut file = std::fs::File::create(path).unwrap();
        std::io::Write::write_all(&mut file, content.as_bytes()).unwrap();
    }
    let root = Root::new(dir.path());
    (dir, root)
}

/// Two NUMA nodes with one socket each, two cores per socket, two threads per core; processor 7
/// is switched off.
pub(crate) fn two_nodes() -> (tempfile::TempDir, Root) {
    let mut files: Vec<(String, String)> = Vec::new();
    let mut add = |path: String, content: &str| files.push((path, format!("{content}\n")));
    let cpu = "sys/devices/system/cpu";
    add(format!("{cpu}/online"), "0-6");
    add(format!("{cpu}/present"), "0-7");
    for id in 0..7_u32 {
        let core = id % 4 / 2;
        let siblings = match id {
            6 => "6".to_owned(),
            _ => format!("{}-{}", id / 2 * 2, id / 2 * 2 + 1),
        };
        let topology = format!("{cpu}/cpu{id}/topology");
        add(
            format!("{topology}/physical_package_id"),
            &(id / 4).to_string(),
        );
        add(format!("{topology}/die_id"), "0");
        add(format!("{topology}/cluster_id"), "65535");
        add(format!("{topology}/core_id"), &core.to_string());
        add(format!("{topology}/thread_siblings_list"), &siblings);
    }
    for node in 0..2_u32 {
        let dir = format!("sys/devices/system/node/node{node}");
        let (cpus, distance) = if node == 0 {
            ("0-3", "10 21")
        } else {
            ("4-7", "21 10")
        };
        add(format!("{dir}/cpulist"), cpus);
        add(format!("{dir}/distance"), distance);
        let memory = format!("\nNode {node} MemTotal:  1048576 kB\nNode {node} MemFree: 524288 kB");
        add(format!("{dir}/meminfo"), &memory);
        let huge = format!("{dir}/hugepages/hugepages-2048kB");
        add(format!("{huge}/nr_hugepages"), "16");
        add(format!("{huge}/free_hugepages"), "4");
    }
    add(
        "proc/meminfo".to_owned(),
        "MemTotal: 2097152 kB\nMemFree: 1048576 kB",
    );
    let info = "processor\t: 0\ncpu MHz\t\t: 2596.142\n\nprocessor\t: 1\ncpu MHz\t\t: 800.0\n";
    add("proc/cpuinfo".to_owned(), info);
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, content)| (path.as_str(), content.as_str()))
        .collect();
    tree(&files)
}

//! The machine around the devices: what its firmware says of it, and how its CPUs and its memory
//! are arranged.

use crate::shell::Outcome;
use crate::sys;

/// Every string of the SMBIOS tables that the kernel shows, one a line.
pub(super) fn dmi(_: &str) -> Outcome {
    let lines = sys::names("/sys/class/dmi/id")
        .into_iter()
        .filter_map(|name| {
            let text = sys::text(format!("/sys/class/dmi/id/{name}"))?;
            let is_one_line = !text.contains('\n') && name != "modalias" && name != "uevent";
            is_one_line.then(|| format!("{name} {text}"))
        });
    Ok(lines.collect::<Vec<_>>().join("\n"))
}

/// Each CPU with its place, each NUMA node with its CPUs, memory and distances, and the memory in
/// blocks that could be plugged.
pub(super) fn topology(_: &str) -> Outcome {
    let numbered = |directory: &str, word: &str| {
        let mut found: Vec<(u32, String)> = sys::names(directory)
            .into_iter()
            .filter_map(|name| Some((name.strip_prefix(word)?.parse().ok()?, name)))
            .collect();
        found.sort();
        found.into_iter().map(|(_, name)| name)
    };
    let cpus = numbered("/sys/devices/system/cpu", "cpu").map(|name| cpu(&name));
    let nodes = numbered("/sys/devices/system/node", "node").map(|name| node(&name));
    let blocks = std::iter::once(blocks());
    Ok(cpus
        .chain(nodes)
        .chain(blocks)
        .collect::<Vec<_>>()
        .join("\n"))
}

fn cpu(name: &str) -> String {
    let fact = |file: &str| {
        sys::text(format!("/sys/devices/system/cpu/{name}/topology/{file}")).unwrap_or_default()
    };
    format!(
        "{name} package {} die {} core {} siblings {}",
        fact("physical_package_id"),
        fact("die_id"),
        fact("core_id"),
        fact("thread_siblings_list")
    )
}

fn node(name: &str) -> String {
    let fact = |file: &str| {
        sys::text(format!("/sys/devices/system/node/{name}/{file}")).unwrap_or_default()
    };
    let memory = fact("meminfo");
    let total = memory
        .lines()
        .find(|line| line.contains("MemTotal:"))
        .and_then(|line| line.split_whitespace().nth_back(1));
    format!(
        "{name} cpus {} memory {} distances {}",
        fact("cpulist"),
        total.unwrap_or("0"),
        fact("distance").replace(' ', ",")
    )
}

/// The kernel writes the size of a block in hexadecimal.
fn blocks() -> String {
    let size = sys::text("/sys/devices/system/memory/block_size_bytes").unwrap_or_default();
    let size = u64::from_str_radix(&size, 16).unwrap_or(0);
    let names = sys::names("/sys/devices/system/memory").into_iter();
    let states = names
        .filter_map(|name| sys::text(format!("/sys/devices/system/memory/{name}/state")))
        .collect::<Vec<_>>();
    let online = states.iter().filter(|state| *state == "online").count();
    format!(
        "blocks {online} online, {} in all, of {size} bytes",
        states.len()
    )
}

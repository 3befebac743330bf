//! `nodeinfo`: the host's processors and memory.

use serde::Serialize;

use crate::arguments::Arguments;
use crate::command::{Command, Group};
use crate::failure::Failure;
use crate::shell::Shell;

pub(crate) const COMMAND: Command = Command {
    name: "nodeinfo",
    group: Group::Host,
    summary: "node information",
    description: "Returns basic information about the node.",
    options: &[],
    shows: true,
    run: |shell, arguments| Box::pin(run(shell, arguments)),
};

#[derive(Serialize)]
struct Shown {
    cpu_model: String,
    cpus: u32,
    /// MHz.
    cpu_frequency: u32,
    sockets_per_node: u32,
    cores_per_socket: u32,
    threads_per_core: u32,
    numa_nodes: u32,
    /// KiB.
    memory: u64,
}

async fn run(shell: &mut Shell, arguments: &Arguments) -> Result<(), Failure> {
    let connection = shell.connection().await?;
    let node = connection
        .node_info()
        .await
        .map_err(Failure::call("failed to get node information"))?;
    let shown = Shown {
        cpu_model: node.model,
        cpus: node.cpus,
        cpu_frequency: node.mhz,
        sockets_per_node: node.sockets,
        cores_per_socket: node.cores,
        threads_per_core: node.threads,
        numa_nodes: node.nodes,
        memory: node.memory,
    };
    shell.show(arguments, &shown, text)
}

fn text(shown: &Shown) -> String {
    [
        ("CPU model:", shown.cpu_model.clone()),
        ("CPU(s):", shown.cpus.to_string()),
        ("CPU frequency:", format!("{} MHz", shown.cpu_frequency)),
        ("CPU socket(s):", shown.sockets_per_node.to_string()),
        ("Core(s) per socket:", shown.cores_per_socket.to_string()),
        ("Thread(s) per core:", shown.threads_per_core.to_string()),
        ("NUMA cell(s):", shown.numa_nodes.to_string()),
        ("Memory size:", format!("{} KiB", shown.memory)),
    ]
    .map(|(name, value)| format!("{name:<20} {value}\n"))
    .concat()
}

//! Names of typed parameters, one module per family.

pub mod admin_client;
pub mod admin_clients;
pub mod admin_threadpool;
pub mod bandwidth;
pub mod blkio;
pub mod block_copy;
pub mod block_iotune;
pub mod block_stats;
pub mod cpu_stats;
pub mod guest_info;
pub mod identity;
pub mod iothread;
pub mod job;
pub mod launch_security;
mod macros;
pub mod memory;
pub mod migrate;
pub mod network_port;
pub mod node_cpu;
pub mod node_memory;
pub mod node_sev;
pub mod node_shared_memory;
pub mod numa;
pub mod perf;
pub mod save;
pub mod scheduler;
pub mod stats;
pub mod tunable;

pub(crate) use macros::fields;

/// Every name.
pub(crate) const CATALOG: &[&[(&str, &str)]] = &[
    admin_client::CATALOG,
    admin_clients::CATALOG,
    admin_threadpool::CATALOG,
    bandwidth::CATALOG,
    blkio::CATALOG,
    block_copy::CATALOG,
    block_iotune::CATALOG,
    block_stats::CATALOG,
    cpu_stats::CATALOG,
    guest_info::CATALOG,
    identity::CATALOG,
    iothread::CATALOG,
    job::CATALOG,
    launch_security::CATALOG,
    memory::CATALOG,
    migrate::CATALOG,
    network_port::CATALOG,
    node_cpu::CATALOG,
    node_memory::CATALOG,
    node_sev::CATALOG,
    node_shared_memory::CATALOG,
    numa::CATALOG,
    perf::CATALOG,
    save::CATALOG,
    scheduler::CATALOG,
    stats::CATALOG,
    tunable::CATALOG,
];

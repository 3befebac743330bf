//! What the driver serves, one file per family of procedures.
//!
//! A handler finds its VM (which checks the permission), then reads the VM's snapshot or asks its owner. It holds
//! no logic of a VM's life.

mod blkio_parameters;
mod capabilities;
mod connect;
mod console;
mod cpu;
mod disk_info;
mod disk_stats;
mod disks;
pub mod document;
mod domain_capabilities;
mod domain_definition;
mod domain_info;
mod domain_lifecycle;
mod domain_list;
mod domain_metadata;
mod domain_none;
mod domain_pins;
mod domain_snapshot;
mod domain_snapshot_list;
mod domain_xml;
mod emulator;
pub mod errors;
pub mod events;
mod impact;
mod interface_stats;
mod live;
mod memory_parameters;
mod memory_stats;
mod monitor_command;
mod native;
mod node;
mod numa_parameters;
pub mod object;
mod parameters;
mod perf_events;
mod process_times;
mod scheduler_parameters;
mod stats;
mod tuning;
mod vcpu_info;

use driver::Routes;

use crate::driver::QemuDriver;

/// The driver's route table.
pub fn routes() -> Routes<QemuDriver> {
    let mut routes = Routes::new();
    routes
        .module(blkio_parameters::routes)
        .module(capabilities::routes)
        .module(connect::routes)
        .module(console::routes)
        .module(disk_info::routes)
        .module(disk_stats::routes)
        .module(cpu::routes)
        .module(domain_capabilities::routes)
        .module(domain_definition::routes)
        .module(domain_info::routes)
        .module(domain_lifecycle::routes)
        .module(domain_list::routes)
        .module(domain_metadata::routes)
        .module(domain_none::routes)
        .module(domain_pins::routes)
        .module(domain_snapshot::routes)
        .module(domain_snapshot_list::routes)
        .module(domain_xml::routes)
        .module(interface_stats::routes)
        .module(memory_parameters::routes)
        .module(memory_stats::routes)
        .module(monitor_command::routes)
        .module(native::routes)
        .module(node::routes)
        .module(numa_parameters::routes)
        .module(perf_events::routes)
        .module(scheduler_parameters::routes)
        .module(stats::routes)
        .module(vcpu_info::routes);
    routes
}

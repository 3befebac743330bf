//! What the driver serves, one file per family of procedures.
//!
//! A handler finds its VM (which checks the permission), then reads the VM's snapshot or asks its owner. It holds
//! no logic of a VM's life.

mod capabilities;
mod connect;
mod console;
pub mod document;
mod domain_definition;
mod domain_info;
mod domain_lifecycle;
mod domain_list;
mod domain_metadata;
mod domain_none;
mod domain_xml;
pub mod errors;
pub mod events;
mod impact;
mod monitor_command;
mod native;
mod node;
pub mod object;
mod process_times;

use driver::Routes;

use crate::driver::QemuDriver;

/// The driver's route table.
pub fn routes() -> Routes<QemuDriver> {
    let mut routes = Routes::new();
    routes
        .module(capabilities::routes)
        .module(connect::routes)
        .module(console::routes)
        .module(domain_definition::routes)
        .module(domain_info::routes)
        .module(domain_lifecycle::routes)
        .module(domain_list::routes)
        .module(domain_metadata::routes)
        .module(domain_none::routes)
        .module(domain_xml::routes)
        .module(monitor_command::routes)
        .module(native::routes)
        .module(node::routes);
    routes
}

//! The remote program: the public API. One file per family of procedures.

mod auth;
mod capabilities;
mod connect;
mod domain_block;
mod domain_checkpoint;
mod domain_console;
mod domain_cpu;
mod domain_definition;
mod domain_device;
mod domain_event_callbacks;
mod domain_event_calls;
mod domain_events;
mod domain_guest;
mod domain_info;
mod domain_job;
mod domain_lifecycle;
mod domain_lookup;
mod domain_memory;
mod domain_migrate;
mod domain_migrate3;
mod domain_migrate3_params;
mod domain_save;
mod domain_security;
mod domain_snapshot;
mod domain_stats;
mod domain_tune;
mod interface;
mod network;
mod network_port;
mod node;
mod node_device;
mod nwfilter;
mod objects;
mod secret;
mod storage_pool;
mod storage_vol;

pub use auth::*;
pub use capabilities::*;
pub use connect::*;
pub use domain_block::*;
pub use domain_checkpoint::*;
pub use domain_console::*;
pub use domain_cpu::*;
pub use domain_definition::*;
pub use domain_device::*;
pub use domain_event_callbacks::*;
pub use domain_event_calls::*;
pub use domain_events::*;
pub use domain_guest::*;
pub use domain_info::*;
pub use domain_job::*;
pub use domain_lifecycle::*;
pub use domain_lookup::*;
pub use domain_memory::*;
pub use domain_migrate::*;
pub use domain_migrate3::*;
pub use domain_migrate3_params::*;
pub use domain_save::*;
pub use domain_security::*;
pub use domain_snapshot::*;
pub use domain_stats::*;
pub use domain_tune::*;
pub use interface::*;
pub use network::*;
pub use network_port::*;
pub use node::*;
pub use node_device::*;
pub use nwfilter::*;
pub use objects::*;
pub use secret::*;
pub use storage_pool::*;
pub use storage_vol::*;

use crate::procedure::{Declaration, Visitor};

pub(crate) const DECLARED: &[&[Declaration]] = &[
    auth::PROCEDURES,
    capabilities::PROCEDURES,
    connect::PROCEDURES,
    connect::EVENTS,
    domain_block::PROCEDURES,
    domain_checkpoint::PROCEDURES,
    domain_console::PROCEDURES,
    domain_cpu::PROCEDURES,
    domain_definition::PROCEDURES,
    domain_device::PROCEDURES,
    domain_event_callbacks::EVENTS,
    domain_event_calls::PROCEDURES,
    domain_events::EVENTS,
    domain_guest::PROCEDURES,
    domain_info::PROCEDURES,
    domain_job::PROCEDURES,
    domain_lifecycle::PROCEDURES,
    domain_lookup::PROCEDURES,
    domain_memory::PROCEDURES,
    domain_migrate::PROCEDURES,
    domain_migrate3::PROCEDURES,
    domain_migrate3_params::PROCEDURES,
    domain_save::PROCEDURES,
    domain_security::PROCEDURES,
    domain_snapshot::PROCEDURES,
    domain_stats::PROCEDURES,
    domain_tune::PROCEDURES,
    interface::PROCEDURES,
    network::PROCEDURES,
    network::EVENTS,
    network_port::PROCEDURES,
    node::PROCEDURES,
    node_device::PROCEDURES,
    node_device::EVENTS,
    nwfilter::PROCEDURES,
    secret::PROCEDURES,
    secret::EVENTS,
    storage_pool::PROCEDURES,
    storage_pool::EVENTS,
    storage_vol::PROCEDURES,
];

/// Shows every procedure and event of this program to the visitor.
pub fn visit(visitor: &mut impl Visitor) {
    auth::visit_procedures(visitor);
    capabilities::visit_procedures(visitor);
    connect::visit_procedures(visitor);
    connect::visit_events(visitor);
    domain_block::visit_procedures(visitor);
    domain_checkpoint::visit_procedures(visitor);
    domain_console::visit_procedures(visitor);
    domain_cpu::visit_procedures(visitor);
    domain_definition::visit_procedures(visitor);
    domain_device::visit_procedures(visitor);
    domain_event_callbacks::visit_events(visitor);
    domain_event_calls::visit_procedures(visitor);
    domain_events::visit_events(visitor);
    domain_guest::visit_procedures(visitor);
    domain_info::visit_procedures(visitor);
    domain_job::visit_procedures(visitor);
    domain_lifecycle::visit_procedures(visitor);
    domain_lookup::visit_procedures(visitor);
    domain_memory::visit_procedures(visitor);
    domain_migrate::visit_procedures(visitor);
    domain_migrate3::visit_procedures(visitor);
    domain_migrate3_params::visit_procedures(visitor);
    domain_save::visit_procedures(visitor);
    domain_security::visit_procedures(visitor);
    domain_snapshot::visit_procedures(visitor);
    domain_stats::visit_procedures(visitor);
    domain_tune::visit_procedures(visitor);
    interface::visit_procedures(visitor);
    network::visit_procedures(visitor);
    network::visit_events(visitor);
    network_port::visit_procedures(visitor);
    node::visit_procedures(visitor);
    node_device::visit_procedures(visitor);
    node_device::visit_events(visitor);
    nwfilter::visit_procedures(visitor);
    secret::visit_procedures(visitor);
    secret::visit_events(visitor);
    storage_pool::visit_procedures(visitor);
    storage_pool::visit_events(visitor);
    storage_vol::visit_procedures(visitor);
}

//! Rules over more than one element: what a document says together, and what this QEMU can do of it.

use super::{Checked, Completed, DomainError};
use crate::capabilities::Capabilities;

mod characters;
mod client_devices;
mod clock;
pub(crate) mod controllers;
mod cpu;
mod devices;
mod disks;
pub(crate) mod displays;
mod features;
mod filesystems;
mod firmware;
pub(crate) mod hostdevs;
mod inputs;
mod interfaces;
mod lifecycle;
mod machine;
mod memory;
mod memory_devices;
mod platform_devices;
mod queue_map;
mod security;
mod tpms;
mod tuning;
mod vcpus;
mod watchdogs;

pub use queue_map::QueueMapFault;

/// Checks a completed document against every rule.
///
/// # Errors
/// The first rule that is broken.
pub fn check(completed: Completed, capabilities: &Capabilities) -> Result<Checked, DomainError> {
    let domain = completed.0;
    machine::check(&domain, capabilities)?;
    devices::check_unassigned(&domain)?;
    features::check(&domain)?;
    firmware::check(&domain)?;
    memory::check(&domain)?;
    lifecycle::check(&domain)?;
    clock::check(&domain)?;
    security::check(&domain, capabilities)?;
    cpu::check(&domain, capabilities)?;
    if let Some(cpu) = domain.cpu.as_deref() {
        super::cpu::check_document(cpu)?;
    }
    vcpus::check(&domain)?;
    tuning::check(&domain)?;
    disks::check(&domain, capabilities)?;
    interfaces::check(&domain)?;
    controllers::check(&domain, capabilities)?;
    characters::check(&domain)?;
    inputs::check(&domain, capabilities)?;
    displays::check(&domain, capabilities)?;
    memory_devices::check(&domain, capabilities)?;
    tpms::check(&domain.devices, capabilities)?;
    filesystems::check(&domain, capabilities)?;
    hostdevs::check(&domain.devices, capabilities)?;
    client_devices::check(&domain.devices, capabilities)?;
    platform_devices::check(&domain, capabilities)?;
    watchdogs::check(&domain, capabilities)?;
    devices::check(&domain, capabilities)?;
    Ok(Checked(domain))
}

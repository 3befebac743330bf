//! Rules over more than one element: what a document says together, and what this QEMU can do of it.

use super::{Checked, Completed, DomainError};
use crate::capabilities::Capabilities;

mod cpu;
mod devices;
mod disks;
mod displays;
mod interfaces;
mod machine;

/// Checks a completed document against every rule.
///
/// # Errors
/// The first rule that is broken.
pub fn check(completed: Completed, capabilities: &Capabilities) -> Result<Checked, DomainError> {
    let domain = completed.0;
    machine::check(&domain, capabilities)?;
    cpu::check(&domain, capabilities)?;
    disks::check(&domain)?;
    interfaces::check(&domain)?;
    displays::check(&domain.devices, capabilities)?;
    devices::check(&domain, capabilities)?;
    Ok(Checked(domain))
}

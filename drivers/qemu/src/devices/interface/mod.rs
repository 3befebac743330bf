//! `<interface>`: the network back-end and the card in front of it.

mod frontend;
mod netdev;

use std::path::Path;

use documents::domain::Interface;

use super::part::Part;
use super::seat::{Guest, alias};
use crate::capabilities::Capabilities;
use crate::domain::DomainError;

pub use self::netdev::{passt_socket, wanted_tap};

/// The descriptors of a prepared tap device, by the numbers that QEMU sees.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TapFds {
    /// The tap device, one for each queue.
    pub fds: Vec<i32>,
    /// `/dev/vhost-net`, one for each queue, or none.
    pub vhost: Vec<i32>,
}

/// What the start knows of an interface.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Facts<'a> {
    /// Its place among the interfaces.
    pub(crate) index: usize,
    /// Its tap device, where it has one.
    pub(crate) tap: Option<&'a TapFds>,
    /// The descriptor of its vDPA device, where it has one.
    pub(crate) vdpa: Option<i32>,
    /// Where the sockets of this guest's passt processes are, without their names' ends.
    pub(crate) passt: Option<&'a Path>,
    /// Its place in the boot order.
    pub(crate) boot: Option<u32>,
}

/// Everything that QEMU creates for an interface.
pub(crate) fn parts(
    interface: &Interface,
    guest: &Guest<'_>,
    capabilities: &Capabilities,
    facts: &Facts<'_>,
) -> Result<Vec<Part>, DomainError> {
    let alias = alias(&interface.info);
    let mut parts = Vec::new();
    let netdev = netdev::netdev(interface, capabilities, facts, &alias, &mut parts)?;
    let device = frontend::device(interface, guest, facts, alias);
    parts.push(Part::netdev(&netdev)?);
    parts.push(Part::device(&device)?);
    Ok(parts)
}

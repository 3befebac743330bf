//! Host ports for displays.

use std::collections::BTreeSet;
use std::net::TcpListener;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The ports that the VMs of a driver use.
#[derive(Debug, Default)]
pub struct Ports {
    taken: Mutex<BTreeSet<u16>>,
}

/// Every port of the range is in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "no display port from {first} to {last} is free: widen remote_display_port_min and _max in qemu.conf"
)]
pub struct NoFreePort {
    /// The first port of the range.
    pub first: u16,
    /// The last one.
    pub last: u16,
}

impl Ports {
    /// Reserves the first port from `first` to `last` that no VM has and that nobody else listens on.
    ///
    /// # Errors
    /// When there is none.
    pub fn reserve(&self, (first, last): (u16, u16)) -> Result<u16, NoFreePort> {
        let mut taken = self.lock();
        let free = (first..=last).find(|port| !taken.contains(port) && is_free(*port));
        let port = free.ok_or(NoFreePort { first, last })?;
        taken.insert(port);
        Ok(port)
    }

    /// Notes ports that a VM was told to use, or that it has from before a restart.
    pub fn note(&self, ports: &[u16]) {
        self.lock().extend(ports);
    }

    /// Gives ports back.
    pub fn release(&self, ports: &[u16]) {
        let mut taken = self.lock();
        for port in ports {
            taken.remove(port);
        }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeSet<u16>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether nobody listens on a port, of any address of the host.
fn is_free(port: u16) -> bool {
    TcpListener::bind(("0.0.0.0", port)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_is_given_once() {
        let (ports, range) = (Ports::default(), (45900, 45999));
        let one = ports.reserve(range).unwrap();
        let other = ports.reserve(range).unwrap();
        assert_ne!(one, other);
        ports.release(&[one]);
        assert_eq!(ports.reserve(range), Ok(one));
    }

    #[test]
    fn a_port_in_use_is_passed_over() {
        let listener = TcpListener::bind("0.0.0.0:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let ports = Ports::default();
        assert_eq!(
            ports.reserve((port, port)),
            Err(NoFreePort {
                first: port,
                last: port
            })
        );
    }
}

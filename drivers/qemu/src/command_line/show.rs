//! What stands in for the host when a command line is only shown.

use std::collections::BTreeMap;

use documents::domain::{Domain, EthernetSource, Interface, InterfaceSource};

use crate::devices::{TapFds, wanted_tap};
use crate::domain::{DomainError, Live};

/// The first descriptor number that is shown.
const FIRST_FD: i32 = 26;

/// Reduces each interface to its card: model and hardware address. What it is connected to is not opened; its place
/// and its name are given anew, as libvirt does.
///
/// # Errors
/// When no place is left.
pub(super) fn with_plain_interfaces(mut live: Live) -> Result<Live, DomainError> {
    for interface in &mut live.document_mut().devices.interfaces {
        if matches!(interface.source, InterfaceSource::Hostdev(_)) {
            continue;
        }
        *interface = Interface {
            mac: interface.mac.take(),
            source: InterfaceSource::Ethernet(EthernetSource::default()),
            model: interface.model.take(),
            ..Interface::default()
        };
    }
    live.place_anew()?;
    Ok(live)
}

/// A descriptor for each queue of each interface, in order.
pub(super) fn placeholder_taps(domain: &Domain) -> BTreeMap<usize, TapFds> {
    let mut next = FIRST_FD;
    let mut taps = BTreeMap::new();
    for (index, interface) in domain.devices.interfaces.iter().enumerate() {
        let Some((queues, _)) = wanted_tap(interface) else {
            continue;
        };
        let after = next.saturating_add(i32::try_from(queues).unwrap_or(1));
        let fds = (next..after).collect();
        next = after;
        taps.insert(
            index,
            TapFds {
                fds,
                vhost: Vec::new(),
            },
        );
    }
    taps
}

//! What went through interfaces: read from the host's network devices.

use documents::MacAddress;
use documents::domain::{Domain, Interface, InterfaceSource};
use driver::{Call, Error, Routes};
use host::Root;
use host::traffic::{Direction, Traffic, traffic};
use protocol::error::Code;
use protocol::remote::{DomainInterfaceStats, DomainInterfaceStatsArgs, DomainInterfaceStatsRet};

use super::{live, object};
use crate::driver::QemuDriver;

/// What is served here.
pub(super) fn routes(routes: &mut Routes<QemuDriver>) {
    routes.on::<DomainInterfaceStats>(interface_stats);
}

async fn interface_stats(
    call: Call<QemuDriver>,
    args: DomainInterfaceStatsArgs,
) -> Result<DomainInterfaceStatsRet, Error> {
    let snapshot = object::find(&call, &args.dom)?.snapshot();
    let live = live::running(&snapshot)?;
    let word = &args.device;
    let interface = find(&live.document, word).ok_or_else(|| {
        Error::verbatim(
            Code::InvalidArg,
            format!("'{word}' is not a known interface"),
        )
    })?;
    if device(interface).is_none() {
        let text = "Interface name not provided";
        return Err(Error::new(Code::InternalError, text));
    }
    let Traffic { received, sent } = of_interface(interface).ok_or_else(|| {
        let text = format!("the host does not count what goes through '{word}'");
        Error::new(Code::InternalError, text)
    })?;
    Ok(DomainInterfaceStatsRet {
        rx_bytes: signed(received.bytes),
        rx_packets: signed(received.packets),
        rx_errs: signed(received.errors),
        rx_drop: signed(received.dropped),
        tx_bytes: signed(sent.bytes),
        tx_packets: signed(sent.packets),
        tx_errs: signed(sent.errors),
        tx_drop: signed(sent.dropped),
    })
}

/// The interface that `word` names: the host's device, or the MAC address.
pub(super) fn find<'d>(document: &'d Domain, word: &str) -> Option<&'d Interface> {
    let interfaces = || document.devices.interfaces.iter();
    if let Ok(address) = word.parse::<MacAddress>() {
        let is_it = |it: &&Interface| it.mac.as_ref().is_some_and(|mac| mac.address == address);
        return interfaces().find(is_it);
    }
    interfaces().find(|interface| device(interface) == Some(word))
}

/// The host's device.
pub(super) fn device(interface: &Interface) -> Option<&str> {
    interface.target.as_ref()?.dev.as_deref()
}

/// The counters as the guest sees them: what a tap device sends the guest receives. A device that the guest shares
/// with the host (macvtap) counts in the guest's direction by itself.
pub(super) fn of_interface(interface: &Interface) -> Option<Traffic> {
    let counted = traffic(&Root::default(), device(interface)?).ok()??;
    Some(match interface.source {
        InterfaceSource::Direct(_) => counted,
        _ => turned(counted),
    })
}

fn turned(counted: Traffic) -> Traffic {
    let Traffic { received, sent }: Traffic = counted;
    let (received, sent): (Direction, Direction) = (sent, received);
    Traffic { received, sent }
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

//! Limits of bandwidth, set with `tc` on the host's end. What the host receives is what the guest sends.
//!
//! What goes to the guest is queued: an `htb` discipline with one class. What comes from it is policed at the ingress.

use documents::domain::{BandwidthLimit, Interface, InterfaceSource};
use process::Program;

use super::{NetworkError, device, run};

/// The size of a packet from which a class's share of a round is derived, in bytes.
const PACKET: u64 = 1500;

/// Sets the limits of an interface that has a device on the host.
pub(super) fn set(interface: &Interface) -> Result<(), NetworkError> {
    let (Some(bandwidth), Some(device)) = (&interface.bandwidth, device(interface)) else {
        return Ok(());
    };
    // The guest is at the other end of a tap device, but on the same side of a macvtap one.
    let swapped = !matches!(interface.source, InterfaceSource::Direct(_));
    let (to_guest, from_guest) = match swapped {
        true => (&bandwidth.inbound, &bandwidth.outbound),
        false => (&bandwidth.outbound, &bandwidth.inbound),
    };
    let mut commands = Vec::new();
    if let Some(limit) = to_guest {
        commands.extend(queue(device, limit));
    }
    if let Some(limit) = from_guest {
        commands.extend(police(device, limit));
    }
    for command in commands {
        let words: Vec<&str> = command.split(' ').collect();
        run(Program::Tc, &words)?;
    }
    Ok(())
}

fn queue(device: &str, limit: &BandwidthLimit) -> Vec<String> {
    let Some(average) = limit.average.filter(|average| *average > 0) else {
        return Vec::new();
    };
    let peak = limit.peak.map(|peak| format!(" ceil {peak}kbps"));
    let burst = limit.burst.map(|burst| format!(" burst {burst}kb"));
    let quantum = (average.saturating_mul(1024) / 8 / PACKET).max(1);
    vec![
        format!("qdisc add dev {device} root handle 1: htb default 1"),
        format!(
            "class add dev {device} parent 1: classid 1:1 htb rate {average}kbps{}{} quantum {quantum}",
            peak.unwrap_or_default(),
            burst.unwrap_or_default(),
        ),
        format!("qdisc add dev {device} parent 1:1 handle 2: sfq perturb 10"),
        format!("filter add dev {device} parent 1:0 protocol all prio 1 handle 1 fw flowid 1"),
    ]
}

fn police(device: &str, limit: &BandwidthLimit) -> Vec<String> {
    let average = limit.average.unwrap_or_default();
    // tc keeps the burst as bytes in 32 bits.
    let burst = limit
        .burst
        .unwrap_or(average.min(u64::from(u32::MAX) / 1024));
    vec![
        format!("qdisc add dev {device} ingress"),
        format!(
            "filter add dev {device} parent ffff: protocol all u32 match u32 0 0 \
             police rate {average}kbps burst {burst}kb mtu 64kb drop flowid :1"
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_to_the_guest_is_queued_and_what_comes_is_policed() {
        let limit = BandwidthLimit {
            average: Some(1000),
            peak: Some(5000),
            floor: None,
            burst: Some(1024),
        };
        let queue = queue("vnet0", &limit);
        assert_eq!(
            queue[1],
            "class add dev vnet0 parent 1: classid 1:1 htb rate 1000kbps ceil 5000kbps burst 1024kb quantum 85"
        );
        let only_average = BandwidthLimit {
            average: Some(128),
            ..BandwidthLimit::default()
        };
        let police = police("vnet0", &only_average);
        assert!(police[1].contains("rate 128kbps burst 128kb"), "{police:?}");
    }
}

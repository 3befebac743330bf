//! What went through the host's network devices.

use crate::error::HostError;
use crate::root::Root;

/// Counters of a network device since it was made, as the host sees them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traffic {
    /// What came in.
    pub received: Direction,
    /// What went out.
    pub sent: Direction,
}

/// One direction's counters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Direction {
    /// Bytes.
    pub bytes: u64,
    /// Packets.
    pub packets: u64,
    /// Packets that had errors.
    pub errors: u64,
    /// Packets that were dropped.
    pub dropped: u64,
}

/// Reads a device's counters (`/proc/net/dev`); `None` when there is no such device.
///
/// # Errors
/// When `/proc` is not mounted.
pub fn traffic(root: &Root, device: &str) -> Result<Option<Traffic>, HostError> {
    let text = root.read("proc/net/dev")?;
    let counters = text.lines().find_map(|line| {
        let (name, counters) = line.split_once(':')?;
        (name.trim() == device).then_some(counters)
    });
    Ok(counters.map(parse))
}

/// Eight counters of what came in, then eight of what went out; the last four of each are special.
fn parse(counters: &str) -> Traffic {
    let mut numbers = counters
        .split_ascii_whitespace()
        .map(|number| number.parse().unwrap_or(0));
    let received = direction(&mut numbers);
    let sent = direction(&mut numbers.skip(4));
    Traffic { received, sent }
}

fn direction(numbers: &mut impl Iterator<Item = u64>) -> Direction {
    let mut next = || numbers.next().unwrap_or(0);
    Direction {
        bytes: next(),
        packets: next(),
        errors: next(),
        dropped: next(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Direction, traffic};
    use crate::fake::tree;

    #[test]
    fn each_direction_has_its_columns() {
        let text = "Inter-|   Receive\n face |bytes\n    lo: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n\
            vnet0:100 2 0 1 0 0 0 0 50 1 0 0 0 0 0 0\n";
        let (_dir, root) = tree(&[("proc/net/dev", text)]);
        let vnet = traffic(&root, "vnet0").unwrap().unwrap();
        assert_eq!((vnet.received.bytes, vnet.sent.bytes), (100, 50));
        let lo = traffic(&root, "lo").unwrap().unwrap();
        let sent = Direction {
            bytes: 9,
            packets: 10,
            errors: 11,
            dropped: 12,
        };
        assert_eq!(lo.sent, sent);
        assert_eq!(traffic(&root, "vnet").unwrap(), None);
    }
}

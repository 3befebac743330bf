//! Interfaces: the addresses of user networking.

use documents::domain::{Domain, Interface, InterfaceSource, IpFamily};

use crate::domain::error::InterfaceError;

/// The prefixes for which user networking has room for its own addresses.
const PREFIXES: std::ops::RangeInclusive<u32> = 4..=27;

pub(super) fn check(domain: &Domain) -> Result<(), InterfaceError> {
    let users = domain
        .devices
        .interfaces
        .iter()
        .filter(|i| matches!(i.source, InterfaceSource::User(_)));
    users.into_iter().try_for_each(check_user)
}

fn check_user(interface: &Interface) -> Result<(), InterfaceError> {
    let (mut v4, mut v6) = (0, 0);
    for ip in &interface.ips {
        let is_v6 =
            ip.family == Some(IpFamily::Ipv6) || (ip.family.is_none() && ip.address.contains(':'));
        let (count, family) = if is_v6 {
            (&mut v6, "IPv6")
        } else {
            (&mut v4, "IPv4")
        };
        *count += 1;
        if *count > 1 {
            return Err(InterfaceError::SecondAddress { family });
        }
        if !is_v6 && ip.prefix.is_some_and(|prefix| !PREFIXES.contains(&prefix)) {
            return Err(InterfaceError::Prefix);
        }
    }
    Ok(())
}

//! `<ip>`, `<route>` and `<portForward>` of interfaces: addresses can be read, and routes lead to networks.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use documents::domain::{
    Interface, InterfaceIp, InterfaceRoute, InterfaceSource, IpFamily, PortForward,
};

use crate::domain::error::InterfaceRule;
use crate::domain::ip_address::parse;

/// The first rule that addresses of an interface break.
pub(super) fn broken(interface: &Interface) -> Option<InterfaceRule> {
    let none: (&[InterfaceIp], &[InterfaceRoute]) = (&[], &[]);
    let (host_ips, host_routes) = match &interface.source {
        InterfaceSource::Ethernet(host) => (host.ips.as_slice(), host.routes.as_slice()),
        _ => none,
    };
    let mut ips = interface.ips.iter().chain(host_ips);
    let mut routes = interface.routes.iter().chain(host_routes);
    let mut forwards = interface.port_forwards.iter();
    ips.find_map(broken_ip)
        .or_else(|| routes.find_map(broken_route))
        .or_else(|| forwards.find_map(broken_forward))
}

fn broken_ip(ip: &InterfaceIp) -> Option<InterfaceRule> {
    let Some(address) = parse(&ip.address).filter(|it| is_of(it, ip.family)) else {
        return Some(InterfaceRule::Address);
    };
    let family = Some(family(&address));
    if ip.prefix.is_some_and(|prefix| prefix > bits(&address)) {
        return Some(InterfaceRule::IpPrefix);
    }
    let readable = |peer: &str| parse(peer).is_some_and(|it| is_of(&it, family));
    match ip.peer.as_deref() {
        Some(peer) if !readable(peer) => Some(InterfaceRule::Peer),
        _ => None,
    }
}

fn broken_route(route: &InterfaceRoute) -> Option<InterfaceRule> {
    let Some(address) = route.address.as_deref().and_then(parse) else {
        return Some(InterfaceRule::RouteAddress);
    };
    let Some(gateway) = route.gateway.as_deref().and_then(parse) else {
        return Some(InterfaceRule::Gateway);
    };
    // Nothing said is IPv4.
    let wanted = Some(route.family.unwrap_or(IpFamily::Ipv4));
    if !is_of(&address, wanted) || !is_of(&gateway, wanted) {
        return Some(InterfaceRule::RouteFamily);
    }
    if route.prefix.is_some_and(|prefix| prefix > bits(&address)) {
        return Some(InterfaceRule::RoutePrefix);
    }
    let network = match route.netmask.as_deref() {
        None => network(&address, route.prefix.unwrap_or(0)),
        Some(text) => match (address, parse(text)) {
            (IpAddr::V4(address), Some(IpAddr::V4(mask))) if route.prefix.is_none() => {
                IpAddr::V4(address & mask)
            }
            _ => return Some(InterfaceRule::Netmask),
        },
    };
    (network != address).then_some(InterfaceRule::RouteNetwork)
}

fn broken_forward(forward: &PortForward) -> Option<InterfaceRule> {
    let address = forward.address.as_deref()?;
    parse(address)
        .is_none()
        .then_some(InterfaceRule::ForwardAddress)
}

fn family(address: &IpAddr) -> IpFamily {
    match address {
        IpAddr::V4(_) => IpFamily::Ipv4,
        IpAddr::V6(_) => IpFamily::Ipv6,
    }
}

fn is_of(address: &IpAddr, wanted: Option<IpFamily>) -> bool {
    wanted.is_none_or(|wanted| wanted == family(address))
}

/// How many bits an address has.
fn bits(address: &IpAddr) -> u32 {
    match address {
        IpAddr::V4(_) => Ipv4Addr::BITS,
        IpAddr::V6(_) => Ipv6Addr::BITS,
    }
}

/// The network that an address is in: its first bits, and zeros.
fn network(address: &IpAddr, prefix: u32) -> IpAddr {
    match address {
        IpAddr::V4(it) => {
            let mask = u32::MAX.checked_shl(Ipv4Addr::BITS - prefix).unwrap_or(0);
            IpAddr::V4(Ipv4Addr::from_bits(it.to_bits() & mask))
        }
        IpAddr::V6(it) => {
            let mask = u128::MAX.checked_shl(Ipv6Addr::BITS - prefix).unwrap_or(0);
            IpAddr::V6(Ipv6Addr::from_bits(it.to_bits() & mask))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use protocol::error::{Code, Origin};

    fn ethernet(content: &str, expected: Option<(Code, Origin)>) {
        let text = format!(
            "<devices><interface type='ethernet'><source>{content}</source></interface></devices>"
        );
        check(&text, expected);
    }

    #[test]
    fn an_address_is_of_its_family() {
        let refused = Some((Code::XmlError, Origin::Domain));
        ethernet("<ip address='10.0.0.1' prefix='24'/>", None);
        ethernet("<ip address='0'/>", None);
        ethernet("<ip address='fe80::1' family='ipv6' prefix='64'/>", None);
        ethernet("<ip address='fe80::1' family='ipv4'/>", refused);
        ethernet("<ip address='foo'/>", refused);
        ethernet("<ip address='10.0.0.1' prefix='33'/>", refused);
    }

    #[test]
    fn a_peer_is_of_the_family_of_the_address() {
        let refused = Some((Code::InvalidArg, Origin::Domain));
        ethernet("<ip address='10.0.0.1' peer='10.0.0.2'/>", None);
        ethernet("<ip address='10.0.0.1' peer='foo'/>", refused);
        ethernet("<ip address='10.0.0.1' peer='fe80::1'/>", refused);
    }

    #[test]
    fn a_route_leads_to_a_network_by_a_gateway() {
        let route = |attributes: &str, expected| {
            ethernet(&format!("<route {attributes}/>"), expected);
        };
        let refused = Some((Code::XmlError, Origin::Network));
        route("address='10.1.0.0' prefix='16' gateway='10.0.0.1'", None);
        route(
            "address='10.1.0.0' netmask='255.255.0.0' gateway='10.0.0.1'",
            None,
        );
        route("address='0' gateway='10.0.0.1'", None);
        route(
            "family='ipv6' address='fd00::' prefix='8' gateway='fe80::1'",
            None,
        );
        for wrong in [
            "gateway='10.0.0.1'",
            "address='' gateway='10.0.0.1'",
            "address='10.1.0.0' prefix='16'",
            "address='fd00::' prefix='8' gateway='fe80::1'",
            "address='10.1.0.0' prefix='33' gateway='10.0.0.1'",
            "address='10.1.0.0' gateway='10.0.0.1'",
            "address='10.1.0.0' prefix='8' gateway='10.0.0.1'",
            "address='10.1.0.0' prefix='16' netmask='255.255.0.0' gateway='10.0.0.1'",
            "family='ipv6' address='fd00::' netmask='ff00::' gateway='fe80::1'",
        ] {
            route(wrong, refused);
        }
    }

    #[test]
    fn a_port_is_forwarded_from_an_address() {
        let forward = |address: &str, expected| {
            let text = format!(
                "<devices><interface type='user'>\
                 <portForward proto='tcp' address='{address}'/></interface></devices>"
            );
            check(&text, expected);
        };
        forward("127.0.0.1", None);
        forward("foo", Some((Code::XmlError, Origin::Domain)));
    }
}

//! Bringing a network interface up, with an address given or leased.

use std::net::Ipv4Addr;

use crate::net::{Link, dhcp};
use crate::shell::{Failure, Outcome};
use crate::sys;

pub(super) fn up(rest: &str) -> Outcome {
    let mut words = rest.split_whitespace();
    let name = words.next().ok_or(Failure::Usage(""))?;
    let link = Link::find(name)?;
    link.set_up()?;
    let (address, prefix, router) = match words.next() {
        Some(word) => static_address(word)?,
        None => dhcp::lease(&link)?,
    };
    link.add_address(address, prefix)?;
    if let Some(router) = router {
        link.add_default_route(router)?;
    }
    let mac = sys::text(format!("/sys/class/net/{name}/address")).unwrap_or_default();
    let router = router.map_or_else(String::new, |router| format!(" router {router}"));
    Ok(format!("{name} {mac} {address}/{prefix}{router}"))
}

fn static_address(word: &str) -> Result<(Ipv4Addr, u8, Option<Ipv4Addr>), Failure> {
    let wrong = || Failure::Value {
        value: word.to_owned(),
        wanted: "an IPv4 ADDRESS/PREFIX",
    };
    let (address, prefix) = word.split_once('/').ok_or_else(wrong)?;
    let address = address.parse().map_err(|_| wrong())?;
    let prefix = prefix
        .parse()
        .ok()
        .filter(|prefix| *prefix <= 32)
        .ok_or_else(wrong)?;
    Ok((address, prefix, None))
}

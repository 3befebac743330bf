//! Network interfaces, as far as the guest changes them.

pub(crate) mod dhcp;
mod netlink;

use std::net::Ipv4Addr;

use crate::shell::Failure;
use crate::sys;
use netlink::{Message, NEW_ADDRESS, NEW_LINK, NEW_ROUTE};

/// `IFA_LOCAL` and `IFA_ADDRESS` (linux/if_addr.h).
const ADDRESS: u16 = 1;
const LOCAL: u16 = 2;
/// `RTA_DST`, `RTA_OIF` and `RTA_GATEWAY` (linux/rtnetlink.h).
const DESTINATION: u16 = 1;
const OUTPUT: u16 = 4;
const GATEWAY: u16 = 5;

const IPV4: u8 = 2;
const UP: u32 = 1;

/// An interface that exists.
pub(crate) struct Link {
    pub(crate) name: String,
    index: u32,
}

impl Link {
    pub(crate) fn find(name: &str) -> Result<Self, Failure> {
        let index = (!name.contains('/'))
            .then(|| sys::text(format!("/sys/class/net/{name}/ifindex")))
            .flatten()
            .and_then(|text| text.parse().ok());
        let index = index.ok_or_else(|| Failure::Absent {
            what: format!("interface {name}"),
        })?;
        Ok(Self {
            name: name.to_owned(),
            index,
        })
    }

    /// The hardware address.
    pub(crate) fn mac(&self) -> [u8; 6] {
        let text = sys::text(format!("/sys/class/net/{}/address", self.name)).unwrap_or_default();
        let mut mac = [0; 6];
        for (byte, digits) in mac.iter_mut().zip(text.split(':')) {
            *byte = u8::from_str_radix(digits, 16).unwrap_or(0);
        }
        mac
    }

    pub(crate) fn set_up(&self) -> Result<(), Failure> {
        // struct ifinfomsg: family, pad, type, index, flags, change.
        let mut message = Message::new(NEW_LINK);
        message
            .bytes(&[0, 0, 0, 0])
            .word(self.index)
            .word(UP)
            .word(UP);
        message.send()
    }

    pub(crate) fn add_address(&self, address: Ipv4Addr, prefix: u8) -> Result<(), Failure> {
        // struct ifaddrmsg: family, prefix length, flags, scope, index.
        let mut message = Message::create(NEW_ADDRESS);
        message.bytes(&[IPV4, prefix, 0, 0]).word(self.index);
        message
            .attribute(LOCAL, &address.octets())
            .attribute(ADDRESS, &address.octets());
        message.send()
    }

    pub(crate) fn add_default_route(&self, router: Ipv4Addr) -> Result<(), Failure> {
        let mut message = route(0, UNIVERSE);
        message.attribute(GATEWAY, &router.octets());
        message.attribute(OUTPUT, &self.index.to_ne_bytes());
        message.send()
    }

    /// Lets broadcasts leave through this interface before it has an address.
    fn add_broadcast_route(&self) -> Result<(), Failure> {
        let mut message = route(32, LINK);
        message.attribute(DESTINATION, &Ipv4Addr::BROADCAST.octets());
        message.attribute(OUTPUT, &self.index.to_ne_bytes());
        message.send()
    }
}

/// `RT_SCOPE_UNIVERSE` and `RT_SCOPE_LINK`.
const UNIVERSE: u8 = 0;
const LINK: u8 = 253;

/// struct rtmsg: family, destination and source length, tos, table main, protocol boot, scope,
/// type unicast, flags.
fn route(prefix: u8, scope: u8) -> Message {
    let mut message = Message::create(NEW_ROUTE);
    message
        .bytes(&[IPV4, prefix, 0, 0, 254, 3, scope, 1])
        .word(0);
    message
}

//! One request to the kernel's routing netlink and its acknowledgement (rtnetlink(7)).

use std::io;

use rustix::net::netlink::SocketAddrNetlink;
use rustix::net::{
    AddressFamily, RecvFlags, SendFlags, SocketFlags, SocketType, recv, sendto, socket_with,
};

use crate::shell::Failure;

pub(super) const NEW_LINK: u16 = 16;
pub(super) const NEW_ADDRESS: u16 = 20;
pub(super) const NEW_ROUTE: u16 = 24;

const REQUEST: u16 = 0x1;
const ACKNOWLEDGE: u16 = 0x4;
const CREATE_OR_REPLACE: u16 = 0x500;

/// A request under construction; its length is filled in when it is sent.
pub(super) struct Message {
    bytes: Vec<u8>,
}

impl Message {
    /// A change of what exists.
    pub(super) fn new(kind: u16) -> Self {
        Self::with_flags(kind, REQUEST | ACKNOWLEDGE)
    }

    /// The creation of something, replacing what is there.
    pub(super) fn create(kind: u16) -> Self {
        Self::with_flags(kind, REQUEST | ACKNOWLEDGE | CREATE_OR_REPLACE)
    }

    fn with_flags(kind: u16, flags: u16) -> Self {
        let mut message = Self { bytes: vec![0; 4] };
        message
            .bytes(&kind.to_ne_bytes())
            .bytes(&flags.to_ne_bytes());
        // Sequence and port: one request a socket needs neither.
        message.word(0).word(0);
        message
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.bytes.extend_from_slice(bytes);
        self
    }

    pub(super) fn word(&mut self, word: u32) -> &mut Self {
        self.bytes(&word.to_ne_bytes())
    }

    /// Adds an attribute, whose value here is always four bytes long and so needs no padding.
    pub(super) fn attribute(&mut self, kind: u16, value: &[u8; 4]) -> &mut Self {
        self.bytes(&8_u16.to_ne_bytes())
            .bytes(&kind.to_ne_bytes())
            .bytes(value)
    }

    /// Sends the request and waits for the kernel's verdict.
    pub(super) fn send(mut self) -> Result<(), Failure> {
        let length = u32::try_from(self.bytes.len()).unwrap_or(0).to_ne_bytes();
        for (place, byte) in self.bytes.iter_mut().zip(length) {
            *place = byte;
        }
        let mut reply = [0; 4096];
        let length = exchange(&self.bytes, &mut reply).map_err(Failure::system("netlink"))?;
        match verdict(reply.get(..length).unwrap_or_default()) {
            0 => Ok(()),
            number => Err(Failure::Refused {
                what: "netlink",
                number,
            }),
        }
    }
}

fn exchange(request: &[u8], reply: &mut [u8]) -> io::Result<usize> {
    let (family, kind) = (AddressFamily::NETLINK, SocketType::RAW);
    // Protocol 0, the default, is the routing netlink.
    let socket = socket_with(family, kind, SocketFlags::CLOEXEC, None)?;
    sendto(
        &socket,
        request,
        SendFlags::empty(),
        &SocketAddrNetlink::new(0, 0),
    )?;
    let (_, length) = recv(&socket, reply, RecvFlags::empty())?;
    Ok(length)
}

/// The error number of an acknowledgement: it follows the 16 bytes of the header, negative.
fn verdict(reply: &[u8]) -> i32 {
    let number = reply.get(16..20).and_then(|bytes| bytes.try_into().ok());
    number.map_or(i32::MIN, i32::from_ne_bytes).saturating_neg()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_verdict_is_the_positive_error_number() {
        let mut reply = vec![0; 36];
        assert_eq!(verdict(&reply), 0);
        reply[16..20].copy_from_slice(&(-17_i32).to_ne_bytes());
        assert_eq!(verdict(&reply), 17);
        assert_ne!(verdict(&reply[..10]), 0, "a reply cut short is no success");
    }

    #[test]
    fn the_kernel_takes_what_is_sent() {
        // Setting interface 0, which no machine has, must be refused, not misread.
        let mut message = Message::new(NEW_LINK);
        message.bytes(&[0, 0, 0, 0]).word(0).word(0).word(0);
        assert!(matches!(message.send(), Err(Failure::Refused { .. })));
    }
}

//! A DHCP client that asks once (RFC 2131): discover, request, done.

use std::io;
use std::net::{Ipv4Addr, UdpSocket};
use std::num::NonZeroU32;
use std::os::fd::OwnedFd;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::net::{AddressFamily, Protocol, RecvFlags, SocketType, recv, socket};

use super::Link;
use crate::shell::Failure;

const SERVER_PORT: u16 = 67;
const CLIENT_PORT: u16 = 68;
/// Each of the two questions is asked so often, and waits so long each time.
const ATTEMPTS: usize = 3;
const PATIENCE: Duration = Duration::from_secs(2);

/// Identifies our conversation; one client a network needs no more.
const TRANSACTION: [u8; 4] = *b"Ferr";
const COOKIE: [u8; 4] = [99, 130, 83, 99];

const DISCOVER: u8 = 1;
const OFFER: u8 = 2;
const REQUEST: u8 = 3;
const ACKNOWLEDGE: u8 = 5;

const OPTION_MASK: u8 = 1;
const OPTION_ROUTER: u8 = 3;
const OPTION_REQUESTED: u8 = 50;
const OPTION_KIND: u8 = 53;
const OPTION_SERVER: u8 = 54;
const OPTION_WANTED: u8 = 55;
const OPTION_END: u8 = 255;

/// Address, prefix length and router that a server leases to the interface.
pub(crate) fn lease(link: &Link) -> Result<(Ipv4Addr, u8, Option<Ipv4Addr>), Failure> {
    link.add_broadcast_route()?;
    let conversation = Conversation::open().map_err(Failure::system(&link.name))?;
    let none = || Failure::NoLease(link.name.clone());
    let discover = request(link, DISCOVER, None);
    let offer = conversation.ask(&discover, OFFER).ok_or_else(none)?;
    let request = request(link, REQUEST, Some(&offer));
    let answer = conversation.ask(&request, ACKNOWLEDGE).ok_or_else(none)?;
    let prefix = answer
        .option(OPTION_MASK)
        .map_or(24, |mask| mask.to_bits().count_ones());
    Ok((
        answer.address,
        u8::try_from(prefix).unwrap_or(24),
        answer.option(OPTION_ROUTER),
    ))
}

/// The two ends of ours: a server may answer to the address that it offers, which is not ours yet, so that the kernel would
/// keep the answer from any other socket than one for packets.
struct Conversation {
    questions: UdpSocket,
    answers: OwnedFd,
}

impl Conversation {
    fn open() -> io::Result<Self> {
        /// `ETH_P_IP` of linux/if_ether.h, in the network's order.
        const IP: u32 = (0x0800_u16).to_be() as u32;
        let questions = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, CLIENT_PORT))?;
        questions.set_broadcast(true)?;
        let packets = NonZeroU32::new(IP).map(Protocol::from_raw);
        let answers = socket(AddressFamily::PACKET, SocketType::DGRAM, packets)?;
        Ok(Self { questions, answers })
    }

    fn ask(&self, question: &[u8], wanted: u8) -> Option<Answer> {
        (0..ATTEMPTS).find_map(|_| {
            let everybody = (Ipv4Addr::BROADCAST, SERVER_PORT);
            self.questions.send_to(question, everybody).ok()?;
            self.receive(wanted, Instant::now() + PATIENCE)
        })
    }

    fn receive(&self, wanted: u8, deadline: Instant) -> Option<Answer> {
        let mut buffer = [0; 1500];
        loop {
            let left = deadline.checked_duration_since(Instant::now())?;
            let left = Timespec::try_from(left).ok()?;
            let mut waiting = [PollFd::new(&self.answers, PollFlags::IN)];
            if poll(&mut waiting, Some(&left)).ok()? == 0 {
                return None;
            }
            let (length, _) = recv(&self.answers, &mut buffer, RecvFlags::empty()).ok()?;
            let packet = buffer.get(..length).unwrap_or_default();
            let answer = datagram(packet).and_then(Answer::parse);
            if let Some(answer) = answer.filter(|answer| answer.kind == wanted) {
                return Some(answer);
            }
        }
    }
}

/// What a packet of the network carries to a client's port (RFC 791, RFC 768).
fn datagram(packet: &[u8]) -> Option<&[u8]> {
    const UDP: u8 = 17;
    let header = usize::from(packet.first()? & 0x0f) * 4;
    let datagram = packet.get(header..)?;
    let port = u16::from_be_bytes([*datagram.get(2)?, *datagram.get(3)?]);
    let is_ours = packet.get(9) == Some(&UDP) && port == CLIENT_PORT;
    datagram.get(8..).filter(|_| is_ours)
}

fn request(link: &Link, kind: u8, offer: Option<&Answer>) -> Vec<u8> {
    // Operation 1 (to a server), Ethernet, address length 6, no hops.
    let mut packet = vec![1, 1, 6, 0];
    packet.extend(TRANSACTION);
    // No seconds; the flag asks for a broadcast answer, as there is no address yet to send it to.
    packet.extend([0, 0, 0x80, 0]);
    // Four addresses that are not known yet.
    packet.extend([0; 16]);
    packet.extend(link.mac());
    // The rest of the hardware address, server name and file name.
    packet.extend([0; 10 + 64 + 128]);
    packet.extend(COOKIE);
    packet.extend([OPTION_KIND, 1, kind]);
    if let Some(offer) = offer {
        packet.extend([OPTION_REQUESTED, 4]);
        packet.extend(offer.address.octets());
        if let Some(server) = offer.option(OPTION_SERVER) {
            packet.extend([OPTION_SERVER, 4]);
            packet.extend(server.octets());
        }
    }
    packet.extend([OPTION_WANTED, 2, OPTION_MASK, OPTION_ROUTER, OPTION_END]);
    packet
}

/// What a server said.
struct Answer {
    address: Ipv4Addr,
    kind: u8,
    options: Vec<(u8, Vec<u8>)>,
}

impl Answer {
    /// Nothing for what is not an answer to us.
    fn parse(packet: &[u8]) -> Option<Self> {
        let is_ours = packet.first() == Some(&2)
            && packet.get(4..8) == Some(&TRANSACTION)
            && packet.get(236..240) == Some(&COOKIE);
        let address: [u8; 4] = packet.get(16..20)?.try_into().ok()?;
        let options = options(packet.get(240..)?);
        let kind = options
            .iter()
            .find(|(code, _)| *code == OPTION_KIND)?
            .1
            .first()
            .copied()?;
        is_ours.then_some(Self {
            address: address.into(),
            kind,
            options,
        })
    }

    /// The first address of an option.
    fn option(&self, wanted: u8) -> Option<Ipv4Addr> {
        let (_, value) = self.options.iter().find(|(code, _)| *code == wanted)?;
        let bytes: [u8; 4] = value.get(..4)?.try_into().ok()?;
        Some(bytes.into())
    }
}

/// The options up to their end or to the first that is cut short.
fn options(mut bytes: &[u8]) -> Vec<(u8, Vec<u8>)> {
    let mut options = Vec::new();
    loop {
        match bytes {
            [0, rest @ ..] => bytes = rest,
            [OPTION_END, ..] | [] | [_] => return options,
            [code, length, rest @ ..] => {
                let length = usize::from(*length);
                let Some(value) = rest.get(..length) else {
                    return options;
                };
                options.push((*code, value.to_vec()));
                bytes = rest.get(length..).unwrap_or_default();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(options: &[u8]) -> Vec<u8> {
        let mut packet = vec![0; 240];
        packet[0] = 2;
        packet[4..8].copy_from_slice(&TRANSACTION);
        packet[16..20].copy_from_slice(&[10, 0, 2, 15]);
        packet[236..240].copy_from_slice(&COOKIE);
        packet.extend_from_slice(options);
        packet
    }

    #[test]
    fn an_offer_is_read() {
        let packet = answer(&[53, 1, 2, 0, 1, 4, 255, 255, 255, 0, 3, 4, 10, 0, 2, 2, 255]);
        let offer = Answer::parse(&packet).unwrap();
        assert_eq!(offer.kind, OFFER);
        assert_eq!(offer.address, Ipv4Addr::new(10, 0, 2, 15));
        assert_eq!(
            offer.option(OPTION_ROUTER),
            Some(Ipv4Addr::new(10, 0, 2, 2))
        );
        assert_eq!(
            offer.option(OPTION_MASK),
            Some(Ipv4Addr::new(255, 255, 255, 0))
        );
        assert_eq!(offer.option(OPTION_SERVER), None);
    }

    #[test]
    fn what_is_not_for_us_is_no_answer() {
        let mut foreign = answer(&[53, 1, 2, 255]);
        foreign[5] ^= 1;
        assert!(Answer::parse(&foreign).is_none(), "another transaction");
        assert!(Answer::parse(&answer(&[255])).is_none(), "no kind");
        assert!(
            Answer::parse(&answer(&[53, 9, 2])).is_none(),
            "an option cut short"
        );
        assert!(Answer::parse(&[]).is_none(), "nothing");
    }
}

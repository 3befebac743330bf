//! The keepalive program: who pings when, and when a silent peer is given up. No I/O, no clock of
//! its own.

use std::time::Duration;

use bytes::Bytes;
use protocol::header::{Header, PacketKind, Status};
use tokio::time::Instant;

use crate::message::Message;

/// The program number of keepalive packets.
pub const PROGRAM: u32 = 0x6b65_6570;
/// The program version of keepalive packets.
pub const VERSION: u32 = 1;
const PING: i32 = 1;
const PONG: i32 = 2;

/// How often to ask a silent peer, and how many silent intervals to bear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keepalive {
    /// Time without any packet after which a ping is sent.
    pub interval: Duration,
    /// Pings that may stay without answer before the connection is closed.
    pub count: u32,
}

impl Default for Keepalive {
    /// What libvirt's daemons and clients use: every 5 s, 5 times.
    fn default() -> Self {
        Self {
            interval: Duration::from_secs(5),
            count: 5,
        }
    }
}

/// What a keepalive packet asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Beat {
    /// Answer it.
    Ping,
    /// Nothing to do: its arrival is the message.
    Pong,
}

/// What to do now that time has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Due {
    /// Look again at this time.
    Wait(Instant),
    /// Send a ping, then look again.
    Ping,
    /// The peer is gone.
    Dead,
}

/// The watch over one peer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Watch {
    heard_at: Instant,
    unanswered: u32,
}

impl Watch {
    pub(crate) fn new(now: Instant) -> Self {
        Self {
            heard_at: now,
            unanswered: 0,
        }
    }

    /// Any packet is a sign of life.
    pub(crate) fn heard(&mut self, now: Instant) {
        self.heard_at = now;
        self.unanswered = 0;
    }

    /// When the next ping is due, or the end.
    pub(crate) fn next(&self, rules: &Keepalive) -> Instant {
        self.heard_at + rules.interval * (self.unanswered + 1)
    }

    pub(crate) fn due(&mut self, now: Instant, rules: &Keepalive) -> Due {
        let next = self.next(rules);
        if now < next {
            Due::Wait(next)
        } else if self.unanswered >= rules.count {
            Due::Dead
        } else {
            self.unanswered += 1;
            Due::Ping
        }
    }
}

/// Reads a packet of the keepalive program; `None` for one that means nothing, which is ignored.
pub(crate) fn read(header: &Header) -> Option<Beat> {
    match (header.kind, header.procedure) {
        (PacketKind::Message, PING) => Some(Beat::Ping),
        (PacketKind::Message, PONG) => Some(Beat::Pong),
        _ => None,
    }
}

pub(crate) fn ping() -> Message {
    beat(PING)
}

pub(crate) fn pong() -> Message {
    beat(PONG)
}

fn beat(procedure: i32) -> Message {
    let header = Header {
        program: PROGRAM,
        version: VERSION,
        procedure,
        kind: PacketKind::Message,
        serial: 0,
        status: Status::Ok,
    };
    Message {
        header,
        payload: Bytes::new(),
        fds: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: Keepalive = Keepalive {
        interval: Duration::from_secs(5),
        count: 2,
    };

    fn at(start: Instant, seconds: u64) -> Instant {
        start + Duration::from_secs(seconds)
    }

    #[tokio::test(start_paused = true)]
    async fn a_silent_peer_is_asked_count_times_and_then_given_up() {
        let start = Instant::now();
        let mut watch = Watch::new(start);
        assert_eq!(watch.due(at(start, 4), &RULES), Due::Wait(at(start, 5)));
        assert_eq!(watch.due(at(start, 5), &RULES), Due::Ping);
        assert_eq!(watch.due(at(start, 5), &RULES), Due::Wait(at(start, 10)));
        assert_eq!(watch.due(at(start, 10), &RULES), Due::Ping);
        assert_eq!(watch.due(at(start, 15), &RULES), Due::Dead);
    }

    #[tokio::test(start_paused = true)]
    async fn any_packet_starts_the_count_again() {
        let start = Instant::now();
        let mut watch = Watch::new(start);
        assert_eq!(watch.due(at(start, 5), &RULES), Due::Ping);
        watch.heard(at(start, 6));
        assert_eq!(watch.due(at(start, 10), &RULES), Due::Wait(at(start, 11)));
    }
}

//! The bounds of one conversation.

use std::time::Duration;

use crate::keepalive::Keepalive;

/// What one peer may make this side hold or wait for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Calls of low priority of one client in execution at once, answers that it has not taken
    /// included. Further calls are parked. Calls of high priority have the same number for
    /// themselves. (`max_client_requests` in the daemons' configuration.)
    pub requests_per_client: u32,
    /// Bytes of parked calls before reading stops.
    pub parked_bytes: usize,
    /// Bytes of received stream data that nobody has taken yet before reading stops.
    pub stream_bytes: usize,
    /// Bytes of events that the peer has not taken yet. What does not fit is refused.
    pub event_bytes: usize,
    /// How long a packet may take to arrive, apart from the time that its size needs at
    /// [`Limits::PACKET_RATE`].
    pub packet_deadline: Duration,
    /// The pings that [`crate::Session::enable_keepalive`] switches on, or `None` to send none.
    /// Pings of the peer are answered in any case.
    pub keepalive: Option<Keepalive>,
}

impl Limits {
    /// The slowest acceptable arrival of a large packet, in bytes a second.
    pub const PACKET_RATE: u64 = 16 * 1024;
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            requests_per_client: 5,
            parked_bytes: 1024 * 1024,
            stream_bytes: 2 * 1024 * 1024,
            event_bytes: 1024 * 1024,
            packet_deadline: Duration::from_secs(30),
            keepalive: Some(Keepalive::default()),
        }
    }
}

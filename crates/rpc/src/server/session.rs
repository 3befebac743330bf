//! One client as its service sees it.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};

use protocol::header::{Header, PacketKind, Status};
use protocol::procedure::Event;
use xdr::EncodeError;

use super::slot::Slots;
use crate::close::CloseReason;
use crate::counters::{Stats, count};
use crate::extensions::Extensions;
use crate::limits::Limits;
use crate::link::Link;
use crate::message::{Message, RawEvent};
use crate::outbox::{Account, EventRoom};
use crate::peer::Peer;

/// A handle to one client's session. Cheap to clone; it does not keep the connection open.
#[derive(Clone)]
pub struct Session(Arc<Inner>);

struct Inner {
    id: u64,
    peer: Peer,
    link: Arc<Link>,
    limits: Limits,
    slots: Slots,
    authenticated: AtomicBool,
    extensions: Extensions,
}

/// Why an event was not taken.
#[derive(Debug, Clone, thiserror::Error)]
pub enum SendEventError {
    /// The client has too many events unread. This one is dropped and counted.
    #[error("the client does not read: its queue of events is full")]
    Full,
    /// The session is over.
    #[error("the session is closed")]
    Closed(#[source] CloseReason),
    /// The message breaks a limit of the wire.
    #[error("the event cannot be encoded")]
    Encode(#[source] EncodeError),
}

impl Session {
    pub(super) fn new(link: Arc<Link>, peer: Peer, limits: Limits) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        Self(Arc::new(Inner {
            id: NEXT.fetch_add(1, Relaxed),
            peer,
            link,
            limits,
            slots: Slots::default(),
            authenticated: AtomicBool::new(false),
            extensions: Extensions::default(),
        }))
    }

    /// A number that no other session of this process has or had.
    #[must_use]
    pub fn id(&self) -> u64 {
        self.0.id
    }

    /// Who is at the other end.
    #[must_use]
    pub fn peer(&self) -> &Peer {
        &self.0.peer
    }

    /// Whether authentication is done.
    #[must_use]
    pub fn is_authenticated(&self) -> bool {
        self.0.authenticated.load(Relaxed)
    }

    /// Records that authentication is done.
    pub fn set_authenticated(&self) {
        self.0.authenticated.store(true, Relaxed);
    }

    /// What upper layers keep for this session.
    #[must_use]
    pub fn extensions(&self) -> &Extensions {
        &self.0.extensions
    }

    /// Sends an event behind all that was sent before.
    ///
    /// # Errors
    /// [`SendEventError::Full`] when the client does not read; nothing waits here.
    pub fn try_send_event<E: Event>(&self, message: &E::Msg) -> Result<(), SendEventError> {
        let payload = xdr::to_bytes(message).map_err(SendEventError::Encode)?;
        let (program, procedure) = (E::INFO.program, E::INFO.number);
        self.try_send_raw(RawEvent {
            program: program.number(),
            version: program.version(),
            procedure,
            payload: payload.into(),
        })
    }

    /// Sends an event that is already encoded: the same bytes can go to many clients.
    ///
    /// # Errors
    /// Like [`Session::try_send_event`].
    pub fn try_send_raw(&self, event: RawEvent) -> Result<(), SendEventError> {
        let RawEvent {
            program,
            version,
            procedure,
            payload,
        } = event;
        let header = Header {
            program,
            version,
            procedure,
            kind: PacketKind::Message,
            serial: 0,
            status: Status::Ok,
        };
        let message = Message::new(header, payload);
        let Some(room) = self.event_room(message.size()) else {
            count(&self.0.link.counters.events_dropped);
            return Err(SendEventError::Full);
        };
        self.0
            .link
            .send(message, Account::Event(room))
            .map_err(SendEventError::Closed)
    }

    /// Starts to ask the client for signs of life, as [`Limits::keepalive`] says. Only a client
    /// that has said that it understands keepalive may be asked.
    pub fn enable_keepalive(&self) {
        self.0.link.enable_keepalive(self.0.limits.keepalive);
    }

    /// Ends the session now.
    pub fn close(&self) {
        self.0.link.close(CloseReason::Requested);
    }

    /// Ends the session as soon as all its calls are answered and the answers have left. Calls that
    /// come from now on are ignored.
    pub fn finish(&self) {
        self.0.link.finish();
    }

    /// Whether the session is over.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.0.link.end().is_some()
    }

    /// Waits for the end of the session.
    pub async fn closed(&self) -> CloseReason {
        self.0.link.closed().await
    }

    /// The session's counters.
    #[must_use]
    pub fn stats(&self) -> Stats {
        Stats {
            calls_running: self.0.slots.running(),
            streams_open: u32::try_from(self.0.link.streams.count()).unwrap_or(u32::MAX),
            ..self.0.link.counters.read()
        }
    }

    pub(crate) fn link(&self) -> &Arc<Link> {
        &self.0.link
    }

    pub(super) fn slots(&self) -> &Slots {
        &self.0.slots
    }

    fn event_room(&self, bytes: usize) -> Option<EventRoom> {
        EventRoom::take(&self.0.link.event_bytes, bytes, self.0.limits.event_bytes)
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("id", &self.0.id)
            .field("peer", &self.0.peer)
            .finish()
    }
}

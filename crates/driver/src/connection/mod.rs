//! What the driver's side knows about one client.

mod identity;
mod on_close;

use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rpc::Session;

pub use identity::{Identity, IdentityError};
pub use on_close::{OnClose, OnCloseId};

/// One client's connection to a driver, from its first packet to its last.
#[derive(Debug)]
pub struct Connection {
    id: u64,
    read_only: AtomicBool,
    opened: Mutex<Option<Opened>>,
    is_open: AtomicBool,
    identity: Mutex<Arc<Identity>>,
    next_callback: AtomicI32,
    has_close_callback: AtomicBool,
    on_close: OnClose,
}

/// What the client opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The driver's URI, complete: what the client asked for, or the default.
    pub uri: String,
}

impl Connection {
    /// The connection of a session, made with its first use.
    pub fn of(session: &Session) -> Arc<Self> {
        session.extensions().get_or_init(|| Self::new(session))
    }

    fn new(session: &Session) -> Self {
        let peer = session.peer();
        Self {
            id: session.id(),
            read_only: AtomicBool::new(peer.read_only_socket),
            opened: Mutex::default(),
            is_open: AtomicBool::new(false),
            identity: Mutex::new(Arc::new(Identity::of_peer(peer))),
            next_callback: AtomicI32::new(0),
            has_close_callback: AtomicBool::new(false),
            on_close: OnClose::default(),
        }
    }

    /// The number of the session; no two connections of a process share one.
    #[must_use]
    pub fn id(&self) -> u64 {
        self.id
    }

    /// Whether the client may only look.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        self.read_only.load(Ordering::Acquire)
    }

    /// Whether `CONNECT_OPEN` has succeeded.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.is_open.load(Ordering::Acquire)
    }

    /// What the client opened, once it has.
    #[must_use]
    pub fn opened(&self) -> Option<Opened> {
        lock(&self.opened).clone()
    }

    /// Whom the client acts for.
    #[must_use]
    pub fn identity(&self) -> Arc<Identity> {
        Arc::clone(&lock(&self.identity))
    }

    /// What is to be done when the connection ends.
    #[must_use]
    pub fn on_close(&self) -> &OnClose {
        &self.on_close
    }

    /// A number for an event registration, unique in this connection.
    #[must_use]
    pub fn next_callback_id(&self) -> i32 {
        self.next_callback.fetch_add(1, Ordering::Relaxed)
    }

    /// Opens the connection; `false` when it was open already. A read-only socket stays so.
    pub(crate) fn open(&self, opened: Opened, read_only: bool) -> bool {
        let mut slot = lock(&self.opened);
        if slot.is_some() {
            return false;
        }
        *slot = Some(opened);
        self.read_only.fetch_or(read_only, Ordering::AcqRel);
        self.is_open.store(true, Ordering::Release);
        true
    }

    /// Registers a close callback or takes it back; `false` when that is so already.
    pub(crate) fn set_close_callback(&self, registered: bool) -> bool {
        self.has_close_callback.swap(registered, Ordering::AcqRel) != registered
    }

    pub(crate) fn set_identity(&self, identity: Identity) {
        *lock(&self.identity) = Arc::new(identity);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

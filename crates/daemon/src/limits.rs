//! The limits of one server, which the admin program may change while it runs.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

/// The limits of one server.
#[derive(Debug)]
pub(crate) struct ServerLimits {
    clients: AtomicU32,
    anonymous: AtomicU32,
    /// Calls of one client in execution at once. For clients that connect from now on.
    pub(crate) requests: AtomicU32,
}

impl ServerLimits {
    pub(crate) fn new(clients: u32, anonymous: u32, requests: u32) -> Self {
        ServerLimits {
            clients: AtomicU32::new(clients),
            anonymous: AtomicU32::new(anonymous),
            requests: AtomicU32::new(requests),
        }
    }

    /// How many clients may be connected.
    pub(crate) fn clients(&self) -> u32 {
        self.clients.load(Relaxed)
    }

    /// How many of them may be in the middle of their authentication.
    pub(crate) fn anonymous(&self) -> u32 {
        self.anonymous.load(Relaxed)
    }

    /// Changes one or both.
    pub(crate) fn set(&self, clients: Option<u32>, anonymous: Option<u32>) {
        if let Some(clients) = clients {
            self.clients.store(clients, Relaxed);
        }
        if let Some(anonymous) = anonymous {
            self.anonymous.store(anonymous, Relaxed);
        }
    }
}

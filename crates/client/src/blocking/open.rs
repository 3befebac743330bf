//! Opening a connection, blocking.

use std::sync::Arc;
use std::time::Duration;

use super::Connection;
use super::wait::wait;
use crate::connect::Opener;
use crate::error::Result;

/// How a connection is opened. Twin of [`crate::OpenOptions`].
#[derive(Debug, Clone, Default)]
pub struct OpenOptions(crate::OpenOptions);

impl OpenOptions {
    /// As [`new`](crate::OpenOptions::new).
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// As [`read_only`](crate::OpenOptions::read_only).
    #[must_use]
    pub fn read_only(self, read_only: bool) -> Self {
        Self(self.0.read_only(read_only))
    }

    /// As [`keepalive`](crate::OpenOptions::keepalive).
    #[must_use]
    pub fn keepalive(self, interval: Duration, count: u32) -> Self {
        Self(self.0.keepalive(interval, count))
    }

    /// As [`call_timeout`](crate::OpenOptions::call_timeout).
    #[must_use]
    pub fn call_timeout(self, timeout: Duration) -> Self {
        Self(self.0.call_timeout(timeout))
    }

    /// As [`opener`](crate::OpenOptions::opener).
    #[must_use]
    pub fn opener(self, opener: Arc<dyn Opener>) -> Self {
        Self(self.0.opener(opener))
    }

    /// Waits for [`open`](crate::OpenOptions::open).
    ///
    /// # Errors
    ///
    /// As there, and when the thread behind this API cannot be started.
    pub fn open(&self, uri: Option<&str>) -> Result<Connection> {
        wait(self.0.open(uri)).map(Connection::from)
    }
}

impl From<crate::OpenOptions> for OpenOptions {
    fn from(options: crate::OpenOptions) -> Self {
        Self(options)
    }
}

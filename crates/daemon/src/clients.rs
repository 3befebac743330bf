//! The servers inside the daemon and the clients that are connected to them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rpc::Session;
use rpc::keepalive::Keepalive;
use tokio::sync::watch;

use crate::limits::ServerLimits;
use crate::settings;

/// A server: the main one, or the one for administration.
#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) name: String,
    pub(crate) limits: ServerLimits,
    pub(crate) workers: settings::Workers,
    pub(crate) keepalive: Option<Keepalive>,
    clients: Mutex<BTreeMap<u64, Session>>,
    /// How many have been let in.
    count: watch::Sender<u32>,
}

/// A place that a client has. Dropping it makes room for another.
#[derive(Debug)]
pub(crate) struct Place {
    server: Arc<Server>,
    client: Option<u64>,
}

impl Server {
    pub(crate) fn new(name: impl Into<String>, settings: &settings::Server) -> Arc<Self> {
        Arc::new(Server {
            name: name.into(),
            limits: ServerLimits::new(
                settings.clients,
                settings.anonymous_clients,
                settings.requests,
            ),
            workers: settings.workers,
            keepalive: settings.keepalive,
            clients: Mutex::new(BTreeMap::new()),
            count: watch::Sender::new(0),
        })
    }

    /// Waits until there is room for one more client.
    pub(crate) async fn place(self: &Arc<Self>) -> Place {
        let mut count = self.count.subscribe();
        loop {
            let taken = self.count.send_if_modified(|count| {
                let room = *count < self.limits.clients();
                *count += u32::from(room);
                room
            });
            if taken {
                return Place {
                    server: self.clone(),
                    client: None,
                };
            }
            // The sender lives as long as this server.
            let _ = count.changed().await;
        }
    }

    /// How many clients there are, to be watched.
    pub(crate) fn count(&self) -> watch::Receiver<u32> {
        self.count.subscribe()
    }

    /// Lets waiting clients in after the limit was raised.
    pub(crate) fn limits_changed(&self) {
        self.count.send_modify(|_| {});
    }

    /// The clients, in the order in which they came.
    pub(crate) fn sessions(&self) -> Vec<Session> {
        self.lock().values().cloned().collect()
    }

    /// A client by its number.
    pub(crate) fn session(&self, id: u64) -> Option<Session> {
        self.lock().get(&id).cloned()
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<u64, Session>> {
        self.clients.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place {
    /// Gives the place to a client.
    pub(crate) fn take(&mut self, session: &Session) {
        self.client = Some(session.id());
        self.server.lock().insert(session.id(), session.clone());
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(id) = self.client {
            self.server.lock().remove(&id);
        }
        self.server
            .count
            .send_modify(|count| *count = count.saturating_sub(1));
    }
}

#[cfg(test)]
mod tests {
    use super::Server;
    use crate::settings::Settings;
    use std::time::Duration;
    use tokio::time::timeout;

    #[tokio::test]
    async fn a_client_beyond_the_limit_waits_for_room() {
        let mut settings = Settings::default().main;
        settings.clients = 2;
        let server = Server::new("main", &settings);
        let (one, _two) = (server.place().await, server.place().await);
        let third = timeout(Duration::from_millis(10), server.place()).await;
        assert!(third.is_err());
        assert_eq!(*server.count().borrow(), 2);
        let waiting = tokio::spawn({
            let server = server.clone();
            async move { server.place().await }
        });
        drop(one);
        let _third = waiting.await.unwrap();

        let waiting = tokio::spawn({
            let server = server.clone();
            async move { server.place().await }
        });
        server.limits.set(Some(3), None);
        server.limits_changed();
        waiting.await.unwrap();
    }
}

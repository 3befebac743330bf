//! A VM as the rest of the driver holds it: an identity, a published state, and a queue.

use std::sync::Arc;

use arc_swap::ArcSwap;
use documents::Uuid;
use tokio::sync::oneshot;

use super::console::Consoles;
use super::error::VmError;
use super::mailbox::{Mailbox, Posted};
use super::owner::Owner;
use super::request::{Action, Request};
use super::snapshot::Snapshot;
use crate::driver::QemuDriver;

/// A VM, running or not: what others hold of it. Only its owner changes it.
#[derive(Debug)]
pub struct Vm {
    /// Its UUID, which never changes.
    pub uuid: Uuid,
    snapshot: ArcSwap<Snapshot>,
    mailbox: Mailbox<Request>,
    /// Who is connected to its consoles.
    pub consoles: Consoles,
}

impl Vm {
    /// A VM of which nothing is known yet.
    pub fn new(uuid: Uuid, name: Arc<str>) -> Self {
        Self {
            uuid,
            snapshot: ArcSwap::from_pointee(Snapshot::new(name)),
            mailbox: Mailbox::default(),
            consoles: Consoles::default(),
        }
    }

    /// The published state. Never waits.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.snapshot.load_full()
    }

    /// Asks the owner for something and waits until it is done.
    ///
    /// # Errors
    /// When it is refused or fails; the state is then as published.
    pub async fn ask(
        self: &Arc<Self>,
        driver: &Arc<QemuDriver>,
        action: Action,
    ) -> Result<(), VmError> {
        let (reply, answer) = oneshot::channel();
        self.post(
            driver,
            Request {
                action,
                reply: Some(reply),
            },
        );
        // An owner answers every request before it ends; only the end of the runtime drops them.
        answer.await.unwrap_or(Err(VmError::ShuttingDown))
    }

    /// Puts a request into the queue; starts an owner if there is none.
    pub fn post(self: &Arc<Self>, driver: &Arc<QemuDriver>, request: Request) {
        match self.mailbox.post(request) {
            Posted::Read => {}
            Posted::StartReader => {
                tokio::spawn(Owner::new(driver.clone(), self.clone()).run());
            }
            Posted::Gone(request) => {
                let gone = VmError::Gone(self.snapshot().name.clone());
                request.answer(Err(gone));
            }
        }
    }

    /// Publishes the next state. The owner's alone to call.
    pub(super) fn publish(&self, change: impl FnOnce(&mut Snapshot)) {
        let mut next = Snapshot::clone(&self.snapshot.load());
        next.number += 1;
        change(&mut next);
        self.snapshot.store(Arc::new(next));
    }

    /// The queue. The owner's alone to read.
    pub(super) fn mailbox(&self) -> &Mailbox<Request> {
        &self.mailbox
    }

    /// Publishes what was found on disk, before any owner exists.
    pub(crate) fn restore(&self, change: impl FnOnce(&mut Snapshot)) {
        self.publish(change);
    }
}

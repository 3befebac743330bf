//! The driver: what all its VMs share.

mod directories;
mod startup;

use std::collections::HashSet;
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use documents::domain::Status;
use driver::connection::Opened;
use driver::events::{DomainEvent, Family, MonitorEvent};
use driver::store::{FileName, Store, generated_header};
use driver::{Connection, Door, Driver, Error, EventHub, Layout};
use protocol::error::{Code, Origin};
use rpc::BoxFuture;
use tokio::sync::watch;

use crate::api;
use crate::capabilities::Cache;
use crate::config::{Config, Identity};
use crate::host::HostFacts;
use crate::mode::Mode;
use crate::ports::Ports;
use crate::registry::Registry;
use crate::snapshot::Snapshots;
use crate::vm::Vm;
use crate::vm::announcement::Announcement;
use crate::vm::ownership::Ownership;
use crate::vm::request::Action;

pub use self::startup::OpenError;

/// The QEMU driver of one root: all its VMs, and what they share.
#[derive(Debug)]
pub struct QemuDriver {
    layout: Layout,
    config: Config,
    mode: Mode,
    identity: Option<Identity>,
    ownership: Option<Ownership>,
    host: HostFacts,
    registry: Registry,
    events: EventHub,
    capabilities: Cache,
    definitions: Store,
    status_files: Store,
    ports: Ports,
    snapshots: Snapshots,
    next_id: AtomicI32,
    /// The sessions whose end has been asked for.
    watched_sessions: Mutex<HashSet<u64>>,
    closing: watch::Sender<bool>,
}

impl QemuDriver {
    /// The driver behind its route table: what a daemon or an application serves.
    pub fn door(self: &Arc<Self>) -> Arc<Door<Self>> {
        Door::new(self.clone(), api::routes())
    }

    /// Where things are on disk.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// What `qemu.conf` says.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// For whom the driver works.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// Who QEMU runs as, when not as ourselves.
    pub fn identity(&self) -> Option<&Identity> {
        self.identity.as_ref()
    }

    /// How images change hands, when they do.
    pub fn ownership(&self) -> Option<&Ownership> {
        self.ownership.as_ref()
    }

    /// What the host has for guests to use.
    pub fn host(&self) -> &HostFacts {
        &self.host
    }

    /// All VMs.
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// What the host's emulators can do.
    pub fn capabilities(&self) -> &Cache {
        &self.capabilities
    }

    /// The definitions on disk.
    pub fn definitions(&self) -> &Store {
        &self.definitions
    }

    /// The status files of active VMs.
    pub fn status_files(&self) -> &Store {
        &self.status_files
    }

    /// The host's ports for displays.
    pub fn ports(&self) -> &Ports {
        &self.ports
    }

    /// What is known of the VMs' snapshots.
    pub fn snapshots(&self) -> &Snapshots {
        &self.snapshots
    }

    /// A number for a VM that becomes active; none is given twice.
    pub fn next_id(&self) -> i32 {
        self.next_id.fetch_add(1, Ordering::Relaxed)
    }

    /// The text of a status file.
    pub fn status_text(&self, status: &Status) -> String {
        generated_header("edit", &status.domain.name) + &xml::format(status)
    }

    /// Tells the world what has happened to a VM. What is told must have been published.
    pub fn announce(&self, vm: &Vm, announcement: Announcement) {
        let name = vm.snapshot().name.clone();
        self.announce_as(&name, vm, announcement);
    }

    /// [`QemuDriver::announce`] under a name that the VM had.
    pub fn announce_as(&self, name: &str, vm: &Vm, announcement: Announcement) {
        let domain = api::object::named(name, vm);
        for kind in api::events::kinds(announcement) {
            self.events.publish(DomainEvent {
                domain: domain.clone(),
                kind,
            });
        }
    }

    /// Passes on a word of QEMU's to who asked for all of them.
    pub fn announce_monitor(&self, vm: &Vm, event: &qmp::Event) {
        if self.events.subscribers(Family::Monitor) == 0 {
            return;
        }
        self.events.publish(MonitorEvent {
            domain: api::object::of(vm),
            event: event.name.clone(),
            seconds: event.timestamp.seconds,
            micros: u32::try_from(event.timestamp.microseconds).unwrap_or(0),
            details: (!event.data.is_null()).then(|| event.data.to_string()),
        });
    }

    /// Has the VMs that are bound to a connection destroyed when it ends.
    pub fn watch_connection(self: &Arc<Self>, connection: &Connection) {
        let session = connection.id();
        let mut watched = self
            .watched_sessions
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if !watched.insert(session) {
            return;
        }
        drop(watched);
        let this = self.clone();
        connection
            .on_close()
            .register(move || async move { this.session_ended(session).await });
    }

    async fn session_ended(self: &Arc<Self>, session: u64) {
        self.watched_sessions
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&session);
        for vm in self.registry.all() {
            // A VM that has just gone need not be destroyed.
            let _ = vm.ask(self, Action::SessionEnded(session)).await;
        }
    }

    /// Becomes true when the driver is closed. Whoever holds it is waited for.
    pub(crate) fn closing(&self) -> watch::Receiver<bool> {
        self.closing.subscribe()
    }
}

impl Driver for QemuDriver {
    fn name(&self) -> &'static str {
        "QEMU"
    }

    fn origin(&self) -> Origin {
        Origin::Qemu
    }

    fn events(&self) -> &EventHub {
        &self.events
    }

    fn event_families(&self) -> &'static [Family] {
        &[Family::Domain, Family::Monitor]
    }

    fn open(&self, uri: Option<&str>, _read_only: bool) -> Result<Opened, Error> {
        let uri = uri
            .filter(|uri| !uri.is_empty())
            .unwrap_or_else(|| self.mode.default_uri());
        let rest = uri.strip_prefix("qemu:").unwrap_or_default();
        let path = rest.strip_prefix("//").unwrap_or(rest);
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let served: &[&str] = match self.mode {
            Mode::System => &["/system", "/session"],
            Mode::Session => &["/session"],
            Mode::Embed { .. } => &["/embed"],
        };
        if !served.contains(&path) {
            let text = format!(
                "unexpected QEMU URI path '{path}', try {}",
                self.mode.default_uri()
            );
            return Err(Error::new(Code::InternalError, text));
        }
        Ok(Opened {
            uri: uri.to_owned(),
        })
    }

    fn is_idle(&self) -> bool {
        self.registry
            .all()
            .iter()
            .all(|vm| !vm.snapshot().state.is_active())
    }

    fn shutdown(self: Arc<Self>) -> BoxFuture<'static, ()> {
        Box::pin(async move {
            if !self.mode.outlives() {
                self.destroy_all().await;
            }
            self.closing.send_replace(true);
            // The owners leave, and close their monitors.
            self.closing.closed().await;
        })
    }
}

impl QemuDriver {
    async fn destroy_all(self: &Arc<Self>) {
        let mut ends = tokio::task::JoinSet::new();
        for vm in self.registry.all() {
            if vm.snapshot().state.is_active() {
                let this = self.clone();
                ends.spawn(async move { vm.ask(&this, Action::Destroy { graceful: false }).await });
            }
        }
        while ends.join_next().await.is_some() {}
    }
}

/// The name of a VM as a file's.
pub(crate) fn file_name(name: &str) -> Result<FileName, driver::store::FileNameError> {
    FileName::new(name)
}

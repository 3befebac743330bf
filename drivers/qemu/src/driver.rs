//! The driver: what all its VMs share.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use documents::domain::Status;
use driver::connection::Opened;
use driver::events::{DomainEvent, Family, MonitorEvent};
use driver::store::{FileName, Store, StoreError, generated_header};
use driver::{Connection, Door, Driver, Error, EventHub, Layout};
use protocol::error::{Code, Origin};
use rpc::BoxFuture;
use tokio::sync::watch;

use crate::api;
use crate::capabilities::Cache;
use crate::config::{Config, Identity, UserError};
use crate::host::HostFacts;
use crate::mode::Mode;
use crate::ports::Ports;
use crate::registry::Registry;
use crate::snapshot::Snapshots;
use crate::vm::announcement::Announcement;
use crate::vm::definition::Definition;
use crate::vm::ownership::{Ownership, boot_time};
use crate::vm::reconnect::Found;
use crate::vm::request::{Action, Start};
use crate::vm::state::{Starting, State};
use crate::vm::status::VolatileDisk;
use crate::vm::{DRIVER, Vm};

/// VMs that run are found again before the first client is served; a QEMU that does not answer is waited for no
/// longer than this.
const REDISCOVERY: Duration = Duration::from_secs(2);

/// The QEMU driver.
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

/// Why the driver cannot work.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// It is not known who QEMU is to run as.
    #[error(transparent)]
    User(#[from] UserError),
    /// A directory cannot be made.
    #[error("cannot make the directory '{}'", path.display())]
    Directory {
        /// The directory.
        path: PathBuf,
        /// What the kernel said.
        source: std::io::Error,
    },
    /// The definitions or the status files cannot be listed.
    #[error("cannot read the driver's files")]
    Store(#[from] StoreError),
}

impl QemuDriver {
    /// Opens the driver: reads the definitions and finds the VMs again that still run.
    ///
    /// # Errors
    /// When the directories cannot be used or the configuration names a user that does not exist. Single files
    /// that are damaged are reported and passed over.
    pub async fn open(layout: Layout, config: Config, mode: Mode) -> Result<Arc<Self>, OpenError> {
        let privileged = rustix::process::geteuid().is_root();
        let identity = match (mode, privileged) {
            (Mode::System, true) => Some(Identity::of_config(&config)?),
            _ => None,
        };
        let ownership = identity
            .as_ref()
            .filter(|_| config.dynamic_ownership)
            .map(|identity| {
                Ownership::new(
                    identity.uid,
                    identity.gid,
                    config.remember_owner,
                    boot_time(),
                )
            });
        make_directories(&layout, identity.as_ref())?;
        let this = Arc::new(Self {
            host: HostFacts::new(&layout, privileged),
            capabilities: Cache::new(Some(layout.cache_dir(DRIVER).join("capabilities"))),
            definitions: Store::new(layout.config_dir(DRIVER)),
            status_files: Store::on(layout.state_dir(DRIVER), Arc::new(VolatileDisk)),
            ports: Ports::default(),
            snapshots: Snapshots::new(layout.lib_dir(DRIVER).join("snapshot")),
            registry: Registry::default(),
            events: EventHub::new(),
            next_id: AtomicI32::new(1),
            watched_sessions: Mutex::default(),
            closing: watch::Sender::new(false),
            layout,
            config,
            mode,
            identity,
            ownership,
        });
        this.load_definitions().await?;
        this.find_running().await?;
        let uuid = |name: &str| this.registry.by_name(name).map(|vm| vm.uuid);
        this.snapshots.load(uuid).await;
        Ok(this)
    }

    /// The driver behind its route table: what a daemon or an application serves.
    pub fn door(self: &Arc<Self>) -> Arc<Door<Self>> {
        Door::new(self.clone(), api::routes())
    }

    /// Starts the VMs that are to start with the host, once per boot of the host. Returns when all were begun.
    pub async fn autostart(self: &Arc<Self>) {
        if matches!(self.mode, Mode::Embed { .. }) || !self.first_since_boot() {
            return;
        }
        for vm in self.registry.all() {
            let snapshot = vm.snapshot();
            if snapshot.autostart_once {
                // It counts for this boot, however the start ends.
                if let Err(error) = vm.ask(self, Action::SetAutostartOnce(false)).await {
                    let error = Error::from(error);
                    let error = error.message();
                    tracing::error!(name = %snapshot.name, error, "cannot unmark for autostart");
                }
            }
            let wanted = snapshot.autostart || snapshot.autostart_once;
            if !wanted || snapshot.state.is_active() {
                continue;
            }
            let start = Start {
                document: None,
                paused: false,
                autodestroy: None,
                reset_nvram: false,
            };
            if let Err(error) = vm.ask(self, Action::Start(Box::new(start))).await {
                let error = Error::from(error);
                tracing::error!(name = %snapshot.name, error = error.message(), "autostart failed");
            }
        }
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

    async fn load_definitions(self: &Arc<Self>) -> Result<(), StoreError> {
        let loaded = self
            .definitions
            .load(|_, text| Definition::parse(text))
            .await?;
        let autostart = self.autostarted_names(".xml");
        let once = self.autostarted_names(".xml.once");
        for (file, definition) in loaded.objects {
            let name = definition.name.clone();
            match self.registry.claim(&name, definition.uuid) {
                Ok(vm) => vm.restore(|snapshot| {
                    snapshot.definition = Some(Arc::new(definition));
                    snapshot.autostart =
                        autostart.contains(&*name) && self.definitions.autostart().is_set(&file);
                    snapshot.autostart_once =
                        once.contains(&*name) && self.definitions.autostart_once().is_set(&file);
                }),
                Err(error) => tracing::error!(%file, %error, "passing over a definition"),
            }
        }
        Ok(())
    }

    /// The names in the directory of autostart links; mostly far fewer than there are VMs.
    fn autostarted_names(&self, ending: &str) -> BTreeSet<String> {
        let links = fs::read_dir(self.layout.autostart_dir(DRIVER))
            .into_iter()
            .flatten();
        let names = links.filter_map(|link| link.ok()?.file_name().into_string().ok());
        names
            .filter_map(|name| Some(name.strip_suffix(ending)?.to_owned()))
            .collect()
    }

    async fn find_running(self: &Arc<Self>) -> Result<(), StoreError> {
        let options = xml::Options::lenient();
        let loaded = self
            .status_files
            .load(move |_, text| xml::parse::<Status>(text, &options))
            .await?;
        let mut adoptions = tokio::task::JoinSet::new();
        for (file, status) in loaded.objects {
            let id = status.domain.id.unwrap_or_else(|| self.next_id());
            self.next_id
                .fetch_max(id.saturating_add(1), Ordering::Relaxed);
            let name: Arc<str> = status.domain.name.as_str().into();
            let vm = match self
                .registry
                .claim(&name, status.domain.uuid.unwrap_or_default())
            {
                Ok(vm) => vm,
                Err(error) => {
                    tracing::error!(%file, %error, "passing over a status file");
                    continue;
                }
            };
            self.registry.bind_id(id, vm.uuid);
            vm.restore(|snapshot| snapshot.state = State::Starting(Starting { id }));
            let (this, found) = (self.clone(), Found { file, status });
            adoptions.spawn(async move { vm.ask(&this, Action::Adopt(Box::new(found))).await });
        }
        let all = async { while adoptions.join_next().await.is_some() {} };
        if tokio::time::timeout(REDISCOVERY, all).await.is_err() {
            tracing::warn!("some running VMs do not answer yet; going on without them");
            adoptions.detach_all();
        }
        Ok(())
    }

    /// Whether nobody has asked since the host was booted: the state directory does not outlive it.
    fn first_since_boot(&self) -> bool {
        let marker = self.layout.state_dir(DRIVER).join("autostarted");
        fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(marker)
            .is_ok()
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

fn make_directories(layout: &Layout, identity: Option<&Identity>) -> Result<(), OpenError> {
    let (lib, state, log) = (
        layout.lib_dir(DRIVER),
        layout.state_dir(DRIVER),
        layout.log_dir(DRIVER),
    );
    make(&layout.config_dir(DRIVER), 0o700)?;
    make(&layout.cache_dir(DRIVER), 0o750)?;
    make(&log, 0o700)?;
    make(&state, 0o755)?;
    make(&lib, 0o751)?;
    let channels = state.join("channel");
    make(&channels, 0o755)?;
    let Some(identity) = identity else {
        return Ok(());
    };
    for path in [lib, channels] {
        let given = identity.own(&path);
        given.map_err(|source| OpenError::Directory { path, source })?;
    }
    Ok(())
}

fn make(path: &Path, mode: u32) -> Result<(), OpenError> {
    let parents = path.parent().map_or(Ok(()), fs::create_dir_all);
    let made = parents.and_then(|()| match fs::DirBuilder::new().mode(mode).create(path) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        other => other,
    });
    made.map_err(|source| OpenError::Directory {
        path: path.to_owned(),
        source,
    })
}

/// The name of a VM as a file's.
pub(crate) fn file_name(name: &str) -> Result<FileName, driver::store::FileNameError> {
    FileName::new(name)
}

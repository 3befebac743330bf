//! What the driver does when it starts: it reads the definitions, finds the VMs again that run, and starts others.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use documents::domain::Status;
use driver::store::{Store, StoreError};
use driver::{Error, EventHub, Layout};
use tokio::sync::watch;

use super::QemuDriver;
use super::directories::make_directories;
use crate::capabilities::Cache;
use crate::config::{Config, Identity, UserError};
use crate::host::HostFacts;
use crate::mode::Mode;
use crate::ports::Ports;
use crate::registry::Registry;
use crate::snapshot::Snapshots;
use crate::vm::DRIVER;
use crate::vm::definition::Definition;
use crate::vm::ownership::{Ownership, boot_time};
use crate::vm::reconnect::Found;
use crate::vm::request::{Action, Start};
use crate::vm::state::{Starting, State};
use crate::vm::status::VolatileDisk;

/// VMs that run are found again before the first client is served; a QEMU that does not answer is waited for no
/// longer than this.
const REDISCOVERY: Duration = Duration::from_secs(2);

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

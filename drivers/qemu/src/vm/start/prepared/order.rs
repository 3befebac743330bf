//! What is made, in its order, where blocking is allowed.

use std::path::Path;
use std::sync::Arc;

use documents::domain::Domain;
use driver::store::FileName;
use process::{Program, Spawn};
use tokio::runtime::Handle;

use super::attributes::configure;
use super::site::Site;
use super::{Prepared, save};
use crate::capabilities::{Capabilities, HostProcessor};
use crate::command_line::{self, CommandLine, MonitorSocket, Runtime, Surroundings};
use crate::devices::Secrets;
use crate::domain::{self, Checked, DomainError, PortUse};
use crate::driver::QemuDriver;
use crate::vm::log::Log;
use crate::vm::network::{self, Network, Passt};
use crate::vm::paths::Paths;
use crate::vm::resctrl::ResourceGroups;
use crate::vm::resources::{HostChanges, Resources};
use crate::vm::start::advice::{self, Advice};
use crate::vm::start::{StartError, files, helpers, limits, master_key, nvram, sockets};
use crate::vm::{pci_binding, status, transient};

/// The ports of VNC's web sockets.
const WEBSOCKET_PORTS: (u16, u16) = (5700, 65535);

/// What is to be prepared, where blocking is allowed.
pub(super) struct Order {
    pub(super) driver: Arc<QemuDriver>,
    pub(super) name: Arc<str>,
    pub(super) id: i32,
    pub(super) checked: Checked,
    pub(super) capabilities: Arc<Capabilities>,
    pub(super) processor: Arc<HostProcessor>,
    pub(super) autodestroy: Option<u64>,
    pub(super) reset_nvram: bool,
}

impl Order {
    pub(super) fn prepare(self) -> Result<Prepared, Failed> {
        let (driver, id) = (self.driver.clone(), self.id);
        let file = FileName::new(&*self.name).map_err(StartError::from)?;
        let paths = Arc::new(Paths::new(driver.layout(), self.id, &self.name));
        let mut resources = Resources {
            file,
            paths,
            changes: HostChanges::default(),
            ports: Vec::new(),
            network: Vec::new(),
            sockets: Vec::new(),
            helpers: Vec::new(),
            overlays: Vec::new(),
            group: None,
            shares: ResourceGroups::default(),
            fresh_tpm: None,
        };
        match self.prepare_into(&mut resources) {
            Ok(Making {
                document,
                log,
                spawn,
                command,
                env,
                name,
                emulator_version,
                autodestroy,
                advice,
            }) => {
                let paths = resources.paths.clone();
                Ok(Prepared {
                    name,
                    document,
                    paths,
                    log,
                    id,
                    driver,
                    resources,
                    spawn,
                    emulator_version,
                    command,
                    env,
                    autodestroy,
                    advice,
                })
            }
            Err(error) => Err(Failed {
                taken: Some((Box::new(resources), driver)),
                error,
            }),
        }
    }

    /// Notes in `resources` whatever it takes, as soon as it has taken it.
    fn prepare_into(self, resources: &mut Resources) -> Result<Making, StartError> {
        let Self {
            driver,
            name,
            id,
            mut checked,
            capabilities,
            processor,
            autodestroy,
            reset_nvram,
        } = self;
        let paths = resources.paths.clone();
        for target in checked.drop_missing(&|path| Path::new(path).exists()) {
            tracing::warn!(
                domain = &*name,
                target,
                "an optional image is missing: left out"
            );
        }
        let chains = domain::images(&checked)?;
        let mut live = {
            let mut next_port = |wanted| {
                let range = match wanted {
                    PortUse::Vnc => driver.config().display_ports,
                    PortUse::VncWebsocket => WEBSOCKET_PORTS,
                };
                let port = driver.ports().reserve(range).ok()?;
                resources.ports.push(port);
                Some(port)
            };
            let mut start = domain::Start {
                id,
                home: paths.lib.clone(),
                channel_dir: driver.layout().state_dir(crate::vm::DRIVER).join("channel"),
                vnc_listen: driver.config().vnc_listen.clone(),
                next_port: &mut next_port,
                capabilities: &capabilities,
                processor: processor.definition.as_ref(),
                counter: processor.counter,
            };
            domain::live(&checked, &mut start)?
        };
        domain::attach(&mut live, &chains);
        let advice = advice::ask(live.document()).map_err(|source| StartError::Advice {
            name: name.clone(),
            source,
        })?;
        let overlay = |source| StartError::Overlay {
            name: name.clone(),
            source,
        };
        let images = transient::lay_over(live.document_mut()).map_err(overlay)?;
        let file = resources.file.clone();
        let note = |document: &Domain, changes: &HostChanges| {
            let status = status::starting(driver.config(), document, &paths, changes);
            Handle::current().block_on(save(&driver, &name, &file, &status))
        };
        resources.changes.bound = pci_binding::to_take(live.document(), &host::Root::default());
        // Before anything is made, so that a daemon that comes after a kill finds and removes it.
        note(live.document(), &resources.changes)?;
        let made = transient::make(&images, driver.identity(), &mut resources.overlays);
        made.map_err(overlay)?;
        let site = Site {
            name: &name,
            identity: driver.identity(),
        };
        site.directory(&paths.lib)?;
        site.directory(&paths.channels)?;
        let path = paths.master_key();
        let key = master_key::write(&path, driver.identity()).map_err(site.at("write", &path))?;
        let limited = |source| StartError::Limit {
            name: name.clone(),
            source,
        };
        let group = limits::group(&driver, live.document(), id).map_err(limited)?;
        if let Some(group) = &group {
            resources.group = Some(group.clone());
            group.make().map_err(limited)?;
            limits::set(group, live.document()).map_err(limited)?;
        }
        limits::name_partition(live.document_mut());
        let shares = limits::make_shares(&driver, live.document(), id);
        resources.shares = shares.map_err(|source| StartError::Share {
            name: name.clone(),
            source,
        })?;
        let monitor = site.listen(&paths.monitor)?;
        if let Some(copy) =
            nvram::wanted(live.document(), reset_nvram).map_err(DomainError::from)?
        {
            let made = copy.make(driver.identity());
            made.map_err(site.at("make the firmware's variables", copy.place.path()))?;
        }
        for (name, text) in command_line::security::files(live.document()) {
            let path = paths.lib.join(name);
            let written = master_key::write_file(&path, text.as_bytes(), driver.identity());
            written.map_err(site.at("write", &path))?;
        }
        let log = Log::open(&paths.log).map_err(site.at("open", &paths.log))?;
        if let Some(ownership) = driver.ownership() {
            for path in files::of(live.document()) {
                let given = ownership.give(&path);
                given.map_err(|source| StartError::Ownership {
                    name: name.clone(),
                    source,
                })?;
                resources.changes.given.push(path);
            }
        }
        let pstore = live.document().devices.pstore.as_ref();
        if let Some(directory) = pstore.and_then(|it| Path::new(it.path.as_deref()?).parent())
            && !directory.exists()
        {
            site.directory(directory)?;
        }
        let mut spawn = Spawn::new(Program::Emulator(capabilities.emulator.clone()));
        let monitor_fd = spawn.pass(monitor);
        let made = network::make(
            live.document_mut(),
            &mut spawn,
            &Passt {
                prefix: &paths.passt,
                identity: driver.identity(),
            },
            &mut resources.network,
        );
        let Network { taps, vdpa } = made.map_err(|source| StartError::Network {
            name: name.clone(),
            source,
        })?;
        // Devices of the network have their names by now, and what follows may take its time.
        note(live.document(), &resources.changes)?;
        let surroundings = Surroundings {
            advised_nodes: advice.as_ref().map(|advice| advice.nodes.clone()),
            ..driver.host().surroundings().of_guest(id, &name)
        };
        let helpers = helpers::Site {
            driver: &driver,
            name: &name,
            paths: &paths,
        };
        let host = helpers.prepare(live.document_mut(), &mut spawn, resources)?;
        if let Some(ownership) = driver.ownership() {
            for path in helpers.device_files(live.document(), &host) {
                let given = ownership.give(&path);
                given.map_err(|source| StartError::Ownership {
                    name: name.clone(),
                    source,
                })?;
                resources.changes.given.push(path);
            }
        }
        let directories =
            command_line::memory_directories(live.document(), &capabilities, &surroundings)?;
        for directory in directories {
            site.directory_among_others(&directory)?;
            resources.sockets.push(directory);
        }
        if let Some(group) = &group {
            for helper in &resources.helpers {
                group.add_process(helper.pid()).map_err(limited)?;
            }
            for directory in group.directories() {
                spawn.cgroup(directory);
            }
        }
        let runtime = Runtime {
            monitor: MonitorSocket::Fd(monitor_fd),
            sandbox: driver.config().seccomp_sandbox,
            taps,
            vdpa,
            passt: Some(paths.passt.clone()),
            now: jiff::Timestamp::now().as_second(),
            home: Some(paths.lib.clone()),
            master_key: Some(paths.master_key()),
            host,
            secrets: Secrets::new(key),
            cdroms: files::cdroms(live.document()),
            surroundings,
        };
        let mut reachable = live.clone();
        // With its overlay a disk shares its image already, and can be there from the beginning.
        for disk in &mut reachable.document_mut().devices.disks {
            disk.transient = None;
        }
        sockets::shorten(reachable.document_mut(), &mut spawn)
            .map_err(|(path, error)| site.at("open", &path)(error))?;
        let CommandLine { args, env, .. } =
            command_line::build(&reachable, &capabilities, &runtime)?;
        configure(&mut spawn, &driver, live.document(), &log, &args, &env)
            .map_err(site.at("open", &paths.log))?;
        let program = capabilities.emulator.to_string_lossy().into_owned();
        let command = std::iter::once(program).chain(args).collect();
        let version = &capabilities.version;
        let emulator_version = format!(
            "{}.{}.{}{}",
            version.major, version.minor, version.micro, version.package
        );
        let document = live.document().clone();
        Ok(Making {
            document,
            log,
            spawn,
            command,
            env,
            name,
            emulator_version,
            autodestroy,
            advice,
        })
    }
}

/// A preparation that failed, with what had been taken.
pub(super) struct Failed {
    pub(super) taken: Option<(Box<Resources>, Arc<QemuDriver>)>,
    pub(super) error: StartError,
}

impl From<StartError> for Failed {
    fn from(error: StartError) -> Self {
        Self { taken: None, error }
    }
}

/// What [`Order::prepare_into`] makes.
struct Making {
    document: Domain,
    log: Log,
    spawn: Spawn,
    command: Vec<String>,
    env: Vec<(String, String)>,
    name: Arc<str>,
    emulator_version: String,
    autodestroy: Option<u64>,
    advice: Option<Advice>,
}

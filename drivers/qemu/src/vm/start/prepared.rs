//! The phase in which everything is made that QEMU needs, before it exists.

use std::fs;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::fs::{DirBuilderExt, chown};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use documents::domain::{Domain, Status};
use driver::layout;
use driver::store::FileName;
use process::{Program, Resource, Signal, Spawn, Stdio};
use tokio::runtime::Handle;

use super::advice::{self, Advice};
use super::spawned::Spawned;
use super::threads::Allotted;
use super::{
    Abort, Plan, StartError, files, helpers, limits, master_key, memory_lock, nvram, sockets,
};
use crate::api::errors::EmulatorError;
use crate::capabilities::{Capabilities, HostProcessor};
use crate::command_line::{self, CommandLine, MonitorSocket, Runtime, Surroundings};
use crate::config::{Config, CoreLimit, Identity};
use crate::devices::Secrets;
use crate::domain::{self, Checked, Context, DomainError, PortUse, RandomIds};
use crate::driver::QemuDriver;
use crate::mode::Mode;
use crate::vm::log::{Head, Log};
use crate::vm::network::{self, Network, Passt};
use crate::vm::paths::Paths;
use crate::vm::resctrl::ResourceGroups;
use crate::vm::resources::{HostChanges, Resources};
use crate::vm::{pci_binding, status, transient};

/// The ports of VNC's web sockets.
const WEBSOCKET_PORTS: (u16, u16) = (5700, 65535);

/// Everything that QEMU needs, made; dropping it leaves it behind, [`Prepared::unwind`] does not.
#[derive(Debug)]
pub(super) struct Prepared {
    /// The VM's name.
    pub(super) name: Arc<str>,
    /// The document of this run.
    pub(super) document: Domain,
    /// Where the VM's files are.
    pub(super) paths: Arc<Paths>,
    /// The VM's log.
    pub(super) log: Log,
    id: i32,
    driver: Arc<QemuDriver>,
    resources: Resources,
    spawn: Spawn,
    emulator_version: String,
    command: Vec<String>,
    env: Vec<(String, String)>,
    autodestroy: Option<u64>,
    /// Where the host's NUMA daemon would put it.
    advice: Option<Advice>,
}

impl Prepared {
    /// Completes and checks the document against today's QEMU, then makes what it needs.
    pub(super) async fn new(plan: Plan) -> Result<Self, StartError> {
        let Plan {
            driver,
            name,
            id,
            document,
            autodestroy,
            reset_nvram,
        } = plan;
        let emulator = domain::emulator(&document)?;
        let capabilities = driver
            .capabilities()
            .get(&emulator)
            .await
            .map_err(EmulatorError::from)?;
        let processor = driver.capabilities().host_processor().await;
        let checked = check(&driver, document, &capabilities)?;
        let order = Order {
            driver,
            name,
            id,
            checked,
            capabilities,
            processor,
            autodestroy,
            reset_nvram,
        };
        // Following images and changing owners may take as long as a file server likes.
        match tokio::task::spawn_blocking(move || order.prepare()).await {
            Ok(Ok(prepared)) => Ok(prepared),
            Ok(Err(Failed { taken, error })) => {
                if let Some((resources, driver)) = taken {
                    resources.release(&driver).await;
                }
                Err(error)
            }
            Err(_) => Err(StartError::ShuttingDown),
        }
    }

    /// Starts the process.
    pub(super) async fn spawn(mut self, abort: &mut Abort) -> Result<Spawned, StartError> {
        if let Err(error) = abort.check() {
            self.unwind().await;
            return Err(error);
        }
        let status = status::starting(
            self.driver.config(),
            &self.document,
            &self.paths,
            &self.resources.changes,
        );
        if let Err(error) = self.save(&status).await {
            self.unwind().await;
            return Err(error);
        }
        let started = self.begin_log().and_then(|()| {
            let program = Program::Emulator(PathBuf::new());
            let spawn = std::mem::replace(&mut self.spawn, Spawn::new(program));
            spawn.spawn().map_err(|source| StartError::Spawn {
                name: self.name.clone(),
                source,
            })
        });
        let process = match started {
            Ok(process) => process,
            Err(error) => {
                self.unwind().await;
                return Err(error);
            }
        };
        let spawned = Spawned {
            prepared: self,
            process,
        };
        let (pid, start_time) = (spawned.process.pid(), spawned.process.start_time());
        let bound = spawned.prepared.autodestroy.is_some();
        let status = status::with_process(status, pid, start_time, bound);
        if let Err(error) = spawned.prepared.save(&status).await {
            spawned.unwind().await;
            return Err(error);
        }
        spawned.prepared.write_pid(pid);
        Ok(spawned)
    }

    /// What its threads are to be put into.
    pub(super) fn allotted(&self) -> Allotted {
        Allotted {
            group: self.resources.group.clone(),
            shares: self.resources.shares.clone(),
            advice: self.advice.clone(),
        }
    }

    /// Gives everything back.
    pub(super) async fn unwind(self) {
        self.resources.release(&self.driver).await;
    }

    /// What the owner needs of it.
    pub(super) fn into_resources(mut self) -> (Resources, Option<u64>) {
        self.resources.fresh_tpm = None;
        // A change while the VM runs may make one.
        let group = || limits::place(&self.driver, &self.document, self.id);
        self.resources.group.get_or_insert_with(group);
        (self.resources, self.autodestroy)
    }

    async fn save(&self, status: &Status) -> Result<(), StartError> {
        save(&self.driver, &self.name, &self.resources.file, status).await
    }

    fn begin_log(&mut self) -> Result<(), StartError> {
        let head = Head {
            emulator_version: &self.emulator_version,
            hostname: &host::name::hostname(),
            env: &self.env,
            command: &self.command,
        };
        let (name, path) = (self.name.clone(), self.paths.log.clone());
        let begun = self.log.begin(&head);
        begun.map_err(|source| StartError::Prepare {
            name,
            what: "write",
            path,
            source,
        })
    }

    /// The pid file is for people and their scripts; the driver itself goes by the status file.
    fn write_pid(&self, pid: i32) {
        use std::io::Write;
        let written =
            fs::File::create(&self.paths.pid).and_then(|mut file| writeln!(file, "{pid}"));
        if let Err(error) = written {
            tracing::warn!(path = %self.paths.pid.display(), %error, "cannot write a pid file");
        }
    }
}

/// Writes the status file.
async fn save(
    driver: &QemuDriver,
    name: &Arc<str>,
    file: &FileName,
    status: &Status,
) -> Result<(), StartError> {
    let text = driver.status_text(status);
    let written = driver.status_files().write(file, text).await;
    written.map_err(|source| StartError::Status {
        name: name.clone(),
        source,
    })
}

fn check(
    driver: &QemuDriver,
    document: Domain,
    capabilities: &Capabilities,
) -> Result<Checked, StartError> {
    let context = Context {
        capabilities,
        ids: &RandomIds,
        host: driver.host(),
    };
    Ok(domain::check(
        domain::complete(document, &context)?,
        capabilities,
    )?)
}

/// What is to be prepared, where blocking is allowed.
struct Order {
    driver: Arc<QemuDriver>,
    name: Arc<str>,
    id: i32,
    checked: Checked,
    capabilities: Arc<Capabilities>,
    processor: Arc<HostProcessor>,
    autodestroy: Option<u64>,
    reset_nvram: bool,
}

/// A preparation that failed, with what had been taken.
struct Failed {
    taken: Option<(Box<Resources>, Arc<QemuDriver>)>,
    error: StartError,
}

impl From<StartError> for Failed {
    fn from(error: StartError) -> Self {
        Self { taken: None, error }
    }
}

impl Order {
    fn prepare(self) -> Result<Prepared, Failed> {
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

/// For whom files and directories are made.
struct Site<'a> {
    name: &'a Arc<str>,
    identity: Option<&'a Identity>,
}

impl Site<'_> {
    fn at<'p>(
        &self,
        what: &'static str,
        path: &'p Path,
    ) -> impl FnOnce(io::Error) -> StartError + use<'p> {
        let name = self.name.clone();
        move |source| StartError::Prepare {
            name,
            what,
            path: path.to_owned(),
            source,
        }
    }

    /// A directory for QEMU alone. One that is there already was left by a crash of the host.
    fn directory(&self, path: &Path) -> Result<(), StartError> {
        let made = fs::DirBuilder::new()
            .recursive(true)
            .mode(0o750)
            .create(path);
        let given = made.and_then(|()| match self.identity {
            Some(identity) => chown(path, Some(identity.uid), Some(identity.gid)),
            None => Ok(()),
        });
        given.map_err(self.at("make", path))
    }

    /// The same below a directory that all guests pass through.
    fn directory_among_others(&self, path: &Path) -> Result<(), StartError> {
        if let Some(parent) = path.parent() {
            let made = fs::DirBuilder::new()
                .recursive(true)
                .mode(0o755)
                .create(parent);
            made.map_err(self.at("make", parent))?;
        }
        self.directory(path)
    }

    fn listen(&self, path: &Path) -> Result<OwnedFd, StartError> {
        match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(self.at("remove", path)(error));
            }
            _ => {}
        }
        Ok(layout::listen(path)
            .map_err(self.at("listen at", path))?
            .into())
    }
}

/// Everything about the process that is not in its arguments.
fn configure(
    spawn: &mut Spawn,
    driver: &QemuDriver,
    domain: &Domain,
    log: &Log,
    args: &[String],
    env: &[(String, String)],
) -> io::Result<()> {
    spawn
        .args(args)
        .stdout(Stdio::Fd(log.descriptor()?))
        .stderr(Stdio::Fd(log.descriptor()?));
    for (name, value) in env {
        spawn.env(name, value);
    }
    spawn.directory("/").umask(0o027).new_session();
    limits(spawn, driver.config());
    if let Some(limit) = memory_lock::to_raise(domain).filter(|_| may_raise()) {
        spawn.limit(Resource::Memlock, limit.bytes());
    }
    if let Some(identity) = driver.identity() {
        spawn.credentials(identity.credentials());
        spawn.no_capabilities();
    }
    if matches!(driver.mode(), Mode::Embed { .. }) && !driver.mode().outlives() {
        spawn.dies_with_us(Signal::KILL);
    }
    Ok(())
}

fn limits(spawn: &mut Spawn, config: &Config) {
    if let Some(max) = config.max_files {
        spawn.limit(Resource::Nofile, Some(max));
    }
    if let Some(max) = config.max_processes {
        spawn.limit(Resource::Nproc, Some(max));
    }
    match config.max_core {
        CoreLimit::Unlimited if may_raise() => {
            spawn.limit(Resource::Core, None);
        }
        CoreLimit::Bytes(bytes) => {
            spawn.limit(Resource::Core, Some(bytes));
        }
        CoreLimit::Unlimited | CoreLimit::Inherit => {}
    }
}

/// Only root may raise a limit; for others the daemon's own is the most there is.
fn may_raise() -> bool {
    rustix::process::geteuid().is_root()
}

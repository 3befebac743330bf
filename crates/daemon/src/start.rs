//! The order of a start and of an end.

use std::future::Future;
use std::io::{self, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use conf::Conf;
use driver::Lifecycle;
use layout::{Instance, Layout, Scope, SessionEnv, SocketKind};
use process::Readiness;
use rustix::fs::Mode;
use sd_notify::NotifyState;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::admin::Admin;
use crate::arguments::{self, Arguments, Request};
use crate::clients::Server;
use crate::context::{Context, DaemonSpec, MakeError};
use crate::failure::{StartError, chain};
use crate::listen::{self, Listener};
use crate::relay::Relay;
use crate::settings::{self, Loaded, Settings};
use crate::{idle, log, serve};

/// Threads that serve. Handlers do not block, so that more would only cost memory.
const WORKERS: usize = 2;

/// The most threads for work that blocks: files that are made durable, look-ups of names.
const BLOCKING: usize = 8;

/// How long clients may take to receive their last answers at the end.
const LAST_ANSWERS: Duration = Duration::from_secs(2);

/// How long the driver may take to come to rest.
const REST: Duration = Duration::from_secs(30);

/// Runs a daemon until it is told to end; the result is the exit code of the program.
///
/// `make` makes the driver. It runs inside the runtime, while clients that connect already wait.
pub fn run<F, T>(spec: DaemonSpec, make: F) -> ExitCode
where
    F: FnOnce(Context) -> T,
    T: Future<Output = Result<Arc<dyn Lifecycle>, MakeError>>,
{
    let result = match arguments::parse(std::env::args_os().skip(1)) {
        Ok(Request::Help) => say(&arguments::help(&spec)),
        Ok(Request::Version) => say(&format!(
            "{} {}\n",
            spec.name.as_str(),
            env!("CARGO_PKG_VERSION")
        )),
        Ok(Request::Run(arguments)) => start(spec, &arguments, make),
        Err(error) => Err(error.into()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "{}: {}", spec.name.as_str(), chain(&error));
            ExitCode::FAILURE
        }
    }
}

fn say(text: &str) -> Result<(), StartError> {
    // Who closes our output does not want to read it.
    let _ = io::stdout().write_all(text.as_bytes());
    Ok(())
}

fn start<F, T>(spec: DaemonSpec, arguments: &Arguments, make: F) -> Result<(), StartError>
where
    F: FnOnce(Context) -> T,
    T: Future<Output = Result<Arc<dyn Lifecycle>, MakeError>>,
{
    let inherited = process::inherited_descriptors().map_err(StartError::Inherited)?;
    let name = spec.name.as_str();
    let privileged = rustix::process::geteuid().is_root();
    let layout = choose_layout(arguments, privileged)?;
    let Loaded { settings, warnings } = settings::from_conf(&read_conf(arguments, &layout, name)?)?;
    let pid_file = arguments.pid_file.as_deref().map(absolute);

    let readiness = if arguments.daemon {
        Some(process::detach()?)
    } else {
        None
    };
    let style = log::Style {
        name,
        verbose: arguments.verbose,
        background: arguments.daemon,
    };
    let log = log::start(&settings, style)?;
    for warning in warnings {
        tracing::warn!("{warning}");
    }

    let shared = Mode::from_raw_mode(if layout.scope() == Scope::Session {
        0o077
    } else {
        0o022
    });
    rustix::process::umask(shared);
    create_directory(layout.state_base())?;
    let instance = Instance::acquire(&layout.pid_file(name))?;
    // The lock of the layout is always taken; another file is for those who want to read it there.
    let pid_file = pid_file.filter(|path| *path != layout.pid_file(name));
    let pid_file = pid_file.map(|path| Instance::acquire(&path)).transpose()?;
    let listeners = listen::open(&layout, name, &settings, inherited)?;

    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(WORKERS)
        .max_blocking_threads(BLOCKING)
        .thread_keep_alive(Duration::from_secs(2))
        .thread_name(name)
        .enable_all()
        .build()
        .map_err(StartError::Runtime)?;
    let context = Context {
        layout: layout.clone(),
        privileged,
        host_uuid: settings.host_uuid.clone(),
        host_uuid_source: settings.host_uuid_source,
    };
    let result = runtime.block_on(async {
        let signals = Signals::catch().map_err(StartError::Runtime)?;
        let driver = make(context).await.map_err(StartError::Driver)?;
        let daemon = Daemon::new(spec, driver, &settings, layout, log, arguments.timeout);
        daemon.live(listeners, signals, readiness).await;
        Ok(())
    });
    runtime.shutdown_timeout(LAST_ANSWERS);
    drop((pid_file, instance));
    result
}

fn choose_layout(arguments: &Arguments, privileged: bool) -> Result<Layout, StartError> {
    if let Some(root) = &arguments.root {
        return Ok(Layout::root(root));
    }
    if privileged {
        return Ok(Layout::system());
    }
    let home = host::accounts::current_user()?
        .home
        .unwrap_or_else(|| PathBuf::from("/"));
    Ok(Layout::session(&SessionEnv::from_process(&home)))
}

/// The configuration file may be missing, unless it was named.
fn read_conf(arguments: &Arguments, layout: &Layout, name: &str) -> Result<Conf, StartError> {
    Ok(match &arguments.config {
        Some(file) => Conf::load(&absolute(file))?,
        None => Conf::load_optional(&layout.config_base().join(format!("{name}.conf")))?,
    })
}

/// A daemon changes its directory.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

fn create_directory(path: &Path) -> Result<(), StartError> {
    let created = std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o755)
        .create(path);
    created.map_err(|source| StartError::Directory {
        path: path.to_owned(),
        source,
    })
}

/// A daemon that serves.
struct Daemon {
    driver: Arc<dyn Lifecycle>,
    servers: [Arc<Server>; 2],
    relay: Arc<Relay>,
    admin: Arc<Admin>,
    idle_limit: watch::Receiver<Option<Duration>>,
}

impl Daemon {
    fn new(
        spec: DaemonSpec,
        driver: Arc<dyn Lifecycle>,
        settings: &Settings,
        layout: Layout,
        log: log::Handle,
        timeout: Option<Duration>,
    ) -> Self {
        let main = Server::new(spec.name.as_str(), &settings.main);
        let servers = [main, Server::new("admin", &settings.admin)];
        let (set_limit, idle_limit) = watch::channel(timeout);
        let relay = Relay::new(driver.service(), spec.family, layout);
        let admin = Admin::new(servers.to_vec(), log, set_limit);
        Daemon {
            driver,
            servers,
            relay,
            admin,
            idle_limit,
        }
    }

    /// Serves until told to end, and ends.
    async fn live(self, listeners: Vec<Listener>, signals: Signals, readiness: Option<Readiness>) {
        let mut work = JoinSet::new();
        for listener in &listeners {
            match self.accept(listener) {
                Ok(accepting) => drop(work.spawn(accepting)),
                Err(error) => tracing::error!(%error, "a socket cannot be served"),
            }
        }
        work.spawn(idle::give_memory_back(self.servers.to_vec()));
        tell_ready(readiness);
        process::give_back_free_memory();
        tokio::select! {
            () = signals.end() => {}
            () = idle::unneeded(&self.servers, &*self.driver, self.idle_limit.clone()) => {
                tracing::info!("nobody has needed this daemon for a while: it ends");
            }
        }
        let _ = sd_notify::notify(&[NotifyState::Stopping]);
        work.abort_all();
        drop(listeners);
        self.say_goodbye().await;
        if timeout(REST, self.driver.shutdown()).await.is_err() {
            tracing::error!("the driver did not come to rest within {REST:?}");
        }
    }

    fn accept(&self, listener: &Listener) -> io::Result<impl Future<Output = ()> + use<>> {
        let [main, admin] = &self.servers;
        let (server, service): (_, Arc<dyn rpc::Service>) = match listener.kind {
            SocketKind::Admin => (admin.clone(), self.admin.clone()),
            SocketKind::ReadWrite | SocketKind::ReadOnly => (main.clone(), self.relay.clone()),
        };
        let (socket, kind) = (listener.socket.try_clone()?, listener.kind);
        Ok(async move {
            if let Err(error) = serve::accept(socket, kind, server, service).await {
                tracing::error!(%error, "a socket cannot be served");
            }
        })
    }

    /// Lets every client have the answers that it waits for, and no more.
    async fn say_goodbye(&self) {
        let sessions = || self.servers.iter().flat_map(|server| server.sessions());
        for session in sessions() {
            session.finish();
        }
        let gone = async {
            for session in sessions() {
                session.closed().await;
            }
        };
        if timeout(LAST_ANSWERS, gone).await.is_err() {
            sessions().for_each(|session| session.close());
        }
    }
}

fn tell_ready(readiness: Option<Readiness>) {
    tracing::info!("ready to serve");
    if let Some(Err(error)) = readiness.map(Readiness::ready) {
        tracing::warn!(%error, "the standard descriptors cannot be let go");
    }
    if let Err(error) = sd_notify::notify(&[NotifyState::Ready]) {
        tracing::warn!(%error, "the service manager cannot be told that this daemon is ready");
    }
}

/// The signals that concern a daemon. Caught from the beginning: one that comes before the daemon
/// serves ends it in order as soon as it does.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
    quit: Signal,
    hangup: Signal,
}

impl Signals {
    fn catch() -> io::Result<Self> {
        Ok(Signals {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            quit: signal(SignalKind::quit())?,
            hangup: signal(SignalKind::hangup())?,
        })
    }

    /// Waits for one that ends the daemon.
    async fn end(mut self) {
        loop {
            tokio::select! {
                _ = self.terminate.recv() => return,
                _ = self.interrupt.recv() => return,
                _ = self.quit.recv() => return,
                _ = self.hangup.recv() => tracing::info!("SIGHUP: there is nothing to read again"),
            }
        }
    }
}

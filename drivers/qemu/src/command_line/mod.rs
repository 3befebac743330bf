//! The command line of a QEMU process, made of a live document.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use documents::domain::{Domain, Graphics, Toggle};
use serde::Serialize;

use crate::capabilities::{Capabilities, Feature};
use crate::devices::seat::Guest;
use crate::devices::{KeyVal, Part, Secrets, TapFds, audio};
use crate::domain::checks::displays::one_of_each;
use crate::domain::machine::Family;
use crate::domain::{DomainError, FeatureError, Live, directory_name};
use crate::host_side::HostSide;

mod arguments;
mod boot;
mod clock;
mod cpu;
mod devices;
mod firmware;
mod machine;
mod memory;
mod memory_backend;
mod numa;
mod order;
mod overrides;
mod plain_memory;
mod quote;
pub(crate) mod security;
mod show;
mod surroundings;

pub(crate) use memory_backend::directories as memory_directories;
pub use quote::{join, quote};
pub use surroundings::{HugePageDir, Surroundings};

use arguments::Arguments;

/// A QEMU process to be: the program, its arguments and its whole environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandLine {
    /// The program.
    pub emulator: PathBuf,
    /// Its arguments.
    pub args: Vec<String>,
    /// Its environment.
    pub env: Vec<(String, String)>,
}

impl CommandLine {
    /// One line for a shell, continued before each option.
    pub fn to_shell(&self) -> String {
        let env = self
            .env
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()));
        join(
            env,
            &self.emulator.to_string_lossy(),
            self.args.iter().map(String::as_str),
        )
    }
}

/// Where QEMU's monitor is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MonitorSocket {
    /// A listening socket that QEMU inherits under this number.
    Fd(i32),
    /// A socket that QEMU makes.
    Path(PathBuf),
}

impl Default for MonitorSocket {
    fn default() -> Self {
        Self::Path(PathBuf::from("monitor.sock"))
    }
}

/// What a process needs beyond the document. Descriptors are named by the numbers that the process sees.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Runtime {
    /// Where the monitor is.
    pub monitor: MonitorSocket,
    /// Whether QEMU's own system call filter is on.
    pub sandbox: bool,
    /// The tap devices, by the place of their interface among the interfaces.
    pub taps: BTreeMap<usize, TapFds>,
    /// The descriptors of vDPA devices, by the place of their interface among the interfaces.
    pub vdpa: BTreeMap<usize, i32>,
    /// Where the sockets of the guest's passt processes are, without their names' ends.
    pub passt: Option<PathBuf>,
    /// Seconds since 1970, the base of a clock that keeps an offset.
    pub now: i64,
    /// The process's home, where it has one.
    pub home: Option<PathBuf>,
    /// A file with the key under which secrets are handed over, where there is one.
    pub master_key: Option<PathBuf>,
    /// What stands on the host's side of devices.
    pub host: HostSide,
    /// The values of the secrets that the document names.
    pub secrets: Secrets,
    /// The host's own CD-ROM drives among the block devices of the document: only there QEMU can open the tray.
    pub cdroms: BTreeSet<String>,
    /// The host, with directories of this guest's own.
    pub surroundings: Surroundings,
}

/// Makes the command line that a guest would have, for people to read: descriptors are placeholders, and no image is
/// looked into. Every interface is shown as a tap device, because opening what is behind it would change the host.
///
/// # Errors
/// As [`build`].
pub fn show(
    live: &Live,
    capabilities: &Capabilities,
    library_dir: &Path,
    now: i64,
    surroundings: &Surroundings,
) -> Result<CommandLine, DomainError> {
    let shown = show::with_plain_interfaces(live.clone())?;
    let domain = shown.document();
    let id = domain.id.unwrap_or(-1);
    let home = library_dir.join(directory_name(id, &domain.name));
    let surroundings = surroundings.of_guest(id, &domain.name);
    let runtime = Runtime {
        monitor: MonitorSocket::Path(home.join("monitor.sock")),
        sandbox: true,
        taps: show::placeholder_taps(domain),
        now,
        master_key: Some(home.join("master-key.aes")),
        host: HostSide::shown(domain, &home, &host::Root::default())?,
        home: Some(home),
        surroundings,
        ..Runtime::default()
    };
    build(&shown, capabilities, &runtime)
}

/// Makes the command line of a guest that is about to start.
///
/// # Errors
/// When the document asks for something that this driver or this QEMU cannot do.
pub fn build(
    live: &Live,
    capabilities: &Capabilities,
    runtime: &Runtime,
) -> Result<CommandLine, DomainError> {
    let domain = live.document();
    one_of_each(&domain.devices)?;
    let guest = Guest {
        devices: &domain.devices,
        family: Family::of_domain(domain),
    };
    let world = devices::World {
        guest,
        capabilities,
        runtime,
    };
    let mut args = Arguments::default();
    args.option("name", machine::name(&domain.name));
    args.flag("S");
    add_master_key(&mut args, runtime)?;
    security::check_keys(domain, capabilities.arch)?;
    add_board(&mut args, domain, capabilities, &runtime.surroundings)?;
    add_identity(&mut args, domain, &runtime.surroundings)?;
    if domain.devices.graphics.is_empty() {
        args.option("display", "none");
    }
    args.flag("no-user-config");
    args.flag("nodefaults");
    add_monitor(&mut args, runtime);
    if let Some(clock) = &domain.clock {
        let has_pit = capabilities.has_device("kvm-pit");
        clock::add(&mut args, clock, runtime.now, has_pit);
    }
    args.flag("no-shutdown");
    machine::add_power(&mut args, domain, guest.family);
    machine::add_slots(&mut args, guest.family);
    boot::add(&mut args, &domain.os);
    firmware::add_acpi_tables(&mut args, domain);
    devices::add(&mut args, domain, &world)?;
    add_behaviour(&mut args, domain, capabilities, runtime)?;
    add_surroundings(&mut args, capabilities, runtime);
    Ok(CommandLine {
        emulator: capabilities.emulator.clone(),
        args: with_own_words(args, domain)?,
        env: environment(domain, runtime),
    })
}

/// Machine, processors and memory, and the threads that serve them.
fn add_board(
    args: &mut Arguments,
    domain: &Domain,
    capabilities: &Capabilities,
    host: &Surroundings,
) -> Result<(), DomainError> {
    machine::add(args, domain, capabilities)?;
    cpu::add(args, domain, capabilities);
    machine::add_firmware(args, domain);
    memory::add(args, domain, capabilities, host)?;
    add_threads(args, domain)?;
    numa::add(args, domain, capabilities, host)
}

/// Who the guest is, and what its firmware says of that.
fn add_identity(
    args: &mut Arguments,
    domain: &Domain,
    host: &Surroundings,
) -> Result<(), DomainError> {
    if let Some(uuid) = &domain.uuid {
        args.option("uuid", uuid.to_string());
    }
    firmware::add_tables(args, domain, host.smbios.as_ref())?;
    if let Some(guid) = domain.genid.as_ref().and_then(|genid| genid.value) {
        args.part(&Part::device(&GenId {
            driver: "vmgenid",
            guid: guid.to_string(),
            id: "vmgenid0",
        })?);
    }
    Ok(())
}

/// What is no device of the document's but a behaviour of the guest.
fn add_behaviour(
    args: &mut Arguments,
    domain: &Domain,
    capabilities: &Capabilities,
    runtime: &Runtime,
) -> Result<(), DomainError> {
    security::add(args, domain, capabilities, runtime.home.as_deref())?;
    let features = domain.features.as_deref();
    let vmcoreinfo = features.and_then(|features| features.vmcoreinfo);
    if vmcoreinfo.is_some_and(Toggle::is_on) {
        args.part(&Part::device(&VmCoreInfo {
            driver: "vmcoreinfo",
        })?);
    }
    if let Some(on) = features.and_then(|features| features.async_teardown?.enabled) {
        let feature = Feature::RunWith;
        if !capabilities.has(feature) {
            return Err(FeatureError::Missing {
                feature: "async-teardown",
            }
            .into());
        }
        let mut out = KeyVal::default();
        out.switch("async-teardown", on);
        args.option("run-with", out.finish());
    }
    let compat = match domain.qemu_deprecation.as_deref() {
        Some("omit") => "deprecated-output=hide",
        Some("reject") => "deprecated-output=hide,deprecated-input=reject",
        Some("crash") => "deprecated-output=hide,deprecated-input=crash",
        _ => return Ok(()),
    };
    args.option("compat", compat);
    Ok(())
}

/// What QEMU may do on the host, and how it speaks.
fn add_surroundings(args: &mut Arguments, capabilities: &Capabilities, runtime: &Runtime) {
    if runtime.sandbox && capabilities.has(Feature::Sandbox) {
        args.option(
            "sandbox",
            "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny",
        );
    }
    args.option("msg", "timestamp=on");
}

/// The finished arguments with those that the document adds and overrides (formatdomain: QEMU namespace).
fn with_own_words(mut args: Arguments, domain: &Domain) -> Result<Vec<String>, DomainError> {
    let extra = domain.qemu_commandline.iter();
    let extra = extra.flat_map(|extra| &extra.args);
    for arg in extra.filter_map(|arg| arg.value.as_deref()) {
        args.raw(arg);
    }
    let mut args = args.finish();
    if let Some(changes) = &domain.qemu_override {
        overrides::apply(&mut args, changes)?;
    }
    Ok(args)
}

/// Tells the guest that it is another one than it was.
#[derive(Debug, Serialize)]
struct GenId {
    driver: &'static str,
    guid: String,
    id: &'static str,
}

/// Where the guest leaves data for a core dump.
#[derive(Debug, Serialize)]
struct VmCoreInfo {
    driver: &'static str,
}

/// Threads for I/O that nobody else does.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct MainLoop {
    qom_type: &'static str,
    id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    thread_pool_min: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    thread_pool_max: Option<i32>,
}

/// The key under which secrets are handed over.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct MasterKey {
    qom_type: &'static str,
    id: &'static str,
    format: &'static str,
    file: String,
}

/// A thread that serves disks.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct IoThread {
    qom_type: &'static str,
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    thread_pool_min: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    thread_pool_max: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    poll_max_ns: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    poll_grow: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    poll_shrink: Option<u64>,
}

fn add_master_key(args: &mut Arguments, runtime: &Runtime) -> Result<(), DomainError> {
    if let Some(file) = &runtime.master_key {
        args.object(&MasterKey {
            qom_type: "secret",
            id: crate::devices::MASTER_KEY,
            format: "raw",
            file: file.to_string_lossy().into_owned(),
        })?;
    }
    Ok(())
}

fn add_threads(args: &mut Arguments, domain: &Domain) -> Result<(), DomainError> {
    for thread in &domain.iothreadids {
        let poll = thread.poll.clone().unwrap_or_default();
        args.object(&IoThread {
            qom_type: "iothread",
            id: format!("iothread{}", thread.id),
            thread_pool_min: thread.thread_pool_min,
            thread_pool_max: thread.thread_pool_max,
            poll_max_ns: poll.max,
            poll_grow: poll.grow,
            poll_shrink: poll.shrink,
        })?;
    }
    if let Some(pool) = domain.defaultiothread {
        args.object(&MainLoop {
            qom_type: "main-loop",
            id: "main-loop",
            thread_pool_min: pool.thread_pool_min,
            thread_pool_max: pool.thread_pool_max,
        })?;
    }
    Ok(())
}

fn add_monitor(args: &mut Arguments, runtime: &Runtime) {
    use crate::devices::{Backend, Chardev, Socket, SocketAddress};
    let address = match &runtime.monitor {
        MonitorSocket::Fd(fd) => SocketAddress::Fd(*fd),
        MonitorSocket::Path(path) => SocketAddress::Unix(path.to_string_lossy().into_owned()),
    };
    let socket = Socket {
        address,
        server: true,
        telnet: false,
        tls: None,
        reconnect: None,
    };
    let backend = Backend::Socket(socket);
    args.part(&Part::Chardev(Chardev {
        id: "charmonitor".to_owned(),
        backend,
        log: None,
    }));
    args.option("mon", "chardev=charmonitor,id=monitor,mode=control");
}

/// QEMU gets nothing of ours: a fixed language and path, and a home of its own.
fn environment(domain: &Domain, runtime: &Runtime) -> Vec<(String, String)> {
    let mut env = vec![
        ("LC_ALL".to_owned(), "C".to_owned()),
        (
            "PATH".to_owned(),
            "/usr/sbin:/usr/bin:/sbin:/bin".to_owned(),
        ),
    ];
    if let Some(home) = &runtime.home {
        let mut add = |name: &str, path: PathBuf| {
            env.push((name.to_owned(), path.to_string_lossy().into_owned()));
        };
        add("HOME", home.clone());
        add("XDG_DATA_HOME", home.join(".local/share"));
        add("XDG_CACHE_HOME", home.join(".cache"));
        add("XDG_CONFIG_HOME", home.join(".config"));
    }
    if let Some(zone) = domain.clock.as_ref().and_then(clock::time_zone) {
        env.push(("TZ".to_owned(), zone.to_owned()));
    }
    let audios = domain.devices.audios.iter().filter_map(audio::environment);
    env.extend(audios.map(|(name, value)| (name.to_owned(), value)));
    for graphics in &domain.devices.graphics {
        let Graphics::Sdl(sdl) = graphics else {
            continue;
        };
        let display = [("XAUTHORITY", &sdl.xauth), ("DISPLAY", &sdl.display)];
        env.extend(
            display
                .into_iter()
                .filter_map(|(name, value)| Some((name.to_owned(), value.clone()?))),
        );
    }
    if let Some(extra) = &domain.qemu_commandline {
        let given = extra
            .env
            .iter()
            .filter_map(|env| Some((env.name.clone()?, env.value.clone().unwrap_or_default())));
        env.extend(given);
    }
    env
}

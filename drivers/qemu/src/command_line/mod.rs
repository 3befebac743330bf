//! The command line of a QEMU process, made of a live document.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use documents::domain::Domain;
use serde::Serialize;

use crate::capabilities::{Capabilities, Feature};
use crate::devices::seat::Guest;
use crate::devices::{Part, Secrets, TapFds};
use crate::domain::checks::displays::one_of_each;
use crate::domain::machine::Family;
use crate::domain::{DomainError, Live, directory_name};
use crate::host_side::HostSide;

mod arguments;
mod behaviour;
mod boot;
mod clock;
mod cpu;
mod devices;
mod environment;
mod firmware;
mod identity;
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
mod threads;

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
    identity::add_identity(&mut args, domain, &runtime.surroundings)?;
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
    behaviour::add_behaviour(&mut args, domain, capabilities, runtime)?;
    add_surroundings(&mut args, capabilities, runtime);
    Ok(CommandLine {
        emulator: capabilities.emulator.clone(),
        args: with_own_words(args, domain)?,
        env: environment::environment(domain, runtime),
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
    threads::add_threads(args, domain)?;
    numa::add(args, domain, capabilities, host)
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

/// The key under which secrets are handed over.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct MasterKey {
    qom_type: &'static str,
    id: &'static str,
    format: &'static str,
    file: String,
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

//! What is left on the host when a guest's QEMU has ended, and has to be taken away.

use std::path::{Path, PathBuf};

use documents::domain::{Domain, Interface, InterfaceSource};
use process::{Process, Program, Signal};

use super::{NetworkError, device, ethernet, passt, run, switch};
use crate::devices::passt_socket;

/// One thing to be taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undo {
    /// A network device.
    Link(String),
    /// A port of Open vSwitch.
    OpenVswitchPort(String),
    /// A port of MidoNet.
    MidonetPort(String),
    /// A script that is run with the name of the device.
    Script {
        /// Where the script is.
        path: PathBuf,
        /// The name of the network device that it is told.
        device: String,
    },
    /// A passt process, which may have left by itself.
    Passt {
        /// Where its number is.
        pid: PathBuf,
        /// The socket that it leaves behind.
        socket: PathBuf,
    },
}

impl Undo {
    /// Takes it away. What cannot be taken away is reported and left: a VM must be able to end. Blocks.
    pub fn carry_out(&self) {
        let done = match self {
            Self::Link(name) => run(Program::Ip, &["link", "delete", "dev", name]),
            Self::OpenVswitchPort(port) => run(
                Program::OvsVsctl,
                &["--timeout=5", "--", "--if-exists", "del-port", port],
            ),
            Self::MidonetPort(port) => run(Program::MmCtl, &["--unbind-port", port]),
            Self::Script { path, device } => run(Program::InterfaceScript(path.clone()), &[device]),
            Self::Passt { pid, socket } => {
                end_passt(pid);
                for file in [pid, socket] {
                    let _ = std::fs::remove_file(file);
                }
                Ok::<(), NetworkError>(())
            }
        };
        if let Err(error) = done {
            let cause = std::error::Error::source(&error).map(ToString::to_string);
            tracing::warn!(%error, cause, "something of a VM's network is left on the host");
        }
    }
}

/// Ends the process that has written the file, if it is still that one.
fn end_passt(pid: &Path) {
    let Some(number) = std::fs::read_to_string(pid)
        .ok()
        .and_then(|text| rustix::process::Pid::from_raw(text.trim().parse().ok()?))
    else {
        return;
    };
    let raw = number.as_raw_nonzero().get();
    let name = std::fs::read_to_string(format!("/proc/{raw}/comm")).unwrap_or_default();
    // The file may be older than the number's owner: `passt.avx2` is passt's as well.
    if !name.starts_with("passt") {
        return;
    }
    let started = process::start_time(number);
    if let Some(process) = started
        .ok()
        .and_then(|started| Process::adopt(raw, started).ok())
    {
        let _ = process.kill(Signal::TERM);
    }
}

/// What has to be taken away after a guest that an earlier process has started.
pub fn of_running(document: &Domain, passt_prefix: &Path) -> Vec<Undo> {
    let mut all = Vec::new();
    for interface in &document.devices.interfaces {
        all.extend(of_interface(interface, passt_prefix));
    }
    all
}

fn of_interface(interface: &Interface, passt_prefix: &Path) -> Vec<Undo> {
    let name = device(interface).map(str::to_owned);
    match (&interface.source, name) {
        (InterfaceSource::Direct(_), Some(name)) => vec![Undo::Link(name)],
        (InterfaceSource::Bridge(_), Some(name)) if switch::is_open_vswitch(interface) => {
            vec![Undo::OpenVswitchPort(name)]
        }
        (InterfaceSource::Bridge(_), _) if switch::is_switched(interface) => {
            let port = interface.virtualport.as_ref();
            let identity = port
                .and_then(|port| port.parameters.as_ref())
                .and_then(|parameters| parameters.interfaceid);
            identity
                .map(|identity| Undo::MidonetPort(identity.to_string()))
                .into_iter()
                .collect()
        }
        (InterfaceSource::Ethernet(_), Some(device)) => {
            ethernet::script(interface.downscript.as_deref())
                .map(|path| Undo::Script { path, device })
                .into_iter()
                .collect()
        }
        (InterfaceSource::User(_) | InterfaceSource::Vhostuser(_), _)
            if crate::domain::is_passt(interface) =>
        {
            let alias = interface.info.alias.as_deref().unwrap_or_default();
            vec![Undo::Passt {
                pid: passt::pid_file(passt_prefix, alias),
                socket: passt_socket(passt_prefix, alias),
            }]
        }
        _ => Vec::new(),
    }
}

//! The host's side of a guest's interfaces: made before QEMU starts, taken away when it has ended.

use std::collections::BTreeMap;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::time::Duration;

use documents::domain::{Domain, Interface, InterfaceSource};
use process::{Program, RunError, Spawn, TapError};
use tokio::runtime::Handle;

use crate::devices::TapFds;
use crate::domain::{InterfaceError, InterfaceRule};

mod bandwidth;
mod ethernet;
mod macvtap;
mod passt;
mod switch;
mod taps;
mod undo;

pub use passt::Passt;
pub use undo::{Undo, of_running};

/// The longest that a tool may take: it only talks to the kernel or to a daemon of this host.
const DEADLINE: Duration = Duration::from_secs(30);

/// Descriptors that QEMU gets, by the place of their interface among the interfaces.
#[derive(Debug, Default)]
pub struct Network {
    /// Tap devices.
    pub taps: BTreeMap<usize, TapFds>,
    /// vDPA devices.
    pub vdpa: BTreeMap<usize, i32>,
}

/// Why an interface has no other end.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NetworkError {
    /// The document asks for what cannot be done here.
    #[error(transparent)]
    Document(#[from] InterfaceError),
    /// A network device could not be made or used.
    #[error(transparent)]
    Device(#[from] TapError),
    /// A program did not come to its end.
    #[error("cannot run '{program}'")]
    Run {
        /// The program's name.
        program: String,
        /// Why.
        #[source]
        source: RunError,
    },
    /// A program reported failure.
    #[error("'{program} {arguments}' failed: {words}")]
    Failed {
        /// The program's name.
        program: String,
        /// What it was to do.
        arguments: String,
        /// What it said.
        words: String,
    },
    /// A file of the kernel could not be used.
    #[error("cannot use '{}'", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the kernel said.
        source: std::io::Error,
    },
}

/// Makes the other end of each interface, hands its descriptors to the process, and notes the devices' names in the
/// document. What has to be undone later is added to `undo` as soon as it is done. Blocks.
///
/// # Errors
/// When one cannot be made.
pub fn make(
    document: &mut Domain,
    spawn: &mut Spawn,
    passt: &Passt<'_>,
    undo: &mut Vec<Undo>,
) -> Result<Network, NetworkError> {
    let mut network = Network::default();
    for (index, interface) in document.devices.interfaces.iter_mut().enumerate() {
        refuse(interface)?;
        match &interface.source {
            InterfaceSource::Bridge(_) | InterfaceSource::Ethernet(_) => {
                let tap = taps::make(interface, spawn, undo)?;
                network.taps.insert(index, tap);
            }
            InterfaceSource::Direct(direct) => {
                let direct = direct.clone();
                let tap = macvtap::make(interface, &direct, spawn, undo)?;
                network.taps.insert(index, tap);
            }
            InterfaceSource::User(_) | InterfaceSource::Vhostuser(_)
                if crate::domain::is_passt(interface) =>
            {
                passt.start(interface, undo)?;
            }
            InterfaceSource::Vdpa(vdpa) => {
                let fd = open(Path::new(vdpa.dev.as_deref().unwrap_or_default()))?;
                network.vdpa.insert(index, spawn.pass(fd));
            }
            _ => {}
        }
        bandwidth::set(interface)?;
    }
    Ok(network)
}

/// What needs a driver or a switch that is not there.
fn refuse(interface: &Interface) -> Result<(), InterfaceError> {
    let rule = if matches!(interface.source, InterfaceSource::Network(_)) {
        InterfaceRule::NetworkDriver
    } else if interface.filterref.is_some() {
        InterfaceRule::FilterDriver
    } else if interface.vlan.is_some() && !switch::is_open_vswitch(interface) {
        InterfaceRule::Vlan
    } else if switch::is_profiled(interface) {
        InterfaceRule::PortProfile
    } else {
        return Ok(());
    };
    Err(InterfaceError::of(rule, interface))
}

fn open(path: &Path) -> Result<OwnedFd, NetworkError> {
    let file = std::fs::File::options().read(true).write(true).open(path);
    file.map(OwnedFd::from)
        .map_err(|source| NetworkError::File {
            path: path.to_owned(),
            source,
        })
}

/// Runs a program to its end. Only where blocking is allowed.
fn run(program: Program, arguments: &[&str]) -> Result<(), NetworkError> {
    let mut spawn = Spawn::new(program.clone());
    spawn.args(arguments.iter().copied()).directory("/");
    run_spawn(program, spawn, arguments)
}

fn run_spawn(program: Program, spawn: Spawn, arguments: &[&str]) -> Result<(), NetworkError> {
    let program = program.to_string();
    let output = Handle::current()
        .block_on(process::run(spawn, b"", DEADLINE))
        .map_err(|source| NetworkError::Run {
            program: program.clone(),
            source,
        })?;
    if output.status.success() {
        return Ok(());
    }
    Err(NetworkError::Failed {
        program,
        arguments: arguments.join(" "),
        words: String::from_utf8_lossy(&output.stderr).trim().to_owned(),
    })
}

/// The name of the host's device of an interface.
fn device(interface: &Interface) -> Option<&str> {
    interface.target.as_ref()?.dev.as_deref()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: &str, content: &str, expected: Option<InterfaceRule>) {
        let text = format!("<interface type='{kind}'>{content}</interface>");
        let interface: Interface =
            xml::parse_root(&text, "interface", &xml::Options::lenient()).unwrap();
        let broken = match refuse(&interface) {
            Err(InterfaceError::Rule { rule, .. }) => Some(rule),
            _ => None,
        };
        assert_eq!(broken, expected, "{text}");
    }

    #[test]
    fn what_needs_a_driver_or_a_switch_is_refused() {
        let bridge = "<source bridge='br0'/>";
        check("bridge", bridge, None);
        check(
            "network",
            "<source network='default'/>",
            Some(InterfaceRule::NetworkDriver),
        );
        check(
            "bridge",
            &format!("{bridge}<filterref filter='clean-traffic'/>"),
            Some(InterfaceRule::FilterDriver),
        );
        let vlan = format!("{bridge}<vlan><tag id='42'/></vlan>");
        check("bridge", &vlan, Some(InterfaceRule::Vlan));
        let open = format!("{vlan}<virtualport type='openvswitch'/>");
        check("bridge", &open, None);
        let profile = "<source dev='eth0' mode='vepa'/><virtualport type='802.1Qbh'>\
             <parameters profileid='a'/></virtualport>";
        check("direct", profile, Some(InterfaceRule::PortProfile));
    }
}

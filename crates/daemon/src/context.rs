//! What a daemon is, and what its driver is made from.

use std::error::Error;

use layout::Layout;
use process::DaemonName;

/// What tells one daemon from another.
#[derive(Clone, Copy, Debug)]
pub struct DaemonSpec {
    /// Its name, which is that of its sockets, its configuration file and its lock.
    pub name: DaemonName,
    /// The driver whose procedures it answers itself; procedures of the other drivers' families
    /// are passed on to their daemons.
    pub family: Family,
    /// One line that says what it is, for `--help`.
    pub about: &'static str,
}

/// Whose procedures a daemon answers itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Domains and everything that comes with a hypervisor.
    Hypervisor,
    /// Those that belong to the daemon with that name.
    Of(DaemonName),
}

/// What a driver is made from.
#[derive(Clone, Debug)]
pub struct Context {
    /// Where everything is.
    pub layout: Layout,
    /// Whether the daemon runs for the whole host, with root's rights.
    pub privileged: bool,
    /// The host's UUID, if the configuration sets it (`host_uuid`).
    pub host_uuid: Option<String>,
    /// Where the host's UUID comes from otherwise (`host_uuid_source`).
    pub host_uuid_source: HostUuidSource,
}

/// Where the host's UUID comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HostUuidSource {
    /// The firmware's table.
    #[default]
    Smbios,
    /// `/etc/machine-id`.
    MachineId,
}

/// Why a driver could not be made, with its causes.
pub type MakeError = Box<dyn Error + Send + Sync>;

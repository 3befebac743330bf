//! passt: user networking in a process of its own, which leaves when QEMU closes its connection.

use std::fmt::Write;
use std::io;
use std::path::{Path, PathBuf};

use documents::domain::{ForwardProtocol, Interface, InterfaceSource, PortForward, PortRange};
use process::{Program, Spawn};

use super::{NetworkError, Undo, run_spawn};
use crate::config::Identity;
use crate::devices::passt_socket;

/// Where the processes of a guest are found, and who they run as.
#[derive(Debug)]
pub struct Passt<'a> {
    /// Where the names of their sockets and pid files begin.
    pub prefix: &'a Path,
    /// QEMU's user, where it is not ours: who connects to them.
    pub identity: Option<&'a Identity>,
}

impl Passt<'_> {
    /// Starts the process of an interface; returns when it listens.
    pub(super) fn start(
        &self,
        interface: &Interface,
        undo: &mut Vec<Undo>,
    ) -> Result<(), NetworkError> {
        let alias = interface.info.alias.as_deref().unwrap_or_default();
        let socket = passt_socket(self.prefix, alias);
        if let Some(directory) = socket.parent() {
            self.make(directory).map_err(|source| NetworkError::File {
                path: directory.to_owned(),
                source,
            })?;
        }
        let pid = pid_file(self.prefix, alias);
        let arguments = arguments(interface, &socket, &pid);
        let mut spawn = Spawn::new(Program::Passt);
        spawn.args(&arguments).directory("/");
        // As root it would become somebody who cannot make its socket here.
        if let Some(identity) = self.identity {
            spawn.credentials(identity.credentials());
        }
        undo.push(Undo::Passt { pid, socket });
        let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
        run_spawn(Program::Passt, spawn, &words)
    }

    /// The folder of all sockets, which their makers write to.
    fn make(&self, directory: &Path) -> io::Result<()> {
        std::fs::create_dir_all(directory)?;
        match self.identity {
            Some(identity) => identity.own(directory),
            None => Ok(()),
        }
    }
}

/// Where the process of an interface writes its number.
pub(super) fn pid_file(prefix: &Path, alias: &str) -> PathBuf {
    let mut name = prefix.as_os_str().to_owned();
    name.push(format!("-{alias}-passt.pid"));
    PathBuf::from(name)
}

fn arguments(interface: &Interface, socket: &Path, pid: &Path) -> Vec<String> {
    let path = |path: &Path| path.to_string_lossy().into_owned();
    let mut words = vec![
        "--one-off".to_owned(),
        "--socket".to_owned(),
        path(socket),
        "--pid".to_owned(),
        path(pid),
    ];
    let mut pair = |option: &str, value: String| words.extend([option.to_owned(), value]);
    let mac = interface.mac.as_ref().map(|mac| mac.address.to_string());
    pair("--mac-addr", mac.unwrap_or_default());
    if let Some(mtu) = interface.mtu {
        pair("--mtu", mtu.to_string());
    }
    let device = match &interface.source {
        InterfaceSource::User(user) => user.dev.as_ref(),
        InterfaceSource::Vhostuser(process) => process.dev.as_ref(),
        _ => None,
    };
    if let Some(device) = device {
        pair("--interface", device.clone());
    }
    let backend = interface.backend.as_ref();
    if let Some(file) = backend.and_then(|backend| backend.log_file.as_ref()) {
        pair("--log-file", file.clone());
    }
    for ip in &interface.ips {
        pair("--address", ip.address.clone());
        if let Some(prefix) = ip.prefix.filter(|_| !ip.address.contains(':')) {
            pair("--netmask", prefix.to_string());
        }
    }
    for forward in &interface.port_forwards {
        let option = match forward.proto {
            ForwardProtocol::Tcp => "--tcp-ports",
            ForwardProtocol::Udp => "--udp-ports",
        };
        pair(option, ports(forward));
    }
    if matches!(interface.source, InterfaceSource::Vhostuser(_)) {
        words.push("--vhost-user".to_owned());
    }
    words
}

/// passt(1), `--tcp-ports`: `ADDRESS%DEVICE/RANGE,~RANGE,RANGE:RANGE`, or `all`.
fn ports(forward: &PortForward) -> String {
    let mut out = String::new();
    if let Some(address) = &forward.address {
        out.push_str(address);
        if let Some(device) = &forward.dev {
            let _ = write!(out, "%{device}");
        }
        out.push('/');
    }
    if forward.ranges.is_empty() {
        out.push_str("all");
    }
    let ranges: Vec<String> = forward.ranges.iter().map(range).collect();
    out.push_str(&ranges.join(","));
    out
}

fn range(range: &PortRange) -> String {
    let mut out = String::new();
    if range.exclude == Some(true) {
        out.push('~');
    }
    let _ = write!(out, "{}", range.start);
    if let Some(end) = range.end {
        let _ = write!(out, "-{end}");
    }
    if let Some(to) = range.to {
        let _ = write!(out, ":{to}");
        if let Some(end) = range.end {
            let last = end.saturating_add(to).saturating_sub(range.start);
            let _ = write!(out, "-{last}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forwarded_ports_are_told_as_passt_wants_them() {
        let one = |start, end, to, exclude| PortRange {
            start,
            end,
            to,
            exclude,
        };
        let forward = PortForward {
            proto: ForwardProtocol::Tcp,
            address: Some("1.2.3.4".to_owned()),
            dev: Some("eth0".to_owned()),
            ranges: vec![
                one(22, None, Some(2022), None),
                one(5000, Some(5020), Some(6000), None),
                one(5010, Some(5015), None, Some(true)),
            ],
        };
        assert_eq!(
            ports(&forward),
            "1.2.3.4%eth0/22:2022,5000-5020:6000-6020,~5010-5015"
        );
        assert_eq!(ports(&PortForward::default()), "all");
    }
}

//! What the configuration file of a daemon sets (`virtqemud.conf`).

mod keys;

use std::path::{Path, PathBuf};
use std::time::Duration;

use conf::{Conf, Entry, ValueError};
use rpc::keepalive::Keepalive;

use crate::context::HostUuidSource;
use crate::log::{self, Filters, Level, Outputs};

/// The settings, each with the value that it has when the file does not mention it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Settings {
    pub(crate) sockets: Sockets,
    pub(crate) main: Server,
    pub(crate) admin: Server,
    pub(crate) log_level: Option<Level>,
    pub(crate) log_filters: Filters,
    pub(crate) log_outputs: Option<Outputs>,
    pub(crate) host_uuid: Option<String>,
    pub(crate) host_uuid_source: HostUuidSource,
}

/// The unix sockets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sockets {
    /// The group that owns those for reading and writing.
    pub(crate) group: Option<u32>,
    pub(crate) read_write: u32,
    pub(crate) read_only: u32,
    pub(crate) admin: u32,
    /// Another directory for them.
    pub(crate) directory: Option<PathBuf>,
}

/// One of the two servers in a daemon: the main one and the admin one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Server {
    pub(crate) clients: u32,
    /// How many more may wait in the kernel until they are let in.
    pub(crate) queued_clients: u32,
    pub(crate) anonymous_clients: u32,
    pub(crate) requests: u32,
    /// Sizes that the C daemon's pool of threads would have; told by the admin program.
    pub(crate) workers: Workers,
    pub(crate) keepalive: Option<Keepalive>,
}

/// Sizes of a pool of threads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Workers {
    pub(crate) min: u32,
    pub(crate) max: u32,
    pub(crate) priority: u32,
}

/// A setting that cannot be.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SettingError {
    #[error("{}:{}: {error}", .file.display(), .error.line)]
    Value { file: PathBuf, error: ValueError },
    #[error(
        "{}:{line}: '{key}' is \"{method}\", which this version does not offer yet: remove the line \
         (access is then decided by the sockets' owner and mode) or set \"none\"",
        .file.display()
    )]
    Authentication {
        file: PathBuf,
        line: usize,
        key: String,
        method: String,
    },
    #[error("{}:{line}: '{key}': there is no group '{group}'", .file.display())]
    NoGroup {
        file: PathBuf,
        line: usize,
        key: String,
        group: String,
    },
    #[error("{}:{line}: '{key}'", .file.display())]
    Lookup {
        file: PathBuf,
        line: usize,
        key: String,
        source: host::HostError,
    },
    #[error("{}:{line}: '{key}'", .file.display())]
    Log {
        file: PathBuf,
        line: usize,
        key: String,
        source: log::RuleError,
    },
}

impl Default for Settings {
    fn default() -> Self {
        let workers = Workers {
            min: 5,
            max: 20,
            priority: 5,
        };
        let main = Server {
            clients: 5000,
            queued_clients: 1000,
            anonymous_clients: 20,
            requests: 5,
            workers,
            keepalive: Some(Keepalive::default()),
        };
        let workers = Workers {
            min: 1,
            max: 5,
            priority: 0,
        };
        let admin = Server {
            clients: 5,
            queued_clients: 5,
            workers,
            ..main
        };
        Settings {
            // Without polkit to ask, who may write is decided by the file's mode alone: root.
            sockets: Sockets {
                group: None,
                read_write: 0o700,
                read_only: 0o777,
                admin: 0o700,
                directory: None,
            },
            main,
            admin,
            log_level: None,
            log_filters: Filters::default(),
            log_outputs: None,
            host_uuid: None,
            host_uuid_source: HostUuidSource::Smbios,
        }
    }
}

/// What was read: the settings, and what is to be said about them once there is a log.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) settings: Settings,
    pub(crate) warnings: Vec<String>,
}

/// Reads a configuration file.
pub(crate) fn from_conf(conf: &Conf) -> Result<Loaded, SettingError> {
    let mut settings = Settings::default();
    let mut warnings = Vec::new();
    for entry in conf.entries() {
        match keys::apply(&mut settings, conf.file(), entry)? {
            keys::Applied::Known => {}
            keys::Applied::Unknown => warnings.push(format!(
                "{}:{}: unknown setting '{}' is ignored",
                conf.file().display(),
                entry.line,
                entry.key
            )),
        }
    }
    Ok(Loaded { settings, warnings })
}

/// The mode of a socket: octal digits in a text.
fn mode(entry: &Entry) -> Result<u32, ValueError> {
    let allowed = || entry.wrong("a mode in octal digits such as \"0770\"");
    let mode = u32::from_str_radix(entry.text()?, 8).ok();
    mode.filter(|mode| *mode <= 0o777).ok_or_else(allowed)
}

/// An absolute path.
fn path(entry: &Entry) -> Result<PathBuf, ValueError> {
    let path = Path::new(entry.text()?);
    if path.is_absolute() {
        Ok(path.to_owned())
    } else {
        Err(entry.wrong("an absolute path"))
    }
}

/// 32 hexadecimal digits, with or without dashes, not all the same.
fn uuid(entry: &Entry) -> Result<String, ValueError> {
    let text = entry.text()?;
    let digits: String = text.chars().filter(|c| *c != '-').collect();
    let first = digits.chars().next();
    let valid = digits.len() == 32
        && digits.chars().all(|c| c.is_ascii_hexdigit())
        && digits.chars().any(|c| Some(c) != first);
    if valid {
        Ok(text.to_owned())
    } else {
        Err(entry.wrong("a UUID whose digits are not all the same"))
    }
}

/// The interval between signs of life; −1 is "none are asked for".
fn keepalive_interval(entry: &Entry, server: &mut Server) -> Result<(), ValueError> {
    let seconds = entry.int(-1..=i32::MAX)?;
    let count = server.keepalive.unwrap_or_default().count;
    server.keepalive = match u64::try_from(seconds) {
        Ok(seconds) if seconds > 0 => Some(Keepalive {
            interval: Duration::from_secs(seconds),
            count,
        }),
        _ => None,
    };
    Ok(())
}

fn keepalive_count(entry: &Entry, server: &mut Server) -> Result<(), ValueError> {
    let count = entry.int(0..=u32::MAX)?;
    if let Some(keepalive) = &mut server.keepalive {
        keepalive.count = count;
    }
    Ok(())
}

#[cfg(test)]
mod tests;

//! The driver's configuration: `qemu.conf`.
//!
//! Keys, types and defaults are libvirt's, so that an existing file keeps its meaning. A key that nobody knows is
//! warned about by name and line; one that libvirt knows but that this driver does not act on is warned about as
//! well, because silence would be a promise. A value of the wrong type refuses the file.

mod keys;
mod user;

use std::path::Path;

use driver::conf;

pub use keys::UNSUPPORTED_KEYS;
pub use user::{Identity, UserError};

/// Where VNC listens unless the domain's document says otherwise.
const VNC_LISTEN_DEFAULT: &str = "127.0.0.1";
/// The first and the last TCP port that a display may use (`remote_display_port_min`, `_max`).
const DISPLAY_PORTS_DEFAULT: (u16, u16) = (5900, 65535);

/// What `qemu.conf` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// `user`: who QEMU runs as; a name or `+UID`.
    pub user: Option<String>,
    /// `group`: its group; a name or `+GID`.
    pub group: Option<String>,
    /// `dynamic_ownership`: whether images are given to QEMU's user while it runs.
    pub dynamic_ownership: bool,
    /// `remember_owner`: whether they are given back to whom they belonged.
    pub remember_owner: bool,
    /// `seccomp_sandbox`: whether QEMU confines itself.
    pub seccomp_sandbox: bool,
    /// `max_files`: QEMU's limit of open files; `None` leaves the daemon's own.
    pub max_files: Option<u64>,
    /// `max_processes`: the limit of processes of QEMU's user; `None` leaves the daemon's own.
    pub max_processes: Option<u64>,
    /// `max_core`: the largest core dump of QEMU itself, in bytes.
    pub max_core: CoreLimit,
    /// `vnc_listen`: the address of VNC displays that name none.
    pub vnc_listen: String,
    /// `remote_display_port_min` and `remote_display_port_max`, both inclusive.
    pub display_ports: (u16, u16),
    /// `max_queued`: how many wishes may wait for one VM; `None` is unlimited.
    pub max_queued: Option<usize>,
}

/// How large a core dump of QEMU may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CoreLimit {
    /// As the daemon's own.
    Inherit,
    /// Without limit.
    Unlimited,
    /// This many bytes.
    Bytes(u64),
}

impl Default for Config {
    fn default() -> Self {
        Self {
            user: None,
            group: None,
            dynamic_ownership: true,
            remember_owner: true,
            seccomp_sandbox: true,
            max_files: None,
            max_processes: None,
            max_core: CoreLimit::Unlimited,
            vnc_listen: VNC_LISTEN_DEFAULT.to_owned(),
            display_ports: DISPLAY_PORTS_DEFAULT,
            max_queued: None,
        }
    }
}

/// A configuration together with what was odd about its file.
#[derive(Debug)]
pub struct Parsed {
    /// The configuration.
    pub config: Config,
    /// What the administrator should know.
    pub warnings: Vec<Warning>,
}

/// Something in the file that has no effect.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Warning {
    /// Nobody knows the key.
    #[error("line {line}: unknown key '{key}' is ignored; check its spelling")]
    Unknown {
        /// The key as the file has it.
        key: String,
        /// Its line, from 1.
        line: usize,
    },
    /// libvirt has the key, this driver does not act on it.
    #[error("line {line}: '{key}' has no effect in this version; remove it or do without it")]
    Unsupported {
        /// The key as the file has it.
        key: String,
        /// Its line, from 1.
        line: usize,
    },
}

/// Why a configuration file is refused.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// It cannot be read, or does not follow the grammar.
    #[error(transparent)]
    File(#[from] conf::LoadError),
    /// One of its values is wrong.
    #[error("{}", path.display())]
    In {
        /// The file.
        path: std::path::PathBuf,
        /// What is wrong in it, and where.
        source: Box<ConfigError>,
    },
    /// It does not follow the grammar.
    #[error("the configuration file cannot be understood")]
    Syntax(#[from] conf::ConfError),
    /// A value is not what its key takes.
    #[error("line {line}: '{key}' takes {expected}")]
    Value {
        /// The key as the file has it.
        key: String,
        /// Its line, from 1.
        line: usize,
        /// What the key takes.
        expected: &'static str,
    },
}

impl Config {
    /// Reads `qemu.conf`; a file that does not exist is an empty one.
    ///
    /// # Errors
    /// When the file cannot be read or understood; the daemon must not start with half of it.
    pub fn load(path: &Path) -> Result<Parsed, ConfigError> {
        let file = conf::Conf::load_optional(path)?;
        Self::from_entries(file.entries()).map_err(|source| ConfigError::In {
            path: path.to_owned(),
            source: Box::new(source),
        })
    }

    /// Reads the text of `qemu.conf`.
    ///
    /// # Errors
    /// When the text does not follow the grammar or a value is not what its key takes.
    pub fn parse(text: &str) -> Result<Parsed, ConfigError> {
        Self::from_entries(&conf::parse(text)?)
    }

    fn from_entries(entries: &[conf::Entry]) -> Result<Parsed, ConfigError> {
        let mut parsed = Parsed {
            config: Self::default(),
            warnings: Vec::new(),
        };
        for entry in entries {
            keys::apply(&mut parsed, entry)?;
        }
        Ok(parsed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_file_is_the_default() {
        let parsed = Config::parse("# nothing\n").unwrap();
        assert_eq!(parsed.config, Config::default());
        assert!(parsed.warnings.is_empty());
    }

    #[test]
    fn keys_are_read() {
        let text = "user = \"me\"\ngroup = \"+107\"\ndynamic_ownership = 0\nseccomp_sandbox = 0\n\
                    max_files = 1024\nmax_core = \"unlimited\"\nvnc_listen = \"0.0.0.0\"\n\
                    remote_display_port_min = 6000\n";
        let Parsed { config, warnings } = Config::parse(text).unwrap();
        assert_eq!(warnings, []);
        assert_eq!(config.user.as_deref(), Some("me"));
        assert_eq!(config.group.as_deref(), Some("+107"));
        assert!(!config.dynamic_ownership && !config.seccomp_sandbox);
        assert_eq!(config.max_files, Some(1024));
        assert_eq!(config.max_core, CoreLimit::Unlimited);
        assert_eq!(config.vnc_listen, "0.0.0.0");
        assert_eq!(config.display_ports, (6000, 65535));
    }

    #[test]
    fn an_unknown_key_is_named_with_its_line() {
        let parsed = Config::parse("user = \"root\"\n\ndynamic_onwership = 1\n").unwrap();
        let unknown = Warning::Unknown {
            key: "dynamic_onwership".into(),
            line: 3,
        };
        assert_eq!(parsed.warnings, [unknown]);
    }

    #[test]
    fn a_key_without_effect_is_not_passed_over_in_silence() {
        let parsed = Config::parse("vnc_tls = 1\n").unwrap();
        let unsupported = Warning::Unsupported {
            key: "vnc_tls".into(),
            line: 1,
        };
        assert_eq!(parsed.warnings, [unsupported]);
    }

    #[test]
    fn a_value_of_the_wrong_type_refuses_the_file() {
        for text in [
            "user = 5\n",
            "max_files = -1\n",
            "seccomp_sandbox = \"on\"\n",
        ] {
            let error = Config::parse(text).unwrap_err();
            assert!(
                matches!(error, ConfigError::Value { line: 1, .. }),
                "{text}: {error}"
            );
        }
    }
}

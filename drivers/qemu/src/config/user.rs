//! Who QEMU runs as.

use std::fs::File;
use std::io;
use std::os::unix::fs::{chown, fchown};
use std::path::Path;

use ::host::{HostError, accounts};
use process::Credentials;
use rustix::process::{Gid, Uid};

use super::Config;

/// The user that QEMU runs as where the configuration names none: the one that the distribution's packages make,
/// in this order. Its group, where none is configured, is the one of the same name, whatever the user's own is:
/// Debian's user has 'kvm' for that, and the files of guests are not for everybody who may open `/dev/kvm`.
const DEFAULT_NAMES: [&str; 2] = ["libvirt-qemu", "qemu"];

/// A user that QEMU runs as, and its groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The user.
    pub uid: u32,
    /// The primary group.
    pub gid: u32,
    /// The supplementary groups.
    pub groups: Vec<u32>,
}

/// Why it is not known who QEMU is to run as.
#[derive(Debug, thiserror::Error)]
pub enum UserError {
    /// There is no such user.
    #[error("there is no user '{0}': create it or correct 'user' in qemu.conf")]
    NoUser(String),
    /// There is no such group.
    #[error("there is no group '{0}': create it or correct 'group' in qemu.conf")]
    NoGroup(String),
    /// The database of users cannot be read.
    #[error("it is not known who QEMU is to run as")]
    Lookup(#[from] HostError),
}

impl Identity {
    /// Who QEMU is to run as when the driver runs as root. Without configuration it is the distribution's user and
    /// group for QEMU; where there are none either, it is root, with a warning, and the user's own group.
    ///
    /// # Errors
    /// When a user or group that the configuration names does not exist.
    pub fn of_config(config: &Config) -> Result<Self, UserError> {
        let identity = match &config.user {
            Some(name) => Self::named(name)?.ok_or_else(|| UserError::NoUser(name.clone()))?,
            None => Self::default_user()?,
        };
        let group = match &config.group {
            Some(name) => {
                Some(accounts::group(name)?.ok_or_else(|| UserError::NoGroup(name.clone()))?)
            }
            None => Self::default_group()?,
        };
        Ok(match group {
            Some(gid) => identity.in_group(gid),
            None => identity,
        })
    }

    /// The same user with another primary group. It stays in its own groups: `/dev/kvm` may be open to them alone.
    fn in_group(mut self, gid: u32) -> Self {
        if !self.groups.contains(&gid) {
            self.groups.push(gid);
        }
        Self { gid, ..self }
    }

    /// The same for a program that is to run as this user.
    pub fn credentials(&self) -> Credentials {
        Credentials {
            uid: Uid::from_raw(self.uid),
            gid: Gid::from_raw(self.gid),
            groups: self.groups.iter().map(|gid| Gid::from_raw(*gid)).collect(),
        }
    }

    /// Makes a file or a directory this user's.
    pub(crate) fn own(&self, path: &Path) -> io::Result<()> {
        chown(path, Some(self.uid), Some(self.gid))
    }

    /// The same for an open file.
    pub(crate) fn own_open(&self, file: &File) -> io::Result<()> {
        fchown(file, Some(self.uid), Some(self.gid))
    }

    fn named(name: &str) -> Result<Option<Self>, UserError> {
        let user = accounts::user(name)?;
        Ok(user.map(|user| Self {
            uid: user.uid,
            gid: user.gid,
            groups: user.groups,
        }))
    }

    fn default_user() -> Result<Self, UserError> {
        for name in DEFAULT_NAMES {
            if let Some(identity) = Self::named(name)? {
                return Ok(identity);
            }
        }
        tracing::warn!(
            "QEMU runs as root: there is no user '{}'; create one or set 'user' in qemu.conf",
            DEFAULT_NAMES.join("' or '")
        );
        Ok(Self {
            uid: 0,
            gid: 0,
            groups: vec![0],
        })
    }

    fn default_group() -> Result<Option<u32>, HostError> {
        for name in DEFAULT_NAMES {
            if let Some(gid) = accounts::group(name)? {
                return Ok(Some(gid));
            }
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(user: &str, group: Option<&str>) -> Config {
        Config {
            user: Some(user.to_owned()),
            group: group.map(ToOwned::to_owned),
            ..Config::default()
        }
    }

    #[test]
    fn root_is_found_by_name_and_by_number() {
        for name in ["root", "0", "+0"] {
            let identity = Identity::of_config(&config(name, Some("root"))).unwrap();
            assert_eq!((identity.uid, identity.gid), (0, 0), "{name}");
        }
    }

    #[test]
    fn a_configured_group_is_the_first_and_the_users_own_stay() {
        let identity = Identity::of_config(&config("root", Some("+4242"))).unwrap();
        assert_eq!(identity.gid, 4242);
        assert!(identity.groups.contains(&4242) && identity.groups.contains(&0));
    }

    #[test]
    fn without_a_configured_group_it_is_the_distributions() {
        let group = Identity::default_group().unwrap();
        let identity = Identity::of_config(&config("root", None)).unwrap();
        assert_eq!(identity.gid, group.unwrap_or(0));
        assert!(identity.groups.contains(&0) && identity.groups.contains(&identity.gid));
    }

    #[test]
    fn nobody_is_named() {
        let error = Identity::of_config(&config("no-such-user", None)).unwrap_err();
        assert!(matches!(error, UserError::NoUser(name) if name == "no-such-user"));
        let error = Identity::of_config(&config("root", Some("++1"))).unwrap_err();
        assert!(matches!(error, UserError::NoGroup(name) if name == "++1"));
    }
}

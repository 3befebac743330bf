//! Who QEMU runs as.

use ::host::{HostError, accounts};

use super::Config;

/// The user that QEMU runs as where the configuration names none: the one that the distribution's packages make,
/// in this order.
const DEFAULT_USERS: [&str; 2] = ["libvirt-qemu", "qemu"];

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
    /// Who QEMU is to run as when the driver runs as root. Without configuration it is the distribution's user
    /// for QEMU; where there is none either, it is root, with a warning.
    ///
    /// # Errors
    /// When a user or group that the configuration names does not exist.
    pub fn of_config(config: &Config) -> Result<Self, UserError> {
        let mut identity = match &config.user {
            Some(name) => Self::named(name)?.ok_or_else(|| UserError::NoUser(name.clone()))?,
            None => Self::default_user()?,
        };
        if let Some(name) = &config.group {
            let gid = accounts::group(name)?.ok_or_else(|| UserError::NoGroup(name.clone()))?;
            // The user's own group comes first in its list and is replaced.
            identity.groups.retain(|group| *group != identity.gid);
            identity.groups.insert(0, gid);
            identity.gid = gid;
        }
        Ok(identity)
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
        for name in DEFAULT_USERS {
            if let Some(identity) = Self::named(name)? {
                return Ok(identity);
            }
        }
        tracing::warn!(
            "QEMU runs as root: there is no user '{}'; create one or set 'user' in qemu.conf",
            DEFAULT_USERS.join("' or '")
        );
        Ok(Self {
            uid: 0,
            gid: 0,
            groups: vec![0],
        })
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
            let identity = Identity::of_config(&config(name, None)).unwrap();
            assert_eq!((identity.uid, identity.gid), (0, 0), "{name}");
        }
    }

    #[test]
    fn a_group_of_ones_own_replaces_the_users() {
        let identity = Identity::of_config(&config("root", Some("+4242"))).unwrap();
        assert_eq!(identity.gid, 4242);
        assert_eq!(identity.groups.first(), Some(&4242));
        assert!(!identity.groups.contains(&0));
    }

    #[test]
    fn nobody_is_named() {
        let error = Identity::of_config(&config("no-such-user", None)).unwrap_err();
        assert!(matches!(error, UserError::NoUser(name) if name == "no-such-user"));
        let error = Identity::of_config(&config("root", Some("++1"))).unwrap_err();
        assert!(matches!(error, UserError::NoGroup(name) if name == "++1"));
    }
}

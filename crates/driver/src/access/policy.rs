//! The place of an access policy, and the one that there is for now.

use std::fmt;

use protocol::procedure::{Object, Permission};

use crate::connection::Identity;

/// Decides on permissions.
///
/// The stock policy is [`AllowAll`]: who reached the socket may do what the socket offers. A
/// policy that asks polkit goes here.
pub trait Access: fmt::Debug + Send + Sync + 'static {
    /// Whether the client may use an object of a driver in this way.
    fn allows(
        &self,
        identity: &Identity,
        driver: &str,
        target: &Target<'_>,
        permission: Permission,
    ) -> bool;
}

/// Every client may do everything.
#[derive(Debug, Clone, Copy, Default)]
pub struct AllowAll;

impl Access for AllowAll {
    fn allows(&self, _: &Identity, _: &str, _: &Target<'_>, _: Permission) -> bool {
        true
    }
}

/// An object that a call wants to use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target<'a> {
    /// What kind it is.
    pub object: Object,
    /// Its name, where it has one.
    pub name: Option<&'a str>,
    /// Its UUID, where it has one.
    pub uuid: Option<[u8; 16]>,
}

impl<'a> Target<'a> {
    /// The connection itself, and with it the host.
    #[must_use]
    pub fn connection() -> Self {
        Self {
            object: Object::Connect,
            name: None,
            uuid: None,
        }
    }

    /// A domain.
    #[must_use]
    pub fn domain(name: &'a str, uuid: [u8; 16]) -> Self {
        Self {
            object: Object::Domain,
            name: Some(name),
            uuid: Some(uuid),
        }
    }

    /// An object that has a name and a UUID: a network, a storage pool, a network filter.
    #[must_use]
    pub fn named(object: Object, name: &'a str, uuid: Option<[u8; 16]>) -> Self {
        Self {
            object,
            name: Some(name),
            uuid,
        }
    }
}

impl fmt::Display for Target<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.object {
            Object::Connect => "the connection",
            Object::Domain => "domain",
            Object::Interface => "interface",
            Object::Network => "network",
            Object::NetworkPort => "network port",
            Object::NodeDevice => "node device",
            Object::NwFilter => "network filter",
            Object::NwFilterBinding => "network filter binding",
            Object::Secret => "secret",
            Object::StoragePool => "storage pool",
            Object::StorageVol => "storage volume",
        };
        f.write_str(kind)?;
        match self.name {
            Some(name) => write!(f, " '{name}'"),
            None => Ok(()),
        }
    }
}

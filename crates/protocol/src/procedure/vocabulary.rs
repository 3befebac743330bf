//! The words that a declaration is made of; in scope inside `procedures!` and `events!`.

pub use super::{
    EventForm::{Connection, Legacy},
    Fds::{Both as FdsBothWays, In as FdsIn, Out as FdsOut},
    Object, Permission,
    Permission::*,
    Priority::{High, Low},
    ReadOnly::{Allowed, Denied, DeniedWithAny, DeniedWithArgument},
    Rule,
    StreamDirection::{Both, ToClient, ToServer},
};

macro_rules! rules_on {
    ($($(#[$doc:meta])* $name:ident $object:ident)*) => {
        $(
            $(#[$doc])*
            #[must_use]
            pub const fn $name(permission: Permission) -> Rule {
                Rule::new(Object::$object, permission)
            }
        )*
    };
}

rules_on! {
    /// A permission on the connection.
    connect Connect
    /// A permission on a domain.
    domain Domain
    /// A permission on an interface of the host.
    interface Interface
    /// A permission on a network.
    network Network
    /// A permission on a network's port.
    network_port NetworkPort
    /// A permission on a device of the host.
    node_device NodeDevice
    /// A permission on a network filter.
    nwfilter NwFilter
    /// A permission on a network filter binding.
    nwfilter_binding NwFilterBinding
    /// A permission on a secret.
    secret Secret
    /// A permission on a storage pool.
    storage_pool StoragePool
    /// A permission on a storage volume.
    storage_vol StorageVol
}

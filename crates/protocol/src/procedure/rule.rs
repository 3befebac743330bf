//! Who may call a procedure.

macro_rules! named {
    ($(#[$meta:meta])* $type:ident { $($(#[$doc:meta])* $name:ident = $wire:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $type {
            $($(#[$doc])* $name,)*
        }

        impl $type {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Its name in the access rules of the public API, as `getattr` or `node_device`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => $wire,)*
                }
            }
        }
    };
}

named! {
    /// What a permission is about.
    Object {
        /// The connection, and with it the host.
        Connect = "connect",
        /// A virtual machine.
        Domain = "domain",
        /// An interface of the host.
        Interface = "interface",
        /// A virtual network.
        Network = "network",
        /// A port of a virtual network.
        NetworkPort = "network_port",
        /// A device of the host.
        NodeDevice = "node_device",
        /// A network filter.
        NwFilter = "nwfilter",
        /// A network filter in use by an interface.
        NwFilterBinding = "nwfilter_binding",
        /// A secret.
        Secret = "secret",
        /// A storage pool.
        StoragePool = "storage_pool",
        /// A volume of a storage pool.
        StorageVol = "storage_vol",
    }
}

named! {
    /// What a caller may be allowed to do with an object.
    Permission {
        /// Read blocks of a disk.
        BlockRead = "block_read",
        /// Change blocks of a disk.
        BlockWrite = "block_write",
        /// Make and remove checkpoints.
        Checkpoint = "checkpoint",
        /// Dump memory.
        CoreDump = "core_dump",
        /// Create the object.
        Create = "create",
        /// Read a volume's content.
        DataRead = "data_read",
        /// Change a volume's content.
        DataWrite = "data_write",
        /// Remove the object.
        Delete = "delete",
        /// Take a device from the host or give it back.
        Detach = "detach",
        /// Look for storage on the host.
        DetectStoragePools = "detect_storage_pools",
        /// Format storage.
        Format = "format",
        /// Freeze and thaw filesystems.
        FsFreeze = "fs_freeze",
        /// Discard unused blocks of filesystems.
        FsTrim = "fs_trim",
        /// See that the object exists.
        Getattr = "getattr",
        /// Save the memory to disk.
        Hibernate = "hibernate",
        /// Signal the guest's init system.
        InitControl = "init_control",
        /// Inject a non-maskable interrupt.
        InjectNmi = "inject_nmi",
        /// Change the host's interfaces in one transaction.
        InterfaceTransaction = "interface_transaction",
        /// Read memory.
        MemRead = "mem_read",
        /// Migrate.
        Migrate = "migrate",
        /// Open a console or channel.
        OpenDevice = "open_device",
        /// Open a graphical display.
        OpenGraphics = "open_graphics",
        /// Open a container's namespaces.
        OpenNamespace = "open_namespace",
        /// Suspend the host or a guest.
        PmControl = "pm_control",
        /// Read the configuration.
        Read = "read",
        /// Read what is secret in the configuration.
        ReadSecure = "read_secure",
        /// Look for new content.
        Refresh = "refresh",
        /// Reset.
        Reset = "reset",
        /// Change a volume's size.
        Resize = "resize",
        /// Save the configuration.
        Save = "save",
        /// Take a screenshot.
        Screenshot = "screenshot",
        /// List domains.
        SearchDomains = "search_domains",
        /// List interfaces.
        SearchInterfaces = "search_interfaces",
        /// List networks.
        SearchNetworks = "search_networks",
        /// List devices of the host.
        SearchNodeDevices = "search_node_devices",
        /// List network filter bindings.
        SearchNwfilterBindings = "search_nwfilter_bindings",
        /// List network filters.
        SearchNwfilters = "search_nwfilters",
        /// List a network's ports.
        SearchPorts = "search_ports",
        /// List secrets.
        SearchSecrets = "search_secrets",
        /// List storage pools.
        SearchStoragePools = "search_storage_pools",
        /// List a pool's volumes.
        SearchStorageVols = "search_storage_vols",
        /// Send keys and pointer movements.
        SendInput = "send_input",
        /// Send signals to the guest's processes.
        SendSignal = "send_signal",
        /// Change a password of the guest.
        SetPassword = "set_password",
        /// Change the guest's clock.
        SetTime = "set_time",
        /// Make, revert to and remove snapshots.
        Snapshot = "snapshot",
        /// Start.
        Start = "start",
        /// Stop.
        Stop = "stop",
        /// Pause and go on.
        Suspend = "suspend",
        /// Change the configuration.
        Write = "write",
    }
}

/// A permission that a call needs, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// On what.
    pub object: Object,
    /// Which permission.
    pub permission: Permission,
    /// When.
    pub condition: Condition,
}

/// When a rule applies; it looks at [`crate::procedure::Procedure::condition`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// To every call.
    Always,
    /// When all of these flags are set.
    AllOf(u32),
    /// When none of these flags is set.
    NoneOf(u32),
    /// When the named argument has this value.
    Argument(&'static str, u32),
}

impl Rule {
    /// A permission that every call needs.
    #[must_use]
    pub const fn new(object: Object, permission: Permission) -> Self {
        Self {
            object,
            permission,
            condition: Condition::Always,
        }
    }

    /// The same, only when all of these flags are set.
    #[must_use]
    pub const fn when_all(self, flags: u32) -> Self {
        Self {
            condition: Condition::AllOf(flags),
            ..self
        }
    }

    /// The same, only when none of these flags is set.
    #[must_use]
    pub const fn when_none(self, flags: u32) -> Self {
        Self {
            condition: Condition::NoneOf(flags),
            ..self
        }
    }

    /// The same, only when the named argument has this value.
    #[must_use]
    pub const fn when_argument(self, name: &'static str, value: u32) -> Self {
        Self {
            condition: Condition::Argument(name, value),
            ..self
        }
    }

    /// Whether it applies to a call whose deciding argument is this.
    #[must_use]
    pub const fn applies(&self, argument: u32) -> bool {
        match self.condition {
            Condition::Always => true,
            Condition::AllOf(flags) => argument & flags == flags,
            Condition::NoneOf(flags) => argument & flags == 0,
            Condition::Argument(_, value) => argument == value,
        }
    }
}

/// Whether a read-only connection may make a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadOnly {
    /// It may.
    Allowed,
    /// It may not.
    Denied,
    /// It may, unless one of these flags is set.
    DeniedWithAny(u32),
    /// It may, unless the named argument has this value.
    DeniedWithArgument(&'static str, u32),
}

impl ReadOnly {
    /// Whether the header alone already rules the call out.
    #[must_use]
    pub const fn never(self) -> bool {
        matches!(self, Self::Denied)
    }

    /// Whether a call is allowed whose deciding argument
    /// ([`crate::procedure::Procedure::condition`]) is this.
    #[must_use]
    pub const fn allows(self, argument: u32) -> bool {
        match self {
            Self::Allowed => true,
            Self::Denied => false,
            Self::DeniedWithAny(flags) => argument & flags == 0,
            Self::DeniedWithArgument(_, value) => argument != value,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Object, Permission, ReadOnly, Rule};

    const RULE: Rule = Rule::new(Object::Domain, Permission::Save);

    #[test]
    fn rules_look_at_the_flags() {
        assert!(RULE.applies(0));
        assert!(RULE.when_all(2).applies(3) && !RULE.when_all(2).applies(1));
        assert!(RULE.when_all(3).applies(3) && !RULE.when_all(3).applies(1));
        assert!(RULE.when_none(3).applies(4) && !RULE.when_none(3).applies(1));
        assert!(RULE.when_argument("source", 1).applies(1));
        assert!(!RULE.when_argument("source", 1).applies(3));
    }

    #[test]
    fn reading_with_secrets_is_not_reading() {
        assert!(ReadOnly::Allowed.allows(1) && !ReadOnly::Denied.allows(0));
        let secure = ReadOnly::DeniedWithAny(0b1001);
        assert!(secure.allows(2) && !secure.allows(3) && !secure.allows(8) && !secure.never());
        let agent = ReadOnly::DeniedWithArgument("source", 1);
        assert!(agent.allows(0) && !agent.allows(1));
    }
}

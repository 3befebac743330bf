//! For whom the driver works: the host, one user, or the application that it is part of.

/// For whom the driver works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The host: `qemu:///system`. Run by root, QEMU runs as the user that `qemu.conf` names.
    System,
    /// One user: `qemu:///session`. QEMU runs as that user.
    Session,
    /// An application, in its own process: `qemu:///embed?root=DIR`. QEMU runs as the application does.
    Embed {
        /// How long the VMs live.
        lifetime: Lifetime,
    },
}

/// How long the VMs of an embedding application live (`?lifetime=`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Lifetime {
    /// `outlive`: until they are stopped; the next process with the same root finds them again.
    Outlive,
    /// `process`: until the application's process ends, however it ends. This is the default: who embeds a driver
    /// usually does not expect to leave processes behind.
    #[default]
    Process,
    /// `connection`: until the connection that started them is closed, or the process ends.
    Connection,
}

impl Lifetime {
    /// Reads the value of the URI's parameter.
    pub fn from_parameter(value: &str) -> Option<Self> {
        Some(match value {
            "outlive" => Self::Outlive,
            "process" => Self::Process,
            "connection" => Self::Connection,
            _ => return None,
        })
    }
}

impl Mode {
    /// The URI of the driver's connections when a client names none.
    pub fn default_uri(self) -> &'static str {
        match self {
            Self::System => "qemu:///system",
            Self::Session => "qemu:///session",
            Self::Embed { .. } => "qemu:///embed",
        }
    }

    /// Whether VMs outlive the process that the driver is part of.
    pub fn outlives(self) -> bool {
        match self {
            Self::System | Self::Session => true,
            Self::Embed { lifetime } => lifetime == Lifetime::Outlive,
        }
    }

    /// Whether every VM is bound to the connection that starts it.
    pub fn binds_to_connection(self) -> bool {
        self == Self::Embed {
            lifetime: Lifetime::Connection,
        }
    }
}

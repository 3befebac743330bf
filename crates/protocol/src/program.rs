//! The programs that share a connection, by their number on the wire.

/// A set of procedures with numbers of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Program {
    /// The public API.
    Remote,
    /// What only the QEMU driver has.
    Qemu,
    /// What only the LXC driver has.
    Lxc,
    /// Administration of a daemon itself.
    Admin,
    /// Log files of virtual machines, kept by the log daemon.
    Log,
    /// Locks on disk images, kept by the lock daemon.
    Lock,
    /// Signs of life between the two ends of a connection.
    KeepAlive,
}

impl Program {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Remote,
        Self::Qemu,
        Self::Lxc,
        Self::Admin,
        Self::Log,
        Self::Lock,
        Self::KeepAlive,
    ];

    /// The number in a packet's header.
    #[must_use]
    pub const fn number(self) -> u32 {
        match self {
            Self::Remote => 0x2000_8086,
            Self::Qemu => 0x2000_8087,
            Self::Lxc => 0x0006_8000,
            Self::Admin => 0x0690_0690,
            Self::Log => 0x8753_9319,
            Self::Lock => 0x0EA7_BEEF,
            Self::KeepAlive => 0x6b65_6570,
        }
    }

    /// The only version that there is.
    #[must_use]
    pub const fn version(self) -> u32 {
        1
    }

    /// The program of a header's number.
    #[must_use]
    pub fn from_number(number: u32) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|program| program.number() == number)
    }
}

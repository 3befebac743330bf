//! Domains: virtual machines, running or only defined.

mod console;
mod definition;
mod guest;
mod info;
mod lifecycle;
mod lookup;
mod metadata;
mod monitor;
mod processors;
mod resources;
mod saved;
mod scheduler;
mod statistics;

use std::hash::{Hash, Hasher};

use protocol::remote::NonnullDomain;

use crate::connection::Connection;

pub use definition::XmlOptions;
pub use guest::{GuestAddress, GuestFileSystem, GuestInterface};
pub use info::{ControlInfo, DomainInfo, DomainState, JobInfo};
pub use lookup::DomainWord;
pub use metadata::Metadata;
pub use monitor::MonitorLanguage;
pub use processors::{CpuSet, IoThread, VirtualCpu};
pub use statistics::{DiskError, DiskSizes, DomainStatistics, InterfaceCounters};

pub(crate) use processors::set;

/// A domain of a connection. It is a name for it, not the domain itself: the domain may end
/// while the handle is there, and calls then say so. Handles are equal when their UUIDs are.
#[derive(Debug, Clone)]
pub struct Domain {
    connection: Connection,
    wire: NonnullDomain,
}

impl Domain {
    pub(crate) fn new(connection: &Connection, wire: NonnullDomain) -> Self {
        Self {
            connection: connection.clone(),
            wire,
        }
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.wire.name
    }

    /// The UUID's bytes.
    #[must_use]
    pub fn uuid(&self) -> [u8; 16] {
        self.wire.uuid
    }

    /// The UUID in its usual form.
    #[must_use]
    pub fn uuid_string(&self) -> String {
        uuid_string(&self.wire.uuid)
    }

    /// The number of the running domain when the handle was made; `None` when it did not run.
    #[must_use]
    pub fn id(&self) -> Option<u32> {
        u32::try_from(self.wire.id).ok()
    }

    /// The connection that it came from.
    #[must_use]
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    pub(crate) fn wire(&self) -> NonnullDomain {
        self.wire.clone()
    }
}

impl PartialEq for Domain {
    fn eq(&self, other: &Self) -> bool {
        self.wire.uuid == other.wire.uuid
    }
}

impl Eq for Domain {}

impl Hash for Domain {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.wire.uuid.hash(state);
    }
}

/// A UUID in its usual form.
pub(crate) fn uuid_string(uuid: &[u8; 16]) -> String {
    let mut text = String::with_capacity(36);
    for (index, byte) in uuid.iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        text.push_str(&format!("{byte:02x}"));
    }
    text
}

/// The bytes of a UUID; dashes may stand anywhere, as in the public API.
pub(crate) fn parse_uuid(text: &str) -> Option<[u8; 16]> {
    let digits: Vec<u8> = text
        .trim()
        .chars()
        .filter(|&c| c != '-')
        .map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect::<Option<_>>()?;
    let bytes: Vec<u8> = digits
        .chunks_exact(2)
        .map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit))
        .collect();
    (digits.len() == 32)
        .then(|| bytes.try_into().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::{parse_uuid, uuid_string};

    #[test]
    fn uuids_are_written_and_read() {
        let text = "6695eb01-f6a4-8304-79aa-97f2502e193f";
        let bytes = parse_uuid(text).expect("a UUID");
        assert_eq!(uuid_string(&bytes), text);
        assert_eq!(parse_uuid(&text.replace('-', "")), Some(bytes));
        assert_eq!(parse_uuid("6695eb01"), None);
        assert_eq!(parse_uuid("nope"), None);
    }
}

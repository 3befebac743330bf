//! What queries see: the published state of a VM.

use std::sync::Arc;

use super::definition::Definition;
use super::state::{OffReason, State};

/// The state of a VM at one moment. Immutable; each change publishes the next one.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// Counts the changes.
    pub number: u64,
    /// The name, which changes only while the VM is off.
    pub name: Arc<str>,
    /// What the VM is doing.
    pub state: State,
    /// What the next boot will use; a VM without one vanishes when it stops.
    pub definition: Option<Arc<Definition>>,
    /// Whether the VM starts with the host.
    pub autostart: bool,
    /// Whether the VM starts with the host's next boot.
    pub autostart_once: bool,
}

impl Snapshot {
    /// Of a VM that nobody knows anything of yet.
    pub fn new(name: Arc<str>) -> Self {
        Self {
            number: 0,
            name,
            state: State::Off(OffReason::Unknown),
            definition: None,
            autostart: false,
            autostart_once: false,
        }
    }

    /// Whether clients see the VM: it is active, or it has a definition.
    pub fn is_visible(&self) -> bool {
        self.state.is_active() || self.definition.is_some()
    }

    /// Whether the VM stays when it stops.
    pub fn is_persistent(&self) -> bool {
        self.definition.is_some()
    }
}

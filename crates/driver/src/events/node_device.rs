//! Events of the host's devices.

use protocol::remote::{
    NodeDeviceEventLifecycle, NodeDeviceEventLifecycleMsg, NodeDeviceEventUpdate,
    NodeDeviceEventUpdateMsg, NonnullNodeDevice,
};

use super::Wire;

/// Something that happened to a device of the host.
#[derive(Debug, Clone, PartialEq)]
pub struct NodeDeviceEvent {
    /// The device.
    pub device: NonnullNodeDevice,
    /// What happened.
    pub kind: NodeDeviceEventKind,
}

/// What can happen to a device of the host.
#[derive(Debug, Clone, PartialEq)]
pub enum NodeDeviceEventKind {
    /// It came or went, was defined or undefined.
    Lifecycle {
        /// `virNodeDeviceEventLifecycleType`
        event: i32,
        /// Always 0 so far.
        detail: i32,
    },
    /// Its description changed.
    Update,
}

impl NodeDeviceEventKind {
    /// `virNodeDeviceEventID`
    #[must_use]
    pub fn id(&self) -> i32 {
        match self {
            Self::Lifecycle { .. } => 0,
            Self::Update => 1,
        }
    }
}

impl NodeDeviceEvent {
    pub(super) fn callback(&self, callback_id: i32) -> Option<Wire> {
        let dev = self.device.clone();
        match self.kind {
            NodeDeviceEventKind::Lifecycle { event, detail } => {
                let message = NodeDeviceEventLifecycleMsg {
                    callback_id,
                    dev,
                    event,
                    detail,
                };
                Wire::of::<NodeDeviceEventLifecycle>(&message)
            }
            NodeDeviceEventKind::Update => {
                Wire::of::<NodeDeviceEventUpdate>(&NodeDeviceEventUpdateMsg { callback_id, dev })
            }
        }
    }
}

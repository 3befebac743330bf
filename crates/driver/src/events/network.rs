//! Events of virtual networks.

use protocol::remote::{
    NetworkEventCallbackMetadataChange, NetworkEventCallbackMetadataChangeMsg,
    NetworkEventLifecycle, NetworkEventLifecycleMsg, NonnullNetwork,
};

use super::Wire;

/// Something that happened to a virtual network.
#[derive(Debug, Clone, PartialEq)]
pub struct NetworkEvent {
    /// The network.
    pub network: NonnullNetwork,
    /// What happened.
    pub kind: NetworkEventKind,
}

/// What can happen to a virtual network.
#[derive(Debug, Clone, PartialEq)]
pub enum NetworkEventKind {
    /// It was defined, undefined, started or stopped.
    Lifecycle {
        /// `virNetworkEventLifecycleType`
        event: i32,
        /// Always 0 so far.
        detail: i32,
    },
    /// Its title, description or metadata changed.
    MetadataChange {
        /// `virNetworkMetadataType`
        kind: i32,
        /// The namespace of a metadata element.
        nsuri: Option<String>,
    },
}

impl NetworkEventKind {
    /// `virNetworkEventID`
    #[must_use]
    pub fn id(&self) -> i32 {
        match self {
            Self::Lifecycle { .. } => 0,
            Self::MetadataChange { .. } => 1,
        }
    }
}

impl NetworkEvent {
    pub(super) fn callback(&self, callback_id: i32) -> Option<Wire> {
        let net = self.network.clone();
        match &self.kind {
            &NetworkEventKind::Lifecycle { event, detail } => {
                let message = NetworkEventLifecycleMsg {
                    callback_id,
                    net,
                    event,
                    detail,
                };
                Wire::of::<NetworkEventLifecycle>(&message)
            }
            NetworkEventKind::MetadataChange { kind, nsuri } => {
                let message = NetworkEventCallbackMetadataChangeMsg {
                    callback_id,
                    net,
                    r#type: *kind,
                    nsuri: nsuri.clone(),
                };
                Wire::of::<NetworkEventCallbackMetadataChange>(&message)
            }
        }
    }
}

//! Events of secrets.

use protocol::remote::{
    NonnullSecret, SecretEventLifecycle, SecretEventLifecycleMsg, SecretEventValueChanged,
    SecretEventValueChangedMsg,
};

use super::Wire;

/// Something that happened to a secret.
#[derive(Debug, Clone, PartialEq)]
pub struct SecretEvent {
    /// The secret, without its value.
    pub secret: NonnullSecret,
    /// What happened.
    pub kind: SecretEventKind,
}

/// What can happen to a secret.
#[derive(Debug, Clone, PartialEq)]
pub enum SecretEventKind {
    /// It was defined or undefined.
    Lifecycle {
        /// `virSecretEventLifecycleType`
        event: i32,
        /// Always 0 so far.
        detail: i32,
    },
    /// Its value was set.
    ValueChanged,
}

impl SecretEventKind {
    /// `virSecretEventID`
    #[must_use]
    pub fn id(&self) -> i32 {
        match self {
            Self::Lifecycle { .. } => 0,
            Self::ValueChanged => 1,
        }
    }
}

impl SecretEvent {
    pub(super) fn callback(&self, callback_id: i32) -> Option<Wire> {
        let secret = self.secret.clone();
        match self.kind {
            SecretEventKind::Lifecycle { event, detail } => {
                let message = SecretEventLifecycleMsg {
                    callback_id,
                    secret,
                    event,
                    detail,
                };
                Wire::of::<SecretEventLifecycle>(&message)
            }
            SecretEventKind::ValueChanged => {
                Wire::of::<SecretEventValueChanged>(&SecretEventValueChangedMsg {
                    callback_id,
                    secret,
                })
            }
        }
    }
}

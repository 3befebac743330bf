//! Events of storage pools.

use protocol::remote::{
    NonnullStoragePool, StoragePoolEventLifecycle, StoragePoolEventLifecycleMsg,
    StoragePoolEventRefresh, StoragePoolEventRefreshMsg,
};

use super::Wire;

/// Something that happened to a storage pool.
#[derive(Debug, Clone, PartialEq)]
pub struct StoragePoolEvent {
    /// The pool.
    pub pool: NonnullStoragePool,
    /// What happened.
    pub kind: StoragePoolEventKind,
}

/// What can happen to a storage pool.
#[derive(Debug, Clone, PartialEq)]
pub enum StoragePoolEventKind {
    /// It was defined, undefined, started, stopped, created or deleted.
    Lifecycle {
        /// `virStoragePoolEventLifecycleType`
        event: i32,
        /// Always 0 so far.
        detail: i32,
    },
    /// Its volumes were looked at again.
    Refresh,
}

impl StoragePoolEventKind {
    /// `virStoragePoolEventID`
    #[must_use]
    pub fn id(&self) -> i32 {
        match self {
            Self::Lifecycle { .. } => 0,
            Self::Refresh => 1,
        }
    }
}

impl StoragePoolEvent {
    pub(super) fn callback(&self, callback_id: i32) -> Option<Wire> {
        let pool = self.pool.clone();
        match self.kind {
            StoragePoolEventKind::Lifecycle { event, detail } => {
                let message = StoragePoolEventLifecycleMsg {
                    callback_id,
                    pool,
                    event,
                    detail,
                };
                Wire::of::<StoragePoolEventLifecycle>(&message)
            }
            StoragePoolEventKind::Refresh => {
                Wire::of::<StoragePoolEventRefresh>(&StoragePoolEventRefreshMsg {
                    callback_id,
                    pool,
                })
            }
        }
    }
}

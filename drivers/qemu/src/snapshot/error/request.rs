//! Why flags, a parent or a change of what is known are refused.

use documents::Uuid;

/// Flags that contradict each other, or of which one needs another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FlagError {
    /// `CURRENT` without `REDEFINE`.
    #[error("only a redefined snapshot is made current by a flag: a new one is current anyway")]
    CurrentOfNew,
    /// `QUIESCE` without `DISK_ONLY`.
    #[error("only for a snapshot of the disks alone are file systems brought to rest")]
    QuiesceWithMemory,
    /// `REDEFINE` with `NO_METADATA`.
    #[error("a snapshot cannot be redefined without being known")]
    RedefineUnknown,
    /// `REDEFINE` with `HALT`.
    #[error("a redefined snapshot stops no domain")]
    RedefineHalt,
    /// `REDEFINE` with `LIVE`.
    #[error("a redefined snapshot is not taken of a running domain")]
    RedefineLive,
    /// `CHILDREN` with `CHILDREN_ONLY`.
    #[error("those below a snapshot are deleted with it or without it, not both")]
    ChildrenTwice,
}

/// A parent that cannot be the parent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParentError {
    /// It is the snapshot itself.
    #[error("cannot set moment {0} as its own parent")]
    Itself(String),
    /// There is none of that name.
    #[error("parent {parent} for moment {name} not found")]
    Unknown {
        /// The name of the parent that is asked for.
        parent: String,
        /// The snapshot's name.
        name: String,
    },
    /// It is below the snapshot.
    #[error("parent {parent} would create cycle to {name}")]
    Cycle {
        /// The name of the parent that is asked for.
        parent: String,
        /// The snapshot's name.
        name: String,
    },
}

/// A redefinition that contradicts the snapshot that is known, or the domain.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChangeError {
    /// Its domain is another one.
    #[error("definition for snapshot {name} must use uuid {uuid}")]
    OtherDomain {
        /// The snapshot.
        name: String,
        /// The domain's.
        uuid: Uuid,
    },
    /// `DISK_ONLY` for a snapshot in another state.
    #[error("disk-only flag for snapshot {0} requires disk-snapshot state")]
    NotOfDisks(String),
    /// The domain ran at the one and not at the other.
    #[error("cannot change between online and offline snapshot state in snapshot {0}")]
    Activity(String),
    /// Of disks alone is one, and not the other.
    #[error("cannot change between disk only and full system in snapshot {0}")]
    Extent(String),
}

//! Flags of calls about snapshots, checkpoints and backups.

use super::flags;

flags! {
    /// How a backup treats its target.
    DomainBackupBeginFlags "virDomainBackupBeginFlags" {
        "VIR_DOMAIN_BACKUP_BEGIN_REUSE_EXTERNAL" REUSE_EXTERNAL = 1 << 0,
    }

    /// How to make a checkpoint.
    DomainCheckpointCreateFlags "virDomainCheckpointCreateFlags" {
        "VIR_DOMAIN_CHECKPOINT_CREATE_REDEFINE" REDEFINE = 1 << 0,
        "VIR_DOMAIN_CHECKPOINT_CREATE_QUIESCE" QUIESCE = 1 << 1,
        "VIR_DOMAIN_CHECKPOINT_CREATE_REDEFINE_VALIDATE" REDEFINE_VALIDATE = 1 << 2,
    }

    /// What of a checkpoint to delete.
    DomainCheckpointDeleteFlags "virDomainCheckpointDeleteFlags" {
        "VIR_DOMAIN_CHECKPOINT_DELETE_CHILDREN" CHILDREN = 1 << 0,
        "VIR_DOMAIN_CHECKPOINT_DELETE_METADATA_ONLY" METADATA_ONLY = 1 << 1,
        "VIR_DOMAIN_CHECKPOINT_DELETE_CHILDREN_ONLY" CHILDREN_ONLY = 1 << 2,
    }

    /// Which checkpoints to list.
    DomainCheckpointListFlags "virDomainCheckpointListFlags" {
        "VIR_DOMAIN_CHECKPOINT_LIST_DESCENDANTS" DESCENDANTS = 1 << 0,
        "VIR_DOMAIN_CHECKPOINT_LIST_ROOTS" ROOTS = 1 << 0,
        "VIR_DOMAIN_CHECKPOINT_LIST_TOPOLOGICAL" TOPOLOGICAL = 1 << 1,
        "VIR_DOMAIN_CHECKPOINT_LIST_LEAVES" LEAVES = 1 << 2,
        "VIR_DOMAIN_CHECKPOINT_LIST_NO_LEAVES" NO_LEAVES = 1 << 3,
    }

    /// What a checkpoint's XML contains.
    DomainCheckpointXmlFlags "virDomainCheckpointXMLFlags" {
        "VIR_DOMAIN_CHECKPOINT_XML_SECURE" SECURE = 1 << 0,
        "VIR_DOMAIN_CHECKPOINT_XML_NO_DOMAIN" NO_DOMAIN = 1 << 1,
        "VIR_DOMAIN_CHECKPOINT_XML_SIZE" SIZE = 1 << 2,
    }

    /// How to take a snapshot.
    DomainSnapshotCreateFlags "virDomainSnapshotCreateFlags" {
        "VIR_DOMAIN_SNAPSHOT_CREATE_REDEFINE" REDEFINE = 1 << 0,
        "VIR_DOMAIN_SNAPSHOT_CREATE_CURRENT" CURRENT = 1 << 1,
        "VIR_DOMAIN_SNAPSHOT_CREATE_NO_METADATA" NO_METADATA = 1 << 2,
        "VIR_DOMAIN_SNAPSHOT_CREATE_HALT" HALT = 1 << 3,
        "VIR_DOMAIN_SNAPSHOT_CREATE_DISK_ONLY" DISK_ONLY = 1 << 4,
        "VIR_DOMAIN_SNAPSHOT_CREATE_REUSE_EXT" REUSE_EXT = 1 << 5,
        "VIR_DOMAIN_SNAPSHOT_CREATE_QUIESCE" QUIESCE = 1 << 6,
        "VIR_DOMAIN_SNAPSHOT_CREATE_ATOMIC" ATOMIC = 1 << 7,
        "VIR_DOMAIN_SNAPSHOT_CREATE_LIVE" LIVE = 1 << 8,
        "VIR_DOMAIN_SNAPSHOT_CREATE_VALIDATE" VALIDATE = 1 << 9,
    }

    /// What of a snapshot to delete.
    DomainSnapshotDeleteFlags "virDomainSnapshotDeleteFlags" {
        "VIR_DOMAIN_SNAPSHOT_DELETE_CHILDREN" CHILDREN = 1 << 0,
        "VIR_DOMAIN_SNAPSHOT_DELETE_METADATA_ONLY" METADATA_ONLY = 1 << 1,
        "VIR_DOMAIN_SNAPSHOT_DELETE_CHILDREN_ONLY" CHILDREN_ONLY = 1 << 2,
    }

    /// Which snapshots to list.
    DomainSnapshotListFlags "virDomainSnapshotListFlags" {
        "VIR_DOMAIN_SNAPSHOT_LIST_DESCENDANTS" DESCENDANTS = 1 << 0,
        "VIR_DOMAIN_SNAPSHOT_LIST_ROOTS" ROOTS = 1 << 0,
        "VIR_DOMAIN_SNAPSHOT_LIST_METADATA" METADATA = 1 << 1,
        "VIR_DOMAIN_SNAPSHOT_LIST_LEAVES" LEAVES = 1 << 2,
        "VIR_DOMAIN_SNAPSHOT_LIST_NO_LEAVES" NO_LEAVES = 1 << 3,
        "VIR_DOMAIN_SNAPSHOT_LIST_NO_METADATA" NO_METADATA = 1 << 4,
        "VIR_DOMAIN_SNAPSHOT_LIST_INACTIVE" INACTIVE = 1 << 5,
        "VIR_DOMAIN_SNAPSHOT_LIST_ACTIVE" ACTIVE = 1 << 6,
        "VIR_DOMAIN_SNAPSHOT_LIST_DISK_ONLY" DISK_ONLY = 1 << 7,
        "VIR_DOMAIN_SNAPSHOT_LIST_INTERNAL" INTERNAL = 1 << 8,
        "VIR_DOMAIN_SNAPSHOT_LIST_EXTERNAL" EXTERNAL = 1 << 9,
        "VIR_DOMAIN_SNAPSHOT_LIST_TOPOLOGICAL" TOPOLOGICAL = 1 << 10,
    }

    /// How to go back to a snapshot.
    DomainSnapshotRevertFlags "virDomainSnapshotRevertFlags" {
        "VIR_DOMAIN_SNAPSHOT_REVERT_RUNNING" RUNNING = 1 << 0,
        "VIR_DOMAIN_SNAPSHOT_REVERT_PAUSED" PAUSED = 1 << 1,
        "VIR_DOMAIN_SNAPSHOT_REVERT_FORCE" FORCE = 1 << 2,
        "VIR_DOMAIN_SNAPSHOT_REVERT_RESET_NVRAM" RESET_NVRAM = 1 << 3,
    }

    /// What a snapshot's XML contains.
    DomainSnapshotXmlFlags "virDomainSnapshotXMLFlags" {
        "VIR_DOMAIN_SNAPSHOT_XML_SECURE" SECURE = 1 << 0,
    }
}

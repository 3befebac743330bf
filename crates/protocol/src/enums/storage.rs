//! Enumerations of storage pools and volumes.

use super::enumeration;

enumeration! {
    /// What a storage pool does.
    StoragePoolState "virStoragePoolState" {
        "VIR_STORAGE_POOL_INACTIVE" Inactive = 0,
        "VIR_STORAGE_POOL_BUILDING" Building = 1,
        "VIR_STORAGE_POOL_RUNNING" Running = 2,
        "VIR_STORAGE_POOL_DEGRADED" Degraded = 3,
        "VIR_STORAGE_POOL_INACCESSIBLE" Inaccessible = 4,
    }

    /// What happened to a storage pool.
    StoragePoolEventLifecycleType "virStoragePoolEventLifecycleType" {
        "VIR_STORAGE_POOL_EVENT_DEFINED" Defined = 0,
        "VIR_STORAGE_POOL_EVENT_UNDEFINED" Undefined = 1,
        "VIR_STORAGE_POOL_EVENT_STARTED" Started = 2,
        "VIR_STORAGE_POOL_EVENT_STOPPED" Stopped = 3,
        "VIR_STORAGE_POOL_EVENT_CREATED" Created = 4,
        "VIR_STORAGE_POOL_EVENT_DELETED" Deleted = 5,
    }

    /// Kinds of storage pool events.
    StoragePoolEventId "virStoragePoolEventID" {
        "VIR_STORAGE_POOL_EVENT_ID_LIFECYCLE" Lifecycle = 0,
        "VIR_STORAGE_POOL_EVENT_ID_REFRESH" Refresh = 1,
    }

    /// What a volume is.
    StorageVolType "virStorageVolType" {
        "VIR_STORAGE_VOL_FILE" File = 0,
        "VIR_STORAGE_VOL_BLOCK" Block = 1,
        "VIR_STORAGE_VOL_DIR" Dir = 2,
        "VIR_STORAGE_VOL_NETWORK" Network = 3,
        "VIR_STORAGE_VOL_NETDIR" Netdir = 4,
        "VIR_STORAGE_VOL_PLOOP" Ploop = 5,
    }

    /// How a volume is overwritten.
    StorageVolWipeAlgorithm "virStorageVolWipeAlgorithm" {
        "VIR_STORAGE_VOL_WIPE_ALG_ZERO" Zero = 0,
        "VIR_STORAGE_VOL_WIPE_ALG_NNSA" Nnsa = 1,
        "VIR_STORAGE_VOL_WIPE_ALG_DOD" Dod = 2,
        "VIR_STORAGE_VOL_WIPE_ALG_BSI" Bsi = 3,
        "VIR_STORAGE_VOL_WIPE_ALG_GUTMANN" Gutmann = 4,
        "VIR_STORAGE_VOL_WIPE_ALG_SCHNEIER" Schneier = 5,
        "VIR_STORAGE_VOL_WIPE_ALG_PFITZNER7" Pfitzner7 = 6,
        "VIR_STORAGE_VOL_WIPE_ALG_PFITZNER33" Pfitzner33 = 7,
        "VIR_STORAGE_VOL_WIPE_ALG_RANDOM" Random = 8,
        "VIR_STORAGE_VOL_WIPE_ALG_TRIM" Trim = 9,
    }
}

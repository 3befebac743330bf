//! Flags of calls about storage pools and volumes.

use super::flags;

flags! {
    /// Which storage pools to list.
    ConnectListAllStoragePoolsFlags "virConnectListAllStoragePoolsFlags" {
        "VIR_CONNECT_LIST_STORAGE_POOLS_INACTIVE" INACTIVE = 1 << 0,
        "VIR_CONNECT_LIST_STORAGE_POOLS_ACTIVE" ACTIVE = 1 << 1,
        "VIR_CONNECT_LIST_STORAGE_POOLS_PERSISTENT" PERSISTENT = 1 << 2,
        "VIR_CONNECT_LIST_STORAGE_POOLS_TRANSIENT" TRANSIENT = 1 << 3,
        "VIR_CONNECT_LIST_STORAGE_POOLS_AUTOSTART" AUTOSTART = 1 << 4,
        "VIR_CONNECT_LIST_STORAGE_POOLS_NO_AUTOSTART" NO_AUTOSTART = 1 << 5,
        "VIR_CONNECT_LIST_STORAGE_POOLS_DIR" DIR = 1 << 6,
        "VIR_CONNECT_LIST_STORAGE_POOLS_FS" FS = 1 << 7,
        "VIR_CONNECT_LIST_STORAGE_POOLS_NETFS" NETFS = 1 << 8,
        "VIR_CONNECT_LIST_STORAGE_POOLS_LOGICAL" LOGICAL = 1 << 9,
        "VIR_CONNECT_LIST_STORAGE_POOLS_DISK" DISK = 1 << 10,
        "VIR_CONNECT_LIST_STORAGE_POOLS_ISCSI" ISCSI = 1 << 11,
        "VIR_CONNECT_LIST_STORAGE_POOLS_SCSI" SCSI = 1 << 12,
        "VIR_CONNECT_LIST_STORAGE_POOLS_MPATH" MPATH = 1 << 13,
        "VIR_CONNECT_LIST_STORAGE_POOLS_RBD" RBD = 1 << 14,
        "VIR_CONNECT_LIST_STORAGE_POOLS_SHEEPDOG" SHEEPDOG = 1 << 15,
        "VIR_CONNECT_LIST_STORAGE_POOLS_GLUSTER" GLUSTER = 1 << 16,
        "VIR_CONNECT_LIST_STORAGE_POOLS_ZFS" ZFS = 1 << 17,
        "VIR_CONNECT_LIST_STORAGE_POOLS_VSTORAGE" VSTORAGE = 1 << 18,
        "VIR_CONNECT_LIST_STORAGE_POOLS_ISCSI_DIRECT" ISCSI_DIRECT = 1 << 19,
    }

    /// How to build a pool; none builds anew.
    StoragePoolBuildFlags "virStoragePoolBuildFlags" {
        "VIR_STORAGE_POOL_BUILD_REPAIR" REPAIR = 1 << 0,
        "VIR_STORAGE_POOL_BUILD_RESIZE" RESIZE = 1 << 1,
        "VIR_STORAGE_POOL_BUILD_NO_OVERWRITE" NO_OVERWRITE = 1 << 2,
        "VIR_STORAGE_POOL_BUILD_OVERWRITE" OVERWRITE = 1 << 3,
    }

    /// Whether starting a pool builds it.
    StoragePoolCreateFlags "virStoragePoolCreateFlags" {
        "VIR_STORAGE_POOL_CREATE_WITH_BUILD" WITH_BUILD = 1 << 0,
        "VIR_STORAGE_POOL_CREATE_WITH_BUILD_OVERWRITE" WITH_BUILD_OVERWRITE = 1 << 1,
        "VIR_STORAGE_POOL_CREATE_WITH_BUILD_NO_OVERWRITE" WITH_BUILD_NO_OVERWRITE = 1 << 2,
    }

    /// How to define a pool.
    StoragePoolDefineFlags "virStoragePoolDefineFlags" {
        "VIR_STORAGE_POOL_DEFINE_VALIDATE" VALIDATE = 1 << 0,
    }

    /// How thoroughly a pool is destroyed.
    StoragePoolDeleteFlags "virStoragePoolDeleteFlags" {
        "VIR_STORAGE_POOL_DELETE_ZEROED" ZEROED = 1 << 0,
    }

    /// How to create a volume.
    StorageVolCreateFlags "virStorageVolCreateFlags" {
        "VIR_STORAGE_VOL_CREATE_PREALLOC_METADATA" PREALLOC_METADATA = 1 << 0,
        "VIR_STORAGE_VOL_CREATE_REFLINK" REFLINK = 1 << 1,
        "VIR_STORAGE_VOL_CREATE_VALIDATE" VALIDATE = 1 << 2,
    }

    /// How to delete a volume.
    StorageVolDeleteFlags "virStorageVolDeleteFlags" {
        "VIR_STORAGE_VOL_DELETE_ZEROED" ZEROED = 1 << 0,
        "VIR_STORAGE_VOL_DELETE_WITH_SNAPSHOTS" WITH_SNAPSHOTS = 1 << 1,
    }

    /// How to read a volume.
    StorageVolDownloadFlags "virStorageVolDownloadFlags" {
        "VIR_STORAGE_VOL_DOWNLOAD_SPARSE_STREAM" SPARSE_STREAM = 1 << 0,
    }

    /// Which size of a volume to tell.
    StorageVolInfoFlags "virStorageVolInfoFlags" {
        "VIR_STORAGE_VOL_GET_PHYSICAL" GET_PHYSICAL = 1 << 0,
    }

    /// How to resize a volume.
    StorageVolResizeFlags "virStorageVolResizeFlags" {
        "VIR_STORAGE_VOL_RESIZE_ALLOCATE" ALLOCATE = 1 << 0,
        "VIR_STORAGE_VOL_RESIZE_DELTA" DELTA = 1 << 1,
        "VIR_STORAGE_VOL_RESIZE_SHRINK" SHRINK = 1 << 2,
    }

    /// How to write a volume.
    StorageVolUploadFlags "virStorageVolUploadFlags" {
        "VIR_STORAGE_VOL_UPLOAD_SPARSE_STREAM" SPARSE_STREAM = 1 << 0,
    }

    /// Which configuration of a pool to show.
    StorageXmlFlags "virStorageXMLFlags" {
        "VIR_STORAGE_XML_INACTIVE" INACTIVE = 1 << 0,
    }
}

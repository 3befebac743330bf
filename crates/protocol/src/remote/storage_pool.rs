//! Storage pools.

use crate::{
    enums::StoragePoolEventId,
    flags::{
        ConnectListAllStoragePoolsFlags, NoFlags, StoragePoolBuildFlags, StoragePoolCreateFlags,
        StoragePoolDefineFlags, StoragePoolDeleteFlags, StorageXmlFlags,
    },
    limits,
    procedure::{events, procedures},
    remote::{NonnullStoragePool, NonnullStorageVol},
};

procedures! {
    Remote;

    /// How many storage pools are active.
    71 ConnectNumOfStoragePools "CONNECT_NUM_OF_STORAGE_POOLS"
        as virConnectNumOfStoragePools (
            priority: High,
            read_only: Allowed,
            filter: Some((Object::StoragePool, Getattr)),
            rules: &[connect(SearchStoragePools)],
        )
        ret ConnectNumOfStoragePoolsRet { num: i32 };

    /// Names of the active storage pools.
    72 ConnectListStoragePools "CONNECT_LIST_STORAGE_POOLS"
        as virConnectListStoragePools (
            priority: High,
            read_only: Allowed,
            filter: Some((Object::StoragePool, Getattr)),
            rules: &[connect(SearchStoragePools)],
        )
        args ConnectListStoragePoolsArgs { maxnames: i32 }
        ret ConnectListStoragePoolsRet {
            #[xdr(max = limits::STORAGE_POOL_LIST_MAX)] names: Vec<String>,
        };

    /// How many defined storage pools are not active.
    73 ConnectNumOfDefinedStoragePools "CONNECT_NUM_OF_DEFINED_STORAGE_POOLS"
        as virConnectNumOfDefinedStoragePools (
            priority: High,
            read_only: Allowed,
            filter: Some((Object::StoragePool, Getattr)),
            rules: &[connect(SearchStoragePools)],
        )
        ret ConnectNumOfDefinedStoragePoolsRet { num: i32 };

    /// Names of the defined storage pools that are not active.
    74 ConnectListDefinedStoragePools "CONNECT_LIST_DEFINED_STORAGE_POOLS"
        as virConnectListDefinedStoragePools (
            priority: High,
            read_only: Allowed,
            filter: Some((Object::StoragePool, Getattr)),
            rules: &[connect(SearchStoragePools)],
        )
        args ConnectListDefinedStoragePoolsArgs { maxnames: i32 }
        ret ConnectListDefinedStoragePoolsRet {
            #[xdr(max = limits::STORAGE_POOL_LIST_MAX)] names: Vec<String>,
        };

    /// Looks on host or network for sources of storage pools.
    75 ConnectFindStoragePoolSources "CONNECT_FIND_STORAGE_POOL_SOURCES"
        as virConnectFindStoragePoolSources (rules: &[connect(DetectStoragePools)])
        args ConnectFindStoragePoolSourcesArgs {
            r#type: String,
            #[xdr(name = "srcSpec")] src_spec: Option<String>,
            flags: NoFlags,
        }
        ret ConnectFindStoragePoolSourcesRet { xml: String };

    /// Starts a transient storage pool from its XML.
    76 StoragePoolCreateXml "STORAGE_POOL_CREATE_XML"
        as virStoragePoolCreateXML (rules: &[storage_pool(Start), storage_pool(Write)])
        args StoragePoolCreateXmlArgs { xml: String, flags: StoragePoolCreateFlags }
        ret StoragePoolCreateXmlRet { pool: NonnullStoragePool };

    /// Defines a storage pool, or changes its definition.
    77 StoragePoolDefineXml "STORAGE_POOL_DEFINE_XML"
        as virStoragePoolDefineXML (
            priority: High,
            rules: &[storage_pool(Write), storage_pool(Save)],
        )
        args StoragePoolDefineXmlArgs { xml: String, flags: StoragePoolDefineFlags }
        ret StoragePoolDefineXmlRet { pool: NonnullStoragePool };

    /// Starts a defined storage pool.
    78 StoragePoolCreate "STORAGE_POOL_CREATE"
        as virStoragePoolCreate (rules: &[storage_pool(Start)])
        args StoragePoolCreateArgs { pool: NonnullStoragePool, flags: StoragePoolCreateFlags };

    /// Prepares a pool's storage: makes directories, partitions or formats.
    79 StoragePoolBuild "STORAGE_POOL_BUILD" as virStoragePoolBuild (rules: &[storage_pool(Format)])
        args StoragePoolBuildArgs { pool: NonnullStoragePool, flags: StoragePoolBuildFlags };

    /// Stops a storage pool; its volumes stay.
    80 StoragePoolDestroy "STORAGE_POOL_DESTROY"
        as virStoragePoolDestroy (priority: High, rules: &[storage_pool(Stop)])
        args StoragePoolDestroyArgs { pool: NonnullStoragePool };

    /// Destroys a pool's storage.
    81 StoragePoolDelete "STORAGE_POOL_DELETE"
        as virStoragePoolDelete (rules: &[storage_pool(Format)])
        args StoragePoolDeleteArgs { pool: NonnullStoragePool, flags: StoragePoolDeleteFlags };

    /// Forgets a storage pool's definition.
    82 StoragePoolUndefine "STORAGE_POOL_UNDEFINE"
        as virStoragePoolUndefine (priority: High, rules: &[storage_pool(Delete)])
        args StoragePoolUndefineArgs { pool: NonnullStoragePool };

    /// Looks for volumes that appeared, changed or went.
    83 StoragePoolRefresh "STORAGE_POOL_REFRESH"
        as virStoragePoolRefresh (rules: &[storage_pool(Refresh)])
        args StoragePoolRefreshArgs { pool: NonnullStoragePool, flags: NoFlags };

    /// Finds a storage pool by its name.
    84 StoragePoolLookupByName "STORAGE_POOL_LOOKUP_BY_NAME"
        as virStoragePoolLookupByName (
            priority: High,
            read_only: Allowed,
            rules: &[storage_pool(Getattr)],
        )
        args StoragePoolLookupByNameArgs { name: String }
        ret StoragePoolLookupByNameRet { pool: NonnullStoragePool };

    /// Finds a storage pool by its UUID.
    85 StoragePoolLookupByUuid "STORAGE_POOL_LOOKUP_BY_UUID"
        as virStoragePoolLookupByUUID (
            priority: High,
            read_only: Allowed,
            rules: &[storage_pool(Getattr)],
        )
        args StoragePoolLookupByUuidArgs { uuid: [u8; 16] }
        ret StoragePoolLookupByUuidRet { pool: NonnullStoragePool };

    /// Finds the storage pool of a volume.
    86 StoragePoolLookupByVolume "STORAGE_POOL_LOOKUP_BY_VOLUME"
        as virStoragePoolLookupByVolume (
            priority: High,
            read_only: Allowed,
            rules: &[storage_pool(Getattr)],
        )
        args StoragePoolLookupByVolumeArgs { vol: NonnullStorageVol }
        ret StoragePoolLookupByVolumeRet { pool: NonnullStoragePool };

    /// State, capacity and use of a storage pool.
    87 StoragePoolGetInfo "STORAGE_POOL_GET_INFO"
        as virStoragePoolGetInfo (priority: High, read_only: Allowed, rules: &[storage_pool(Read)])
        args StoragePoolGetInfoArgs { pool: NonnullStoragePool }
        ret StoragePoolGetInfoRet { state: u8, capacity: u64, allocation: u64, available: u64 };

    /// A storage pool's configuration as XML.
    88 StoragePoolGetXmlDesc "STORAGE_POOL_GET_XML_DESC"
        as virStoragePoolGetXMLDesc (
            priority: High,
            read_only: Allowed,
            rules: &[storage_pool(Read)],
        )
        args StoragePoolGetXmlDescArgs { pool: NonnullStoragePool, flags: StorageXmlFlags }
        ret StoragePoolGetXmlDescRet { xml: String };

    /// Whether a storage pool starts with the host.
    89 StoragePoolGetAutostart "STORAGE_POOL_GET_AUTOSTART"
        as virStoragePoolGetAutostart (
            priority: High,
            read_only: Allowed,
            rules: &[storage_pool(Read)],
        )
        args StoragePoolGetAutostartArgs { pool: NonnullStoragePool }
        ret StoragePoolGetAutostartRet { autostart: i32 };

    /// Sets whether a storage pool starts with the host.
    90 StoragePoolSetAutostart "STORAGE_POOL_SET_AUTOSTART"
        as virStoragePoolSetAutostart (priority: High, rules: &[storage_pool(Write)])
        args StoragePoolSetAutostartArgs { pool: NonnullStoragePool, autostart: i32 };

    /// How many volumes a pool has.
    91 StoragePoolNumOfVolumes "STORAGE_POOL_NUM_OF_VOLUMES"
        as virStoragePoolNumOfVolumes (
            priority: High,
            read_only: Allowed,
            filter: Some((Object::StorageVol, Getattr)),
            rules: &[storage_pool(SearchStorageVols)],
        )
        args StoragePoolNumOfVolumesArgs { pool: NonnullStoragePool }
        ret StoragePoolNumOfVolumesRet { num: i32 };

    /// Names of a pool's volumes.
    92 StoragePoolListVolumes "STORAGE_POOL_LIST_VOLUMES"
        as virStoragePoolListVolumes (
            priority: High,
            read_only: Allowed,
            filter: Some((Object::StorageVol, Getattr)),
            rules: &[storage_pool(SearchStorageVols)],
        )
        args StoragePoolListVolumesArgs { pool: NonnullStoragePool, maxnames: i32 }
        ret StoragePoolListVolumesRet {
            #[xdr(max = limits::STORAGE_VOL_LIST_MAX)] names: Vec<String>,
        };

    /// Whether a storage pool is active.
    154 StoragePoolIsActive "STORAGE_POOL_IS_ACTIVE"
        as virStoragePoolIsActive (priority: High, read_only: Allowed, rules: &[storage_pool(Read)])
        args StoragePoolIsActiveArgs { pool: NonnullStoragePool }
        ret StoragePoolIsActiveRet { active: i32 };

    /// Whether a storage pool is defined.
    155 StoragePoolIsPersistent "STORAGE_POOL_IS_PERSISTENT"
        as virStoragePoolIsPersistent (
            priority: High,
            read_only: Allowed,
            rules: &[storage_pool(Read)],
        )
        args StoragePoolIsPersistentArgs { pool: NonnullStoragePool }
        ret StoragePoolIsPersistentRet { persistent: i32 };

    /// All storage pools that pass the filters.
    281 ConnectListAllStoragePools "CONNECT_LIST_ALL_STORAGE_POOLS"
        as virConnectListAllStoragePools (
            priority: High,
            read_only: Allowed,
            filter: Some((Object::StoragePool, Getattr)),
            rules: &[connect(SearchStoragePools)],
        )
        args ConnectListAllStoragePoolsArgs {
            need_results: i32,
            flags: ConnectListAllStoragePoolsFlags,
        }
        ret ConnectListAllStoragePoolsRet {
            #[xdr(max = limits::STORAGE_POOL_LIST_MAX)] pools: Vec<NonnullStoragePool>,
            ret: u32,
        };

    /// All volumes of a pool.
    282 StoragePoolListAllVolumes "STORAGE_POOL_LIST_ALL_VOLUMES"
        as virStoragePoolListAllVolumes (
            priority: High,
            read_only: Allowed,
            filter: Some((Object::StorageVol, Getattr)),
            rules: &[storage_pool(SearchStorageVols)],
        )
        args StoragePoolListAllVolumesArgs {
            pool: NonnullStoragePool,
            need_results: i32,
            flags: NoFlags,
        }
        ret StoragePoolListAllVolumesRet {
            #[xdr(max = limits::STORAGE_VOL_LIST_MAX)] vols: Vec<NonnullStorageVol>,
            ret: u32,
        };

    /// Asks for one kind of storage pool events.
    368 ConnectStoragePoolEventRegisterAny "CONNECT_STORAGE_POOL_EVENT_REGISTER_ANY"
        as virConnectStoragePoolEventRegisterAny (
            priority: High,
            read_only: Allowed,
            filter: Some((Object::StoragePool, Getattr)),
            rules: &[connect(SearchStoragePools)],
        )
        args ConnectStoragePoolEventRegisterAnyArgs {
            #[xdr(name = "eventID")] event_id: i32,
            pool: Option<NonnullStoragePool>,
        }
        ret ConnectStoragePoolEventRegisterAnyRet { #[xdr(name = "callbackID")] callback_id: i32 };

    /// Ends what `ConnectStoragePoolEventRegisterAny` began.
    369 ConnectStoragePoolEventDeregisterAny "CONNECT_STORAGE_POOL_EVENT_DEREGISTER_ANY"
        as virConnectStoragePoolEventDeregisterAny (
            priority: High,
            read_only: Allowed,
            rules: &[connect(Read)],
        )
        args ConnectStoragePoolEventDeregisterAnyArgs {
            #[xdr(name = "callbackID")] callback_id: i32,
        };

    /// Finds a storage pool by its target path.
    391 StoragePoolLookupByTargetPath "STORAGE_POOL_LOOKUP_BY_TARGET_PATH"
        as virStoragePoolLookupByTargetPath (
            priority: High,
            read_only: Allowed,
            rules: &[storage_pool(Getattr)],
        )
        args StoragePoolLookupByTargetPathArgs { path: String }
        ret StoragePoolLookupByTargetPathRet { pool: NonnullStoragePool };
}

events! {
    Remote;

    /// A storage pool started, stopped, was defined ….
    370 StoragePoolEventLifecycle "STORAGE_POOL_EVENT_LIFECYCLE" (
        id: Some((Object::StoragePool, StoragePoolEventId::Lifecycle.value())),
    )
        msg StoragePoolEventLifecycleMsg {
            #[xdr(name = "callbackID")] callback_id: i32,
            pool: NonnullStoragePool,
            event: i32,
            detail: i32,
        };

    /// The volumes of a storage pool were looked for anew.
    373 StoragePoolEventRefresh "STORAGE_POOL_EVENT_REFRESH" (
        id: Some((Object::StoragePool, StoragePoolEventId::Refresh.value())),
    )
        msg StoragePoolEventRefreshMsg {
            #[xdr(name = "callbackID")] callback_id: i32,
            pool: NonnullStoragePool,
        };
}

//! Storage pools and volumes.

use protocol::error::{Code, Origin};
use protocol::flags::{
    ConnectListAllStoragePoolsFlags, NoFlags, StoragePoolCreateFlags, StoragePoolDefineFlags,
    StorageVolCreateFlags, StorageVolDeleteFlags, StorageXmlFlags,
};
use protocol::remote::*;
use rpc::client::{Connection, Incoming};

use crate::world::*;

const POOL: &str = "<pool type='dir'><name>lab</name><target><path>/lab</path></target></pool>";
const VOLUME: &str = "<volume><name>disk</name><capacity unit='MiB'>8</capacity></volume>";

async fn lookup_pool(client: &Connection, name: &str) -> NonnullStoragePool {
    let args = StoragePoolLookupByNameArgs { name: name.into() };
    ok::<StoragePoolLookupByName>(client, args).await.pool
}

async fn define_pool(client: &Connection) -> NonnullStoragePool {
    let args = StoragePoolDefineXmlArgs {
        xml: POOL.into(),
        flags: StoragePoolDefineFlags::empty(),
    };
    ok::<StoragePoolDefineXml>(client, args).await.pool
}

fn create(pool: &NonnullStoragePool) -> StoragePoolCreateArgs {
    StoragePoolCreateArgs {
        pool: pool.clone(),
        flags: StoragePoolCreateFlags::empty(),
    }
}

fn create_volume(pool: &NonnullStoragePool, xml: &str) -> StorageVolCreateXmlArgs {
    StorageVolCreateXmlArgs {
        pool: pool.clone(),
        xml: xml.into(),
        flags: StorageVolCreateFlags::empty(),
    }
}

#[tokio::test]
async fn the_default_pool_reads_as_libvirts() {
    let client = open(&driver()).await;
    let pool = lookup_pool(&client, "default-pool").await;
    let args = StoragePoolGetXmlDescArgs {
        pool,
        flags: StorageXmlFlags::empty(),
    };
    let text = ok::<StoragePoolGetXmlDesc>(&client, args).await.xml;
    let expected = include_str!("../../src/default/storage_pool.xml");
    assert_eq!(text.trim(), expected.trim());
}

#[tokio::test]
async fn a_pool_goes_through_all_its_states_and_each_is_told() {
    let client = open(&driver()).await;
    let mut events = client.events();
    for event_id in [0, 1] {
        let args = ConnectStoragePoolEventRegisterAnyArgs {
            event_id,
            pool: None,
        };
        ok::<ConnectStoragePoolEventRegisterAny>(&client, args).await;
    }
    let pool = define_pool(&client).await;
    ok::<StoragePoolCreate>(&client, create(&pool)).await;
    let (invalid, test) = (Code::OperationInvalid, Origin::Test);
    refused::<StoragePoolCreate>(&client, create(&pool), invalid, test, "'lab' is active").await;
    let refresh = StoragePoolRefreshArgs {
        pool: pool.clone(),
        flags: NoFlags,
    };
    ok::<StoragePoolRefresh>(&client, refresh).await;
    let undefine = StoragePoolUndefineArgs { pool: pool.clone() };
    refused::<StoragePoolUndefine>(&client, undefine.clone(), invalid, test, "is active").await;
    ok::<StoragePoolDestroy>(&client, StoragePoolDestroyArgs { pool: pool.clone() }).await;
    ok::<StoragePoolUndefine>(&client, undefine).await;
    let args = StoragePoolIsActiveArgs { pool };
    refused::<StoragePoolIsActive>(&client, args, Code::NoStoragePool, test, "(lab)").await;
    // Defined, started, refreshed, stopped, undefined.
    for expected in [Some(0), Some(2), None, Some(3), Some(1)] {
        let Some(Incoming::Event(event)) = events.recv().await else {
            panic!("no event")
        };
        let told = xdr::from_bytes::<StoragePoolEventLifecycleMsg>(&event.payload);
        assert_eq!(told.ok().map(|message| message.event), expected);
    }
}

#[tokio::test]
async fn a_transient_pool_is_gone_when_it_stops() {
    let client = open(&driver()).await;
    let args = StoragePoolCreateXmlArgs {
        xml: POOL.into(),
        flags: StoragePoolCreateFlags::empty(),
    };
    let pool = ok::<StoragePoolCreateXml>(&client, args).await.pool;
    let args = StoragePoolSetAutostartArgs {
        pool: pool.clone(),
        autostart: 1,
    };
    let (argument, test) = (Code::InvalidArg, Origin::Test);
    refused::<StoragePoolSetAutostart>(&client, args, argument, test, "define it").await;
    let args = ConnectListAllStoragePoolsArgs {
        need_results: 1,
        flags: ConnectListAllStoragePoolsFlags::TRANSIENT,
    };
    let listed = ok::<ConnectListAllStoragePools>(&client, args.clone()).await;
    assert_eq!(listed.pools, std::slice::from_ref(&pool));
    ok::<StoragePoolDestroy>(&client, StoragePoolDestroyArgs { pool }).await;
    assert_eq!(ok::<ConnectListAllStoragePools>(&client, args).await.ret, 0);
}

#[tokio::test]
async fn no_two_pools_share_a_name_or_a_storage() {
    let client = open(&driver()).await;
    define_pool(&client).await;
    for (xml, phrase) in [
        (POOL.replace("/lab", "/other"), "'lab' already exists"),
        (POOL.replace(">lab<", ">twin<"), "that of pool 'lab'"),
    ] {
        let args = StoragePoolDefineXmlArgs {
            xml,
            flags: StoragePoolDefineFlags::empty(),
        };
        let (failed, storage) = (Code::OperationFailed, Origin::Storage);
        refused::<StoragePoolDefineXml>(&client, args, failed, storage, phrase).await;
    }
}

#[tokio::test]
async fn a_new_definition_of_an_active_pool_waits_for_its_next_start() {
    let client = open(&driver()).await;
    let pool = define_pool(&client).await;
    ok::<StoragePoolCreate>(&client, create(&pool)).await;
    let uuid = documents::Uuid(pool.uuid);
    let moved = format!("<name>lab</name><uuid>{uuid}</uuid>");
    let args = StoragePoolDefineXmlArgs {
        xml: POOL
            .replace("<name>lab</name>", &moved)
            .replace("/lab<", "/moved<"),
        flags: StoragePoolDefineFlags::empty(),
    };
    ok::<StoragePoolDefineXml>(&client, args).await;
    let args = StoragePoolGetXmlDescArgs {
        pool: pool.clone(),
        flags: StorageXmlFlags::empty(),
    };
    let text = ok::<StoragePoolGetXmlDesc>(&client, args.clone()).await.xml;
    assert!(text.contains("<path>/lab</path>"), "{text}");
    ok::<StoragePoolDestroy>(&client, StoragePoolDestroyArgs { pool }).await;
    let text = ok::<StoragePoolGetXmlDesc>(&client, args).await.xml;
    assert!(text.contains("<path>/moved</path>"), "{text}");
}

#[tokio::test]
async fn volumes_take_space_until_they_are_deleted() {
    let client = open(&driver()).await;
    let pool = lookup_pool(&client, "default-pool").await;
    let vol = ok::<StorageVolCreateXml>(&client, create_volume(&pool, VOLUME)).await;
    let vol = vol.vol;
    assert_eq!(vol.key, "/default-pool/disk");
    let info = StoragePoolGetInfoArgs { pool: pool.clone() };
    let used = ok::<StoragePoolGetInfo>(&client, info.clone()).await;
    assert_eq!(used.allocation, 8 << 20);
    let (failed, test) = (Code::OperationFailed, Origin::Test);
    let again = create_volume(&pool, VOLUME);
    refused::<StorageVolCreateXml>(&client, again, failed, test, "already exists").await;
    let huge = create_volume(&pool, &VOLUME.replace("MiB", "TiB").replace("disk", "huge"));
    let internal = Code::InternalError;
    refused::<StorageVolCreateXml>(&client, huge, internal, test, "Not enough free space").await;
    let args = StorageVolLookupByPathArgs {
        path: "/default-pool/disk".into(),
    };
    assert_eq!(ok::<StorageVolLookupByPath>(&client, args).await.vol, vol);
    let clone = StorageVolCreateXmlFromArgs {
        pool: pool.clone(),
        xml: VOLUME.replace("disk", "copy"),
        clonevol: vol.clone(),
        flags: StorageVolCreateFlags::empty(),
    };
    ok::<StorageVolCreateXmlFrom>(&client, clone).await;
    let args = StorageVolDeleteArgs {
        vol: vol.clone(),
        flags: StorageVolDeleteFlags::empty(),
    };
    ok::<StorageVolDelete>(&client, args.clone()).await;
    let unknown = Code::NoStorageVol;
    refused::<StorageVolDelete>(&client, args, unknown, test, "'disk'").await;
    let used = ok::<StoragePoolGetInfo>(&client, info).await;
    assert_eq!(used.allocation, 8 << 20);
}

#[tokio::test]
async fn the_volumes_of_an_inactive_pool_are_not_seen() {
    let client = open(&driver()).await;
    let pool = lookup_pool(&client, "default-pool").await;
    ok::<StorageVolCreateXml>(&client, create_volume(&pool, VOLUME)).await;
    ok::<StoragePoolDestroy>(&client, StoragePoolDestroyArgs { pool: pool.clone() }).await;
    let args = StoragePoolNumOfVolumesArgs { pool: pool.clone() };
    let (invalid, test) = (Code::OperationInvalid, Origin::Test);
    refused::<StoragePoolNumOfVolumes>(&client, args, invalid, test, "is not active").await;
    let args = StorageVolLookupByKeyArgs {
        key: "/default-pool/disk".into(),
    };
    refused::<StorageVolLookupByKey>(&client, args, Code::NoStorageVol, test, "matching key").await;
    ok::<StoragePoolCreate>(&client, create(&pool)).await;
    let args = StoragePoolListVolumesArgs { pool, maxnames: 9 };
    assert_eq!(
        ok::<StoragePoolListVolumes>(&client, args).await.names,
        ["disk"]
    );
}

#[tokio::test]
async fn sources_are_found_where_libvirts_driver_finds_them() {
    let client = open(&driver()).await;
    let find = |kind: &str, spec: Option<&str>| ConnectFindStoragePoolSourcesArgs {
        r#type: kind.into(),
        src_spec: spec.map(Into::into),
        flags: NoFlags,
    };
    let found = ok::<ConnectFindStoragePoolSources>(&client, find("logical", None)).await;
    assert!(found.xml.contains("<name>testvg2</name>"), "{}", found.xml);
    let spec = Some("<source><host name='example.com'/></source>");
    let found = ok::<ConnectFindStoragePoolSources>(&client, find("netfs", spec)).await;
    assert!(
        found.xml.contains("<host name='example.com'/>"),
        "{}",
        found.xml
    );
    // The C library crashes on this one.
    let (argument, test) = (Code::InvalidArg, Origin::Test);
    let hostless = find("netfs", Some("<source/>"));
    refused::<ConnectFindStoragePoolSources>(&client, hostless, argument, test, "hostname").await;
    let scsi = find("scsi", None);
    let none = Code::NoSupport;
    refused::<ConnectFindStoragePoolSources>(&client, scsi, none, test, "discovery").await;
}

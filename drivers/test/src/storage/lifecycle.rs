//! Starting, stopping, building and refreshing storage pools.

use driver::events::StoragePoolEventKind;
use driver::{Call, Error, Routes};
use protocol::enums::StoragePoolEventLifecycleType as Event;
use protocol::remote::{
    NonnullStoragePool, StoragePoolBuild, StoragePoolBuildArgs, StoragePoolCreate,
    StoragePoolCreateArgs, StoragePoolCreateXml, StoragePoolCreateXmlArgs, StoragePoolCreateXmlRet,
    StoragePoolDelete, StoragePoolDeleteArgs, StoragePoolDestroy, StoragePoolDestroyArgs,
    StoragePoolRefresh, StoragePoolRefreshArgs,
};

use super::definition::parse;
use super::error::StorageError;
use super::{Pool, lifecycle_event};
use crate::{TestDriver, flags};

pub(super) fn routes(routes: &mut Routes<TestDriver>) {
    routes
        .on::<StoragePoolCreate>(create)
        .on::<StoragePoolCreateXml>(create_xml)
        .on::<StoragePoolDestroy>(destroy)
        .on::<StoragePoolBuild>(build)
        .on::<StoragePoolDelete>(delete)
        .on::<StoragePoolRefresh>(refresh);
}

async fn create(call: Call<TestDriver>, args: StoragePoolCreateArgs) -> Result<(), Error> {
    flags::none(args.flags.bits(), "virStoragePoolCreate")?;
    call.driver().pools().change(&call, &args.pool, |pool| {
        pool.require_inactive()?;
        start(&call, pool)?;
        Ok(Some(lifecycle_event(Event::Started)))
    })
}

async fn create_xml(
    call: Call<TestDriver>,
    args: StoragePoolCreateXmlArgs,
) -> Result<StoragePoolCreateXmlRet, Error> {
    flags::none(args.flags.bits(), "virStoragePoolCreateXML")?;
    let mut new = parse(&args.xml, false)?;
    let pools = call.driver().pools();
    let mut table = pools.lock();
    call.allow(&new.target())?;
    table.check_new(&new)?;
    if table
        .pools
        .get(&new.uuid)
        .is_some_and(|pool| pool.is_active)
    {
        return Err(StorageError::AlreadyActive(new.name().to_owned()).into());
    }
    start(&call, &mut new)?;
    let wire = new.wire();
    // A definition with the same identity is replaced: what runs now is transient.
    table.pools.insert(new.uuid, new);
    pools.publish(wire.clone(), Event::Started);
    Ok(StoragePoolCreateXmlRet { pool: wire })
}

/// Brings a pool up, and with it the virtual port that it is on.
fn start(call: &Call<TestDriver>, pool: &mut Pool) -> Result<(), Error> {
    if let Some(adapter) = pool.vport() {
        let (node, port) = (adapter.wwnn.clone(), adapter.wwpn.clone());
        let devices = call.driver().node_devices();
        devices.create_vport(node.unwrap_or_default(), port.unwrap_or_default())?;
    }
    pool.is_active = true;
    Ok(())
}

async fn destroy(call: Call<TestDriver>, args: StoragePoolDestroyArgs) -> Result<(), Error> {
    call.driver().pools().change(&call, &args.pool, |pool| {
        pool.require_active()?;
        if let Some(adapter) = pool.vport() {
            let port = adapter.wwpn.clone().unwrap_or_default();
            call.driver().node_devices().delete_vport(&port);
        }
        pool.is_active = false;
        if let Some(next) = pool.next.take() {
            pool.document = next;
        }
        Ok(Some(lifecycle_event(Event::Stopped)))
    })
}

async fn build(call: Call<TestDriver>, args: StoragePoolBuildArgs) -> Result<(), Error> {
    flags::none(args.flags.bits(), "virStoragePoolBuild")?;
    pretend(&call, &args.pool, Event::Created)
}

async fn delete(call: Call<TestDriver>, args: StoragePoolDeleteArgs) -> Result<(), Error> {
    flags::none(args.flags.bits(), "virStoragePoolDelete")?;
    pretend(&call, &args.pool, Event::Deleted)
}

/// Says that something happened to storage that there is not.
fn pretend(call: &Call<TestDriver>, pool: &NonnullStoragePool, event: Event) -> Result<(), Error> {
    call.driver().pools().change(call, pool, |pool| {
        pool.require_inactive()?;
        Ok(Some(lifecycle_event(event)))
    })
}

async fn refresh(call: Call<TestDriver>, args: StoragePoolRefreshArgs) -> Result<(), Error> {
    call.driver().pools().change(&call, &args.pool, |pool| {
        pool.require_active()?;
        Ok(Some(StoragePoolEventKind::Refresh))
    })
}

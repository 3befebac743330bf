//! Definitions of storage pools: define, undefine, autostart, XML.

use documents::storage_pool::StoragePool;
use driver::{Call, Error, Routes};
use protocol::enums::StoragePoolEventLifecycleType as Event;
use protocol::flags::StoragePoolDefineFlags;
use protocol::remote::{
    StoragePoolDefineXml, StoragePoolDefineXmlArgs, StoragePoolDefineXmlRet,
    StoragePoolGetAutostart, StoragePoolGetAutostartArgs, StoragePoolGetAutostartRet,
    StoragePoolGetXmlDesc, StoragePoolGetXmlDescArgs, StoragePoolGetXmlDescRet,
    StoragePoolSetAutostart, StoragePoolSetAutostartArgs, StoragePoolUndefine,
    StoragePoolUndefineArgs,
};

use super::error::StorageError;
use super::{Pool, complete, lifecycle_event};
use crate::{TestDriver, flags};

pub(super) fn routes(routes: &mut Routes<TestDriver>) {
    routes
        .on::<StoragePoolDefineXml>(define)
        .on::<StoragePoolUndefine>(undefine)
        .on::<StoragePoolGetXmlDesc>(xml_desc)
        .on::<StoragePoolGetAutostart>(autostart)
        .on::<StoragePoolSetAutostart>(set_autostart);
}

/// Reads a pool's document, strictly if the caller wants it validated.
pub(super) fn parse(text: &str, validate: bool) -> Result<Pool, Error> {
    let options = if validate {
        xml::Options::strict()
    } else {
        xml::Options::lenient()
    };
    let document: StoragePool = xml::parse(text, &options)?;
    Ok(Pool::new(complete::complete(document)?)?)
}

async fn define(
    call: Call<TestDriver>,
    args: StoragePoolDefineXmlArgs,
) -> Result<StoragePoolDefineXmlRet, Error> {
    let validate = args.flags.contains(StoragePoolDefineFlags::VALIDATE);
    let mut new = parse(&args.xml, validate)?;
    let pools = call.driver().pools();
    let mut table = pools.lock();
    call.allow(&new.target())?;
    table.check_new(&new)?;
    let wire = new.wire();
    match table.pools.get_mut(&new.uuid) {
        Some(known) => {
            known.is_persistent = true;
            if known.is_active {
                known.next = Some(new.document);
            } else {
                known.document = new.document;
            }
        }
        None => {
            new.is_persistent = true;
            table.pools.insert(new.uuid, new);
        }
    }
    pools.publish(wire.clone(), Event::Defined);
    Ok(StoragePoolDefineXmlRet { pool: wire })
}

async fn undefine(call: Call<TestDriver>, args: StoragePoolUndefineArgs) -> Result<(), Error> {
    call.driver().pools().change(&call, &args.pool, |pool| {
        pool.require_inactive()?;
        pool.is_persistent = false;
        Ok(Some(lifecycle_event(Event::Undefined)))
    })
}

async fn xml_desc(
    call: Call<TestDriver>,
    args: StoragePoolGetXmlDescArgs,
) -> Result<StoragePoolGetXmlDescRet, Error> {
    flags::none(args.flags.bits(), "virStoragePoolGetXMLDesc")?;
    let pools = call.driver().pools();
    let xml = pools.read(&call, &args.pool, |pool| Ok(xml::format(&pool.described())))?;
    Ok(StoragePoolGetXmlDescRet { xml })
}

async fn autostart(
    call: Call<TestDriver>,
    args: StoragePoolGetAutostartArgs,
) -> Result<StoragePoolGetAutostartRet, Error> {
    let pools = call.driver().pools();
    let autostart = pools.read(&call, &args.pool, |pool| Ok(pool.autostart))?;
    Ok(StoragePoolGetAutostartRet {
        autostart: autostart.into(),
    })
}

async fn set_autostart(
    call: Call<TestDriver>,
    args: StoragePoolSetAutostartArgs,
) -> Result<(), Error> {
    call.driver().pools().change(&call, &args.pool, |pool| {
        if !pool.is_persistent {
            return Err(StorageError::AutostartTransient.into());
        }
        pool.autostart = args.autostart != 0;
        Ok(None)
    })
}

//! Looking for storage that pools could be made of: there is none, but clients see what they
//! would see.

use documents::storage_pool::{PoolDevice, PoolHost, PoolKind, PoolSource};
use driver::{Call, Error, Routes};
use protocol::remote::{
    ConnectFindStoragePoolSources, ConnectFindStoragePoolSourcesArgs,
    ConnectFindStoragePoolSourcesRet,
};
use xml::Xml;

use super::error::StorageError;
use crate::TestDriver;

pub(super) fn routes(routes: &mut Routes<TestDriver>) {
    routes.on::<ConnectFindStoragePoolSources>(find);
}

/// What a search finds.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(name = "sources")]
struct Sources {
    /// Each place.
    #[xml(child = "source")]
    sources: Vec<PoolSource>,
}

async fn find(
    _: Call<TestDriver>,
    args: ConnectFindStoragePoolSourcesArgs,
) -> Result<ConnectFindStoragePoolSourcesRet, Error> {
    let asked = args
        .src_spec
        .as_deref()
        .map(|spec| xml::parse_root::<PoolSource>(spec, "source", &xml::Options::lenient()));
    let asked = asked.transpose()?.unwrap_or_default();
    let sources = match PoolKind::from_name(&args.r#type) {
        Some(PoolKind::Logical) => volume_groups(),
        Some(PoolKind::Netfs) => vec![share(asked)?],
        // libvirt's driver takes the first kind for an unknown one.
        Some(PoolKind::Dir) => return Err(StorageError::UnsearchableKind(args.r#type).into()),
        _ => return Err(StorageError::NoDiscovery(args.r#type).into()),
    };
    Ok(ConnectFindStoragePoolSourcesRet {
        xml: xml::format(&Sources { sources }),
    })
}

fn volume_groups() -> Vec<PoolSource> {
    let group = |name: &str, device: &str| PoolSource {
        devices: vec![PoolDevice {
            path: device.to_owned(),
            ..PoolDevice::default()
        }],
        name: Some(name.to_owned()),
        format: Some("lvm2".to_owned()),
        ..PoolSource::default()
    };
    vec![
        group("testvg1", "/dev/sda20"),
        group("testvg2", "/dev/sda21"),
    ]
}

fn share(asked: PoolSource) -> Result<PoolSource, StorageError> {
    let host = asked.hosts.into_iter().next();
    let name = host.map(|host| host.name).filter(|name| !name.is_empty());
    Ok(PoolSource {
        hosts: vec![PoolHost {
            name: name.ok_or(StorageError::NoHost)?,
            port: None,
        }],
        dir: Some("/testshare".to_owned()),
        format: Some("nfs".to_owned()),
        ..PoolSource::default()
    })
}

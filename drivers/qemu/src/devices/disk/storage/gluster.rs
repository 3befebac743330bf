//! Gluster: a file of a volume, with all servers that have it.

use documents::domain::NetworkSource;
use serde::Serialize;
use serde_json::Value;

use super::Image;
use super::server::address;
use crate::domain::DiskError;

#[derive(Debug, Serialize)]
pub(crate) struct Gluster {
    volume: String,
    path: String,
    server: Vec<Value>,
    debug: u32,
}

/// How much gluster logs: libvirt's default of `gluster_debug_level`.
const GLUSTER_DEBUG: u32 = 4;

pub(super) fn gluster(network: &NetworkSource, image: &Image<'_>) -> Result<Gluster, DiskError> {
    let name = network.name.as_deref().unwrap_or_default();
    let (volume, path) = name.split_once('/').unwrap_or((name, ""));
    let servers = network.hosts.iter().map(|host| address(host, image));
    Ok(Gluster {
        volume: volume.to_owned(),
        path: path.to_owned(),
        server: servers.collect::<Result<_, _>>()?,
        debug: GLUSTER_DEBUG,
    })
}

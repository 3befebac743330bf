//! NFS, spoken by QEMU itself.

use documents::domain::NetworkSource;
use serde::Serialize;
use serde_json::{Value, json};

use super::Image;
use super::server::only_host;
use crate::domain::{DiskError, DiskRule, DomainError};

#[derive(Debug, Serialize)]
pub(crate) struct Nfs {
    server: Value,
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<u32>,
}

pub(super) fn nfs(network: &NetworkSource, image: &Image<'_>) -> Result<Nfs, DomainError> {
    let host = only_host(network, image)?;
    let identity = network.identity.clone().unwrap_or_default();
    let unknown = || DiskError::of(DiskRule::NfsIdentity, image.disk);
    let user = match &identity.user {
        Some(name) => {
            let found = host::accounts::user(name).map_err(|_| unknown())?;
            Some(found.ok_or_else(unknown)?.uid)
        }
        None => None,
    };
    let group = match &identity.group {
        Some(name) => {
            let found = host::accounts::group(name).map_err(|_| unknown())?;
            Some(found.ok_or_else(unknown)?)
        }
        None => None,
    };
    Ok(Nfs {
        server: json!({"host": host.name.clone().unwrap_or_default(), "type": "inet"}),
        path: network.name.clone().unwrap_or_default(),
        user,
        group,
    })
}

//! SSH.

use documents::domain::NetworkSource;
use serde::Serialize;
use serde_json::Value;

use super::Image;
use super::server::{only_host, plain_address};
use crate::domain::DiskError;

#[derive(Debug, Serialize)]
pub(crate) struct Ssh {
    path: String,
    server: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<String>,
}

pub(super) fn ssh(network: &NetworkSource, image: &Image<'_>) -> Result<Ssh, DiskError> {
    let server = plain_address(only_host(network, image)?);
    // QEMU's own client takes no password; whoever names a secret learns at least that it does not exist.
    if let Some(wanted) = image.auth.and_then(|auth| auth.secret.as_ref()) {
        image.facts.secret_value(wanted, image.disk)?;
    }
    let identity = network.identity.as_ref();
    let user = identity.and_then(|identity| identity.username.clone());
    Ok(Ssh {
        path: network.name.clone().unwrap_or_default(),
        server,
        user: user.or_else(|| image.auth.map(|auth| auth.username.clone())),
    })
}

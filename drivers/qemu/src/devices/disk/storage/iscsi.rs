//! iSCSI, spoken by QEMU itself.

use documents::domain::NetworkSource;
use serde::Serialize;

use super::Image;
use super::secrets::login;
use super::server::{authority, only_host};
use crate::devices::part::Part;
use crate::domain::DomainError;

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Iscsi {
    portal: String,
    target: String,
    lun: u32,
    transport: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    password_secret: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    initiator_name: Option<String>,
}

pub(super) fn iscsi(
    network: &NetworkSource,
    image: &Image<'_>,
    parts: &mut Vec<Part>,
) -> Result<Iscsi, DomainError> {
    let host = only_host(network, image)?;
    let name = network.name.clone().unwrap_or_default();
    let (target, lun) = name.split_once('/').unwrap_or((&name, "0"));
    Ok(Iscsi {
        portal: authority(host),
        target: target.to_owned(),
        lun: lun.parse().unwrap_or_default(),
        transport: "tcp",
        user: image.auth.map(|auth| auth.username.clone()),
        password_secret: login(image, parts)?,
        initiator_name: network
            .initiator
            .as_ref()
            .and_then(|initiator| initiator.iqn.clone()),
    })
}

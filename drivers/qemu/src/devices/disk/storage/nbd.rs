//! NBD: a network block device, with TLS where it is asked for.

use documents::domain::NetworkSource;
use serde::Serialize;
use serde_json::Value;

use super::Image;
use super::server::{address, only_host};
use crate::devices::part::Part;
use crate::domain::DomainError;

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Nbd {
    server: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    export: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tls_creds: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tls_hostname: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reconnect_delay: Option<u32>,
}

/// Credentials for an encrypted connection.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct TlsCredentials {
    qom_type: &'static str,
    id: String,
    dir: String,
    endpoint: &'static str,
    verify_peer: bool,
}

/// Where QEMU's certificates are unless `qemu.conf` says otherwise, which this driver does not act on.
const CERTIFICATES: &str = "/etc/pki/qemu";

pub(super) fn nbd(
    network: &NetworkSource,
    image: &Image<'_>,
    parts: &mut Vec<Part>,
) -> Result<Nbd, DomainError> {
    let server = address(only_host(network, image)?, image)?;
    let tls_creds = match network.tls {
        Some(true) => Some(credentials(image, parts)?),
        _ => None,
    };
    Ok(Nbd {
        server,
        export: network.name.clone(),
        tls_creds,
        tls_hostname: network.tls_hostname.clone(),
        reconnect_delay: network.reconnect.as_ref().and_then(|again| again.delay),
    })
}

/// Adds the credentials of an encrypted connection; returns their name.
fn credentials(image: &Image<'_>, parts: &mut Vec<Part>) -> Result<String, DomainError> {
    let id = format!("obj{}_tls0", image.node);
    parts.push(Part::object(&TlsCredentials {
        qom_type: "tls-creds-x509",
        id: id.clone(),
        dir: CERTIFICATES.to_owned(),
        endpoint: "client",
        verify_peer: true,
    })?);
    Ok(id)
}

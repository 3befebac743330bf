//! HTTP, HTTPS, FTP and FTPS, which QEMU leaves to libcurl.

use documents::domain::NetworkSource;
use serde::Serialize;

use super::Image;
use super::secrets::login;
use super::server::{authority, only_host};
use crate::devices::disk::percent::path as percent_path;
use crate::devices::part::Part;
use crate::domain::{DiskError, DomainError};

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Curl {
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    username: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    password_secret: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sslverify: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cookie_secret: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timeout: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    readahead: Option<u64>,
}

pub(super) fn curl(
    scheme: &str,
    network: &NetworkSource,
    image: &Image<'_>,
    parts: &mut Vec<Part>,
) -> Result<Curl, DomainError> {
    let url = url(scheme, network, image)?;
    let password_secret = login(image, parts)?;
    Ok(Curl {
        url,
        username: image.auth.map(|auth| auth.username.clone()),
        password_secret,
        sslverify: network.ssl_verify,
        cookie_secret: cookies(network, image, parts)?,
        timeout: network.timeout,
        readahead: network.readahead,
    })
}

fn url(scheme: &str, network: &NetworkSource, image: &Image<'_>) -> Result<String, DiskError> {
    let server = authority(only_host(network, image)?);
    let name = network.name.as_deref().unwrap_or_default();
    let slash = if name.starts_with('/') { "" } else { "/" };
    let path = percent_path(name);
    let query = network.query.as_deref();
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    Ok(format!("{scheme}://{server}{slash}{path}{query}"))
}

/// Adds the cookies, which are secret, as one object; returns its name.
fn cookies(
    network: &NetworkSource,
    image: &Image<'_>,
    parts: &mut Vec<Part>,
) -> Result<Option<String>, DomainError> {
    if network.cookies.is_empty() {
        return Ok(None);
    }
    let id = format!("{}-httpcookie-secret0", image.node);
    let cookies = network.cookies.iter();
    let cookies = cookies.map(|cookie| format!("{}={}", cookie.name, cookie.value));
    let value = cookies.collect::<Vec<_>>().join("; ");
    parts.push(image.facts.secrets.part(id.clone(), value.as_bytes())?);
    Ok(Some(id))
}

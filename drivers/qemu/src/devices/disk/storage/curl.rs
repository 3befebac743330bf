//! HTTP, HTTPS, FTP and FTPS, which QEMU leaves to libcurl.

use documents::domain::NetworkSource;
use serde::Serialize;

use super::Site;
use super::secrets::login;
use super::server::{authority, only_host};
use crate::devices::disk::percent::path as percent_path;
use crate::devices::part::Part;
use crate::domain::DomainError;

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
    site: &Site<'_>,
    parts: &mut Vec<Part>,
) -> Result<Curl, DomainError> {
    let host = only_host(network, site)?;
    let name = network.name.as_deref().unwrap_or_default();
    let slash = if name.starts_with('/') { "" } else { "/" };
    let query = network
        .query
        .as_deref()
        .map(|query| format!("?{query}"))
        .unwrap_or_default();
    let password_secret = login(site, parts)?;
    let cookie_secret = if network.cookies.is_empty() {
        None
    } else {
        let id = format!("{}-httpcookie-secret0", site.node);
        let cookies: Vec<String> = network
            .cookies
            .iter()
            .map(|cookie| format!("{}={}", cookie.name, cookie.value))
            .collect();
        let value = cookies.join("; ");
        parts.push(site.facts.secrets.part(id.clone(), value.as_bytes())?);
        Some(id)
    };
    Ok(Curl {
        url: format!(
            "{scheme}://{}{slash}{}{query}",
            authority(host),
            percent_path(name)
        ),
        username: site.auth.map(|auth| auth.username.clone()),
        password_secret,
        sslverify: network.ssl_verify,
        cookie_secret,
        timeout: network.timeout,
        readahead: network.readahead,
    })
}

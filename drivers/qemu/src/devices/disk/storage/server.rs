//! Images on a server: by which protocol, at which address.

use documents::domain::{NetworkProtocol, NetworkSource, SourceHost, SourceTransport};
use serde_json::{Value, json};

use super::curl::curl;
use super::gluster::gluster;
use super::iscsi::iscsi;
use super::nbd::nbd;
use super::nfs::nfs;
use super::rbd::rbd;
use super::ssh::ssh;
use super::{Image, Protocol};
use crate::devices::part::Part;
use crate::domain::{DiskError, DiskRule, DomainError};

pub(super) fn server(
    network: &NetworkSource,
    image: &Image<'_>,
    parts: &mut Vec<Part>,
) -> Result<Protocol, DomainError> {
    if network.tls == Some(true) && network.protocol != NetworkProtocol::Nbd {
        return Err(DiskError::of(DiskRule::Tls, image.disk).into());
    }
    Ok(match network.protocol {
        NetworkProtocol::Nbd => Protocol::Nbd(nbd(network, image, parts)?),
        NetworkProtocol::Rbd => Protocol::Rbd(rbd(network, image, parts)?),
        NetworkProtocol::Iscsi => Protocol::Iscsi(iscsi(network, image, parts)?),
        NetworkProtocol::Http => Protocol::Http(curl("http", network, image, parts)?),
        NetworkProtocol::Https => Protocol::Https(curl("https", network, image, parts)?),
        NetworkProtocol::Ftp => Protocol::Ftp(curl("ftp", network, image, parts)?),
        NetworkProtocol::Ftps => Protocol::Ftps(curl("ftps", network, image, parts)?),
        NetworkProtocol::Ssh => Protocol::Ssh(ssh(network, image)?),
        NetworkProtocol::Nfs => Protocol::Nfs(nfs(network, image)?),
        NetworkProtocol::Gluster => Protocol::Gluster(gluster(network, image)?),
        NetworkProtocol::Vxhs => return Err(DiskError::of(DiskRule::Vxhs, image.disk).into()),
        NetworkProtocol::Tftp => return Err(DiskError::of(DiskRule::Tftp, image.disk).into()),
        NetworkProtocol::Sheepdog => {
            return Err(DiskError::of(DiskRule::Sheepdog, image.disk).into());
        }
    })
}

/// QAPI: `SocketAddress`.
pub(super) fn address(host: &SourceHost, image: &Image<'_>) -> Result<Value, DiskError> {
    match host.transport.unwrap_or_default() {
        SourceTransport::Unix => {
            Ok(json!({"type": "unix", "path": host.socket.clone().unwrap_or_default()}))
        }
        SourceTransport::Tcp => Ok(json!({
            "type": "inet",
            "host": host.name.clone().unwrap_or_default(),
            "port": port(host),
        })),
        SourceTransport::Rdma => Err(DiskError::of(DiskRule::Rdma, image.disk)),
    }
}

pub(super) fn port(host: &SourceHost) -> String {
    host.port.unwrap_or_default().to_string()
}

/// QAPI: `InetSocketAddressBase`.
pub(super) fn plain_address(host: &SourceHost) -> Value {
    json!({"host": host.name.clone().unwrap_or_default(), "port": port(host)})
}

pub(super) fn only_host<'n>(
    network: &'n NetworkSource,
    image: &Image<'_>,
) -> Result<&'n SourceHost, DiskError> {
    match network.hosts.as_slice() {
        [host] if host.transport == Some(SourceTransport::Rdma) => {
            Err(DiskError::of(DiskRule::Rdma, image.disk))
        }
        [host] => Ok(host),
        _ => Err(DiskError::of(DiskRule::OneHost, image.disk)),
    }
}

/// `name:port`, an IPv6 address in brackets.
pub(super) fn authority(host: &SourceHost) -> String {
    let name = host.name.as_deref().unwrap_or_default();
    match name.contains(':') {
        true => format!("[{name}]:{}", port(host)),
        false => format!("{name}:{}", port(host)),
    }
}

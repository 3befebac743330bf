//! Disks whose image a server has: who it is, how it is asked and who logs in.

use documents::domain::{
    Disk, DiskSource, NetworkProtocol, NetworkSource, SourceHost, SourceTransport,
};

use super::first;
use crate::domain::error::{DiskError, DiskRule};

/// What a secret can be for.
const SECRET_TYPES: [&str; 6] = ["none", "volume", "ceph", "iscsi", "tls", "vtpm"];

/// A password is the network's, and of the kind that the protocol knows.
pub(super) fn check_auth(disk: &Disk) -> Result<(), DiskError> {
    let DiskSource::Network(network) = &disk.source else {
        return Ok(());
    };
    let Some(auth) = network.auth.as_ref().or(disk.auth.as_ref()) else {
        return Ok(());
    };
    use NetworkProtocol::{Gluster, Iscsi, Nbd, Nfs, Rbd, Sheepdog, Tftp, Vxhs};
    let wanted = match network.protocol {
        Iscsi => Some("iscsi"),
        Rbd => Some("ceph"),
        _ => None,
    };
    let kind = auth
        .secret
        .as_ref()
        .and_then(|secret| secret.kind.as_deref());
    first(
        disk,
        [
            (
                matches!(
                    network.protocol,
                    Nbd | Sheepdog | Gluster | Tftp | Vxhs | Nfs
                ),
                DiskRule::AuthProtocol,
            ),
            (
                !kind.is_some_and(|kind| SECRET_TYPES.contains(&kind)),
                DiskRule::AuthSecretType,
            ),
            (
                wanted.is_some_and(|wanted| kind != Some(wanted)),
                DiskRule::AuthSecret,
            ),
        ],
    )
}

pub(super) fn check_network(disk: &Disk, network: &NetworkSource) -> Result<(), DiskError> {
    let unix = |transport| transport == Some(SourceTransport::Unix);
    let name = network.name.as_deref().unwrap_or_default();
    let split = name.find('/').is_some_and(|at| at > 0);
    first(
        disk,
        [
            (
                network
                    .hosts
                    .iter()
                    .any(|host| unix(host.transport) && host.socket.is_none()),
                DiskRule::UnixSocket,
            ),
            (
                network
                    .hosts
                    .iter()
                    .any(|host| !unix(host.transport) && host.socket.is_some()),
                DiskRule::SocketTransport,
            ),
            (
                name.is_empty() && network.protocol != NetworkProtocol::Nbd,
                DiskRule::SourceName,
            ),
            (
                matches!(
                    network.protocol,
                    NetworkProtocol::Rbd | NetworkProtocol::Gluster
                ) && !split,
                DiskRule::PathSplit,
            ),
            (
                network.protocol == NetworkProtocol::Sheepdog,
                DiskRule::Sheepdog,
            ),
            (network.protocol == NetworkProtocol::Tftp, DiskRule::Tftp),
            (
                network.protocol == NetworkProtocol::Nfs && !is_nfs_server(&network.hosts),
                DiskRule::NfsHost,
            ),
        ],
    )?;
    check_cookies(disk, network)
}

/// NFS asks one server, by TCP, for its ports.
fn is_nfs_server(hosts: &[SourceHost]) -> bool {
    match hosts {
        [host] => {
            matches!(host.transport, None | Some(SourceTransport::Tcp)) && host.port.is_none()
        }
        _ => false,
    }
}

/// RFC 6265, section 4.1.1: names are tokens, values are cookie octets, perhaps in quotes.
fn check_cookies(disk: &Disk, network: &NetworkSource) -> Result<(), DiskError> {
    let token = |c: char| c.is_ascii_graphic() && !"()<>@,;:\\\"/[]?={}".contains(c);
    let octet = |c: char| c.is_ascii_graphic() && !"\",;\\".contains(c);
    for (at, cookie) in network.cookies.iter().enumerate() {
        let value = cookie
            .value
            .strip_prefix('"')
            .and_then(|value| value.strip_suffix('"'))
            .unwrap_or(&cookie.value);
        let named = |other: &documents::domain::Cookie| other.name == cookie.name;
        first(
            disk,
            [
                (!cookie.name.chars().all(token), DiskRule::CookieName),
                (!value.chars().all(octet), DiskRule::CookieValue),
                (
                    network.cookies.iter().take(at).any(named),
                    DiskRule::CookieTwice,
                ),
            ],
        )?;
    }
    Ok(())
}

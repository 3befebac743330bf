//! The node that reaches the bytes of an image: a file, a device or a server.

use documents::domain::{
    Auth, BlockSource, DirSource, Disk, DiskDevice, DiskSource, Encryption, EncryptionEngine,
    EncryptionFormat, FileSource, IoMode, NetworkProtocol, NetworkSource, NvmeSource, Reservations,
    SourceHost, SourceTransport,
};
use percent::path as percent_path;
use serde::Serialize;
use serde_json::{Value, json};

use super::reservations;
use super::{Facts, broken, percent};
use crate::devices::part::Part;
use crate::devices::secret;
use crate::domain::{DiskError, DiskRule, DomainError};

/// QEMU's driver for a kind of source, with what is particular to it (QAPI: `BlockdevOptions`).
#[derive(Debug, Serialize)]
#[serde(tag = "driver")]
pub(super) enum Protocol {
    #[serde(rename = "file")]
    File(Local),
    #[serde(rename = "host_device")]
    HostDevice(Local),
    #[serde(rename = "host_cdrom")]
    HostCdrom(Local),
    #[serde(rename = "vvfat")]
    Fat { dir: String, floppy: bool, rw: bool },
    #[serde(rename = "nvme")]
    Nvme { device: String, namespace: u64 },
    #[serde(rename = "virtio-blk-vhost-vdpa")]
    VhostVdpa { path: String },
    #[serde(rename = "nbd")]
    Nbd(Nbd),
    #[serde(rename = "rbd")]
    Rbd(Rbd),
    #[serde(rename = "iscsi")]
    Iscsi(Iscsi),
    #[serde(rename = "http")]
    Http(Curl),
    #[serde(rename = "https")]
    Https(Curl),
    #[serde(rename = "ftp")]
    Ftp(Curl),
    #[serde(rename = "ftps")]
    Ftps(Curl),
    #[serde(rename = "ssh")]
    Ssh(Ssh),
    #[serde(rename = "nfs")]
    Nfs(Nfs),
    #[serde(rename = "gluster")]
    Gluster(Gluster),
}

/// A file or device of the host.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Local {
    filename: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    aio: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pr_manager: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Nbd {
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

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Rbd {
    pool: String,
    image: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    snapshot: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    conf: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    server: Vec<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    encrypt: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    auth_client_required: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    key_secret: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Iscsi {
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

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Curl {
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

#[derive(Debug, Serialize)]
pub(super) struct Ssh {
    path: String,
    server: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct Nfs {
    server: Value,
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<u32>,
}

#[derive(Debug, Serialize)]
pub(super) struct Gluster {
    volume: String,
    path: String,
    server: Vec<Value>,
    debug: u32,
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
/// How much gluster logs: libvirt's default of `gluster_debug_level`.
const GLUSTER_DEBUG: u32 = 4;

/// The source of one image, with what belongs to it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Site<'a> {
    pub(super) disk: &'a Disk,
    pub(super) facts: &'a Facts<'a>,
    /// The name of the node.
    pub(super) node: &'a str,
    pub(super) auth: Option<&'a Auth>,
    pub(super) encryption: Option<&'a Encryption>,
}

/// The driver for a source. The objects that it refers to are added to `parts`.
pub(super) fn protocol(
    source: &DiskSource,
    site: &Site<'_>,
    parts: &mut Vec<Part>,
) -> Result<Protocol, DomainError> {
    let aio = site
        .disk
        .driver
        .as_ref()
        .and_then(|driver| driver.io)
        .map(aio);
    Ok(match source {
        DiskSource::File(FileSource {
            fdgroup: Some(_), ..
        }) => {
            return Err(broken(DiskRule::FdGroup, site.disk).into());
        }
        DiskSource::File(file) => Protocol::File(Local {
            filename: file.file.clone().unwrap_or_default(),
            aio,
            pr_manager: manager(file.common.reservations.as_ref(), site, parts)?,
        }),
        DiskSource::Block(block) => block_device(block, aio, site, parts)?,
        DiskSource::Dir(DirSource { dir, .. }) => Protocol::Fat {
            dir: dir.clone().unwrap_or_default(),
            floppy: site.disk.device == Some(DiskDevice::Floppy),
            rw: false,
        },
        DiskSource::Nvme(nvme) => nvme_device(nvme),
        DiskSource::VhostVdpa(vdpa) => Protocol::VhostVdpa {
            path: vdpa.dev.clone().unwrap_or_default(),
        },
        DiskSource::Network(network) => server(network, site, parts)?,
        DiskSource::Volume(volume) => {
            return Err(DiskError::NoPool {
                pool: volume.pool.clone().unwrap_or_default(),
                target: site.disk.target.dev.clone().unwrap_or_default(),
            }
            .into());
        }
        DiskSource::VhostUser(_) => return Err(broken(DiskRule::VhostUserOption, site.disk).into()),
    })
}

fn block_device(
    block: &BlockSource,
    aio: Option<&'static str>,
    site: &Site<'_>,
    parts: &mut Vec<Part>,
) -> Result<Protocol, DomainError> {
    let local = Local {
        filename: block.dev.clone().unwrap_or_default(),
        aio,
        pr_manager: manager(block.common.reservations.as_ref(), site, parts)?,
    };
    let drive =
        site.disk.device == Some(DiskDevice::Cdrom) && site.facts.cdroms.contains(&local.filename);
    Ok(match drive {
        true => Protocol::HostCdrom(local),
        false => Protocol::HostDevice(local),
    })
}

fn manager(
    reservations: Option<&Reservations>,
    site: &Site<'_>,
    parts: &mut Vec<Part>,
) -> Result<Option<String>, DomainError> {
    match reservations {
        Some(reservations) => reservations::manager(reservations, site.node, parts).map(Some),
        None => Ok(None),
    }
}

fn nvme_device(nvme: &NvmeSource) -> Protocol {
    let at = nvme.address.unwrap_or_default();
    Protocol::Nvme {
        device: format!(
            "{:04x}:{:02x}:{:02x}.{:x}",
            at.domain, at.bus, at.slot, at.function
        ),
        namespace: nvme.namespace.unwrap_or(1),
    }
}

fn server(
    network: &NetworkSource,
    site: &Site<'_>,
    parts: &mut Vec<Part>,
) -> Result<Protocol, DomainError> {
    if network.tls == Some(true) && network.protocol != NetworkProtocol::Nbd {
        return Err(broken(DiskRule::Tls, site.disk).into());
    }
    let name = network.name.clone().unwrap_or_default();
    Ok(match network.protocol {
        NetworkProtocol::Nbd => Protocol::Nbd(nbd(network, site, parts)?),
        NetworkProtocol::Rbd => Protocol::Rbd(rbd(network, site, parts)?),
        NetworkProtocol::Iscsi => Protocol::Iscsi(iscsi(network, site, parts)?),
        NetworkProtocol::Http => Protocol::Http(curl("http", network, site, parts)?),
        NetworkProtocol::Https => Protocol::Https(curl("https", network, site, parts)?),
        NetworkProtocol::Ftp => Protocol::Ftp(curl("ftp", network, site, parts)?),
        NetworkProtocol::Ftps => Protocol::Ftps(curl("ftps", network, site, parts)?),
        NetworkProtocol::Ssh => Protocol::Ssh(ssh(network, site, parts)?),
        NetworkProtocol::Nfs => Protocol::Nfs(nfs(network, name, site)?),
        NetworkProtocol::Gluster => {
            let (volume, path) = name.split_once('/').unwrap_or((&name, ""));
            let servers = network.hosts.iter().map(|host| address(host, site));
            Protocol::Gluster(Gluster {
                volume: volume.to_owned(),
                path: path.to_owned(),
                server: servers.collect::<Result<_, _>>()?,
                debug: GLUSTER_DEBUG,
            })
        }
        NetworkProtocol::Vxhs => return Err(broken(DiskRule::Vxhs, site.disk).into()),
        NetworkProtocol::Tftp => return Err(broken(DiskRule::Tftp, site.disk).into()),
        NetworkProtocol::Sheepdog => return Err(broken(DiskRule::Sheepdog, site.disk).into()),
    })
}

/// QAPI: `SocketAddress`.
fn address(host: &SourceHost, site: &Site<'_>) -> Result<Value, DiskError> {
    match host.transport.unwrap_or_default() {
        SourceTransport::Unix => {
            Ok(json!({"type": "unix", "path": host.socket.clone().unwrap_or_default()}))
        }
        SourceTransport::Tcp => Ok(json!({
            "type": "inet",
            "host": host.name.clone().unwrap_or_default(),
            "port": port(host),
        })),
        SourceTransport::Rdma => Err(broken(DiskRule::Rdma, site.disk)),
    }
}

fn port(host: &SourceHost) -> String {
    host.port.unwrap_or_default().to_string()
}

/// QAPI: `InetSocketAddressBase`.
fn plain_address(host: &SourceHost) -> Value {
    json!({"host": host.name.clone().unwrap_or_default(), "port": port(host)})
}

fn only_host<'n>(network: &'n NetworkSource, site: &Site<'_>) -> Result<&'n SourceHost, DiskError> {
    match network.hosts.as_slice() {
        [host] if host.transport == Some(SourceTransport::Rdma) => {
            Err(broken(DiskRule::Rdma, site.disk))
        }
        [host] => Ok(host),
        _ => Err(broken(DiskRule::OneHost, site.disk)),
    }
}

/// `name:port`, an IPv6 address in brackets.
fn authority(host: &SourceHost) -> String {
    let name = host.name.as_deref().unwrap_or_default();
    match name.contains(':') {
        true => format!("[{name}]:{}", port(host)),
        false => format!("{name}:{}", port(host)),
    }
}

fn nbd(
    network: &NetworkSource,
    site: &Site<'_>,
    parts: &mut Vec<Part>,
) -> Result<Nbd, DomainError> {
    let server = address(only_host(network, site)?, site)?;
    let tls_creds = match network.tls {
        Some(true) => {
            let id = format!("obj{}_tls0", site.node);
            parts.push(Part::object(&TlsCredentials {
                qom_type: "tls-creds-x509",
                id: id.clone(),
                dir: CERTIFICATES.to_owned(),
                endpoint: "client",
                verify_peer: true,
            })?);
            Some(id)
        }
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

fn rbd(
    network: &NetworkSource,
    site: &Site<'_>,
    parts: &mut Vec<Part>,
) -> Result<Rbd, DomainError> {
    let name = network.name.clone().unwrap_or_default();
    let (pool, image) = name.split_once('/').unwrap_or((&name, ""));
    let key_secret = login(site, parts)?;
    let librbd = site
        .encryption
        .filter(|encryption| encryption.engine == Some(EncryptionEngine::Librbd));
    let encrypt = match librbd {
        Some(encryption) => Some(librbd_encryption(encryption, site, parts)?),
        None => None,
    };
    Ok(Rbd {
        pool: pool.to_owned(),
        image: image.to_owned(),
        snapshot: network.snapshot.clone(),
        conf: network.config.clone(),
        server: network.hosts.iter().map(plain_address).collect(),
        encrypt,
        user: site.auth.map(|auth| auth.username.clone()),
        auth_client_required: match site.auth {
            Some(_) => vec!["cephx", "none"],
            None => Vec::new(),
        },
        key_secret,
    })
}

/// One layer of encryption for each secret; the first is the image's own, each further one that of an image behind it.
fn librbd_encryption(
    encryption: &Encryption,
    site: &Site<'_>,
    parts: &mut Vec<Part>,
) -> Result<Value, DomainError> {
    let format = match encryption.format {
        EncryptionFormat::Luks2 => "luks2",
        EncryptionFormat::LuksAny => "luks-any",
        _ => "luks",
    };
    let mut layers = Vec::new();
    for (number, wanted) in encryption.secrets.iter().enumerate() {
        let id = format!("{}-encryption-secret{number}", site.node);
        parts.push(site.facts.secret(&id, wanted, site.disk)?);
        layers.push(id);
    }
    let mut inner: Option<Value> = None;
    for id in layers.into_iter().rev() {
        let mut layer = json!({"format": format, "key-secret": id});
        if let (Some(parent), Some(members)) = (inner.take(), layer.as_object_mut()) {
            members.insert("parent".to_owned(), parent);
        }
        inner = Some(layer);
    }
    Ok(inner.unwrap_or_default())
}

fn iscsi(
    network: &NetworkSource,
    site: &Site<'_>,
    parts: &mut Vec<Part>,
) -> Result<Iscsi, DomainError> {
    let host = only_host(network, site)?;
    let name = network.name.clone().unwrap_or_default();
    let (target, lun) = name.split_once('/').unwrap_or((&name, "0"));
    Ok(Iscsi {
        portal: authority(host),
        target: target.to_owned(),
        lun: lun.parse().unwrap_or_default(),
        transport: "tcp",
        user: site.auth.map(|auth| auth.username.clone()),
        password_secret: login(site, parts)?,
        initiator_name: network
            .initiator
            .as_ref()
            .and_then(|initiator| initiator.iqn.clone()),
    })
}

fn curl(
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

fn ssh(
    network: &NetworkSource,
    site: &Site<'_>,
    parts: &mut Vec<Part>,
) -> Result<Ssh, DomainError> {
    let server = plain_address(only_host(network, site)?);
    // QEMU's own client takes no password; whoever names a secret learns at least that it does not exist.
    if let Some(wanted) = site.auth.and_then(|auth| auth.secret.as_ref()) {
        site.facts.secret_value(wanted, site.disk)?;
    }
    let _ = parts;
    let identity = network.identity.as_ref();
    let user = identity.and_then(|identity| identity.username.clone());
    Ok(Ssh {
        path: network.name.clone().unwrap_or_default(),
        server,
        user: user.or_else(|| site.auth.map(|auth| auth.username.clone())),
    })
}

fn nfs(network: &NetworkSource, path: String, site: &Site<'_>) -> Result<Nfs, DomainError> {
    let host = only_host(network, site)?;
    let identity = network.identity.clone().unwrap_or_default();
    let unknown = || broken(DiskRule::NfsIdentity, site.disk);
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
        path,
        user,
        group,
    })
}

/// Adds the secret with which the source is logged in to; returns its name.
fn login(site: &Site<'_>, parts: &mut Vec<Part>) -> Result<Option<String>, DomainError> {
    let Some(wanted) = site.auth.and_then(|auth| auth.secret.as_ref()) else {
        return Ok(None);
    };
    let id = format!("{}-auth-secret0", site.node);
    parts.push(site.facts.secret(&id, wanted, site.disk)?);
    Ok(Some(id))
}

fn aio(mode: IoMode) -> &'static str {
    match mode {
        IoMode::Native => "native",
        IoMode::Threads => "threads",
        IoMode::IoUring => "io_uring",
    }
}

impl Facts<'_> {
    /// The object `id` with the value of a secret.
    pub(super) fn secret(
        &self,
        id: &str,
        wanted: &documents::domain::SecretRef,
        disk: &Disk,
    ) -> Result<Part, DomainError> {
        let value = self.secret_value(wanted, disk)?;
        Ok(self.secrets.part(id.to_owned(), value)?)
    }

    fn secret_value(
        &self,
        wanted: &documents::domain::SecretRef,
        disk: &Disk,
    ) -> Result<&[u8], DiskError> {
        self.secrets.get(wanted).ok_or_else(|| {
            let (key, value) = secret::name(wanted);
            DiskError::NoSecret {
                key,
                value,
                target: disk.target.dev.clone().unwrap_or_default(),
            }
        })
    }
}

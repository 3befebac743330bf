//! Sources on the network: the protocol, its servers and what each protocol asks.

use xml::{Xml, XmlEnum};

use super::{Auth, SourceCommon};

/// An image on the network.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(rule = "@protocol!='rbd|nbd' => @name")]
#[xml(rule = "@protocol!='rbd' => host")]
#[xml(rule = "@protocol!='rbd|gluster' => one host")]
#[xml(rule = "@protocol!='rbd' => no snapshot, config")]
#[xml(rule = "@protocol!='http|https' => no @query, cookies")]
#[xml(rule = "@protocol!='nbd|vxhs' => no @tls")]
#[xml(rule = "@protocol!='nbd' => no @tlsHostname, reconnect")]
#[xml(rule = "@protocol!='rbd|iscsi|http|https|ftp|ftps|ssh' => no auth")]
#[xml(rule = "@protocol!='iscsi' => no initiator")]
#[xml(rule = "@protocol!='https|ftps' => no ssl")]
#[xml(rule = "@protocol='rbd|iscsi|nbd|gluster|vxhs|nfs' => no readahead, timeout")]
#[xml(rule = "@protocol!='ssh' => no knownHosts")]
#[xml(rule = "@protocol!='ssh|nfs' => no identity")]
#[xml(rule = "@protocol='vxhs|nfs' => no encryption")]
#[xml(rule = "identity ^ auth")]
pub struct NetworkSource {
    /// The protocol.
    #[xml(attribute, required, since = "0.8.7")]
    pub protocol: NetworkProtocol,
    /// The image: its meaning is the protocol's.
    #[xml(
        attribute,
        since = "0.8.7",
        absent = "an error, except of `nbd`, whose default export is meant",
        lax = "empty"
    )]
    pub name: Option<String>,
    /// The query of a URL.
    #[xml(attribute, since = "6.2.0", absent = "there is none")]
    pub query: Option<String>,
    /// Whether the connection is encrypted.
    #[xml(
        attribute,
        yes_no,
        since = "4.5.0",
        absent = "`no`; the driver's configuration decides of `vxhs` and `nbd`"
    )]
    pub tls: Option<bool>,
    /// The name that the server's certificate must have.
    #[xml(attribute, since = "8.2.0", absent = "the server's name")]
    pub tls_hostname: Option<String>,
    /// The servers.
    #[xml(child = "host", since = "0.8.7")]
    pub hosts: Vec<SourceHost>,
    /// How NBD and SSH treat a lost connection.
    #[xml(child, since = "9.2.0", omit_empty)]
    pub reconnect: Option<NetworkReconnect>,
    /// A snapshot inside the image.
    #[xml(
        child = "snapshot",
        attribute = "name",
        schema_required,
        schema = "crate::pattern::NAME",
        since = "1.2.11"
    )]
    pub snapshot: Option<String>,
    /// The client's configuration file.
    #[xml(
        child = "config",
        attribute = "file",
        schema_required,
        lax = "empty",
        schema = "crate::pattern::ABSOLUTE_PATH",
        since = "1.2.11"
    )]
    pub config: Option<String>,
    /// Who connects to iSCSI.
    #[xml(child, omit_empty, since = "4.7.0")]
    pub initiator: Option<Initiator>,
    /// Whether the server's certificate is checked.
    #[xml(
        child = "ssl",
        attribute = "verify",
        yes_no,
        schema_required,
        since = "6.2.0"
    )]
    pub ssl_verify: Option<bool>,
    /// HTTP cookies.
    #[xml(
        child = "cookie",
        wrapper = "cookies",
        schema_required,
        since = "6.2.0"
    )]
    pub cookies: Vec<Cookie>,
    /// How much is read ahead, in bytes.
    #[xml(
        child = "readahead",
        attribute = "size",
        schema_required,
        fault = "Content",
        lax = "empty",
        schema = "crate::pattern::POSITIVE",
        since = "6.2.0"
    )]
    pub readahead: Option<u64>,
    /// How long to wait, in seconds.
    #[xml(
        child = "timeout",
        attribute = "seconds",
        schema_required,
        fault = "Content",
        lax = "empty",
        schema = "crate::pattern::POSITIVE",
        since = "6.2.0"
    )]
    pub timeout: Option<u64>,
    /// Known hosts of SSH.
    #[xml(
        child = "knownHosts",
        attribute = "path",
        schema = "crate::pattern::ABSOLUTE_PATH",
        required,
        since = "9.8.0"
    )]
    pub known_hosts: Option<String>,
    /// The identity of an NFS or SSH client.
    #[xml(child, since = "7.0.0", omit_empty)]
    pub identity: Option<Identity>,
    /// Who logs in.
    #[xml(child, since = "3.9.0")]
    pub auth: Option<Auth>,
    /// What all sources have.
    #[xml(flatten, schema_without = "startupPolicy seclabel reservations")]
    pub common: SourceCommon,
}

/// How a network disk treats a lost connection.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "@delay")]
pub struct NetworkReconnect {
    /// How long to try, in seconds.
    #[xml(attribute, default = "0")]
    pub delay: Option<u32>,
}

/// A protocol of network disks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum NetworkProtocol {
    /// Network block device.
    Nbd,
    /// Ceph.
    Rbd,
    /// Sheepdog, which nothing supports any more. A source that is all default is not written, and the shortest
    /// one that means something names NBD alone.
    #[default]
    Sheepdog,
    /// Gluster.
    #[xml(since = "1.0.1")]
    Gluster,
    /// iSCSI.
    #[xml(since = "1.0.4")]
    Iscsi,
    /// HTTP.
    #[xml(since = "1.1.2")]
    Http,
    /// HTTPS.
    #[xml(since = "1.1.3")]
    Https,
    /// FTP.
    #[xml(since = "1.1.2")]
    Ftp,
    /// FTPS.
    #[xml(since = "1.1.3")]
    Ftps,
    /// TFTP.
    #[xml(since = "1.1.3")]
    Tftp,
    /// SSH.
    #[xml(since = "9.8.0")]
    Ssh,
    /// Veritas HyperScale.
    #[xml(since = "3.8.0")]
    Vxhs,
    /// NFS.
    #[xml(since = "7.0.0")]
    Nfs,
}

/// A server.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "@transport='|tcp|rdma' => @name")]
#[xml(rule = "@transport='|tcp|rdma' => no @socket")]
#[xml(rule = "@transport='unix' => @socket")]
#[xml(rule = "@transport='unix' => no @name, @port")]
pub struct SourceHost {
    /// How it is reached.
    #[xml(attribute, default = "`tcp`", since = "1.0.1")]
    pub transport: Option<SourceTransport>,
    /// Its name or address.
    #[xml(
        attribute,
        schema = "crate::pattern::HOST",
        absent = "an error, except of a socket"
    )]
    pub name: Option<String>,
    /// Its port.
    #[xml(attribute, fault = "Argument", absent = "that of the protocol")]
    pub port: Option<u16>,
    /// Its socket.
    #[xml(
        attribute,
        schema = "crate::pattern::ABSOLUTE_PATH",
        since = "1.0.1",
        absent = "an error of `unix`"
    )]
    pub socket: Option<String>,
}

/// How a server is reached.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum SourceTransport {
    /// TCP.
    #[default]
    Tcp,
    /// A unix socket.
    Unix,
    /// RDMA.
    Rdma,
}

/// An HTTP cookie.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Cookie {
    /// Its name.
    #[xml(
        attribute,
        required,
        lax = "empty",
        missing = "Content",
        schema = "crate::pattern::COOKIE_NAME"
    )]
    pub name: String,
    /// Its value.
    #[xml(text, schema_required, schema = "crate::pattern::COOKIE_VALUE")]
    pub value: String,
}

/// The identity of a client.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "../@protocol='ssh' => @username, @keyfile | @agentsock")]
#[xml(rule = "@keyfile ^ @agentsock")]
#[xml(absent = "the hypervisor's own user, or that of `auth`")]
pub struct Identity {
    /// The user, for NFS.
    #[xml(attribute, schema = "crate::pattern::NAME")]
    pub user: Option<String>,
    /// The group, for NFS.
    #[xml(attribute, schema = "crate::pattern::NAME")]
    pub group: Option<String>,
    /// The user, for SSH.
    #[xml(attribute, schema = "crate::pattern::NAME", since = "9.8.0")]
    pub username: Option<String>,
    /// The key file, for SSH.
    #[xml(attribute, schema = "crate::pattern::ABSOLUTE_PATH", since = "9.8.0")]
    pub keyfile: Option<String>,
    /// The agent's socket, for SSH.
    #[xml(attribute, schema = "crate::pattern::ABSOLUTE_PATH", since = "9.8.0")]
    pub agentsock: Option<String>,
}

/// Who connects to iSCSI.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "iqn")]
pub struct Initiator {
    /// The initiator's qualified name.
    #[xml(child = "iqn", attribute = "name", lax = "empty", schema_required)]
    pub iqn: Option<String>,
}

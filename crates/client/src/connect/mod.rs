//! From a URI to an open connection.

mod configuration;
mod session;
mod sockets;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use protocol::enums::{AuthType, Feature};
use protocol::flags::{ConnectFlags, Tolerant};
use protocol::remote::{
    AuthList, AuthPolkit, ConnectOpen, ConnectOpenArgs, ConnectSupportsFeature,
    ConnectSupportsFeatureArgs,
};
use rpc::keepalive::Keepalive;
use rpc::transport::Transport as Wire;
use tokio::net::TcpStream;

use crate::connection::{Connection, text};
use crate::error::{Error, Result};
use crate::uri::{ConnectUri, Transport};
use configuration::Resolved;
use sockets::Mode;

/// The port of a daemon on TCP.
const TCP_PORT: u16 = 16509;

/// What opens the URIs of drivers that live in this process.
pub trait Opener: Send + Sync {
    /// Whether the URI is one of its own.
    fn knows(&self, uri: &ConnectUri) -> bool;

    /// Opens the driver, or joins the one that is open already, and returns the client's end of a
    /// conversation with it.
    ///
    /// # Errors
    ///
    /// When the driver cannot be opened; the text says why and what to do.
    fn open<'a>(&'a self, uri: &'a ConnectUri) -> Opening<'a>;
}

/// The work of an [`Opener`].
pub type Opening<'a> = Pin<Box<dyn Future<Output = Result<Wire, String>> + Send + 'a>>;

/// How a connection is opened.
#[derive(Clone, Default)]
pub struct OpenOptions {
    read_only: bool,
    keepalive: Option<Keepalive>,
    call_timeout: Option<Duration>,
    openers: Vec<Arc<dyn Opener>>,
}

impl OpenOptions {
    /// A connection that may do everything that its user is permitted.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether the connection only reads. The daemon keeps to it too.
    #[must_use]
    pub fn read_only(mut self, read_only: bool) -> Self {
        self.read_only = read_only;
        self
    }

    /// Asks the daemon for a sign of life each `interval`; after `count` unanswered ones the
    /// connection is over. A zero interval switches it off.
    #[must_use]
    pub fn keepalive(mut self, interval: Duration, count: u32) -> Self {
        self.keepalive = (!interval.is_zero()).then_some(Keepalive { interval, count });
        self
    }

    /// How long a call may take before it fails on this side.
    #[must_use]
    pub fn call_timeout(mut self, timeout: Duration) -> Self {
        self.call_timeout = Some(timeout);
        self
    }

    /// Adds the opener of an embedded driver.
    #[must_use]
    pub fn opener(mut self, opener: Arc<dyn Opener>) -> Self {
        self.openers.push(opener);
        self
    }

    /// Opens `uri`; `None` is the default: `LIBVIRT_DEFAULT_URI`, `uri_default` in `libvirt.conf`,
    /// or the driver that is found on this host.
    ///
    /// # Errors
    ///
    /// When the URI cannot be read, nobody listens where it points, or the driver refuses.
    pub async fn open(&self, uri: Option<&str>) -> Result<Connection> {
        let Resolved { uri, mode } = configuration::resolve(uri)?;
        let uri: ConnectUri = uri.parse()?;
        text("the URI", &uri.name())?;
        let wire = self.wire(&uri, mode).await?;
        self.handshake(uri, wire).await
    }

    async fn wire(&self, uri: &ConnectUri, mode: Option<Mode>) -> Result<Wire> {
        if uri.transport().is_none() && uri.host().is_none() {
            for opener in &self.openers {
                if opener.knows(uri) {
                    return opener.open(uri).await.map_err(Error::Embedded);
                }
            }
        }
        match (uri.transport(), uri.host()) {
            (Some(Transport::Unix), _) | (None, None) => {
                sockets::connect(uri, mode, self.read_only).await
            }
            (Some(Transport::Tcp), host) => tcp(host.unwrap_or("localhost"), uri.port()).await,
            (Some(Transport::Ssh), _) => Err(unsupported(uri, "the ssh transport")),
            (Some(Transport::Ext), _) => Err(unsupported(uri, "the ext transport")),
            (Some(Transport::Tls) | None, _) => Err(unsupported(uri, "the tls transport")),
        }
    }

    async fn handshake(&self, uri: ConnectUri, wire: Wire) -> Result<Connection> {
        let options = rpc::client::Options {
            call_timeout: self.call_timeout,
            ..Default::default()
        };
        let peer = rpc::client::Connection::new(wire, options);
        authenticate(&peer).await?;
        if let Some(rules) = self.keepalive {
            self.start_keepalive(&peer, rules).await?;
        }
        let flags = if self.read_only {
            ConnectFlags::RO
        } else {
            ConnectFlags::empty()
        };
        let open = ConnectOpenArgs {
            name: Some(uri.name()),
            flags: Tolerant(flags),
        };
        peer.call::<ConnectOpen>(&open).await?;
        Ok(Connection::new(uri, peer))
    }

    /// Pings only a daemon that says that it answers them.
    async fn start_keepalive(
        &self,
        peer: &rpc::client::Connection,
        rules: Keepalive,
    ) -> Result<()> {
        let ask = ConnectSupportsFeatureArgs {
            feature: Feature::ProgramKeepalive.value(),
        };
        if peer.call::<ConnectSupportsFeature>(&ask).await?.supported != 0 {
            peer.set_keepalive(Some(rules));
        }
        Ok(())
    }
}

impl std::fmt::Debug for OpenOptions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OpenOptions")
            .field("read_only", &self.read_only)
            .field("keepalive", &self.keepalive)
            .field("call_timeout", &self.call_timeout)
            .field("openers", &self.openers.len())
            .finish()
    }
}

async fn tcp(host: &str, port: Option<u16>) -> Result<Wire> {
    let port = port.unwrap_or(TCP_PORT);
    let unreachable = |cause| Error::Unreachable {
        host: host.to_owned(),
        port,
        cause: Arc::new(cause),
    };
    let stream = TcpStream::connect((host, port))
        .await
        .map_err(unreachable)?;
    rpc::transport::tcp(stream).map_err(unreachable)
}

/// The daemon lists what it accepts. With `none` among it nothing is to be done, with polkit the
/// daemon asks that one itself.
async fn authenticate(peer: &rpc::client::Connection) -> Result<()> {
    let offered = peer.call::<AuthList>(&()).await?.types;
    if offered.is_empty() || offered.contains(&AuthType::None) {
        return Ok(());
    }
    if offered.contains(&AuthType::Polkit) {
        peer.call::<AuthPolkit>(&()).await?;
        return Ok(());
    }
    let methods: Vec<_> = offered.iter().map(|method| format!("{method:?}")).collect();
    Err(Error::Authentication {
        methods: methods.join(", ").to_lowercase(),
    })
}

fn unsupported(uri: &ConnectUri, what: &'static str) -> Error {
    Error::Unsupported {
        uri: uri.to_string(),
        what,
    }
}

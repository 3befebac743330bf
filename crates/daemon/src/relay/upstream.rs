//! A client's connections to other daemons.

use std::collections::HashMap;

use driver::Connection as Client;
use layout::{Layout, Scope, SocketKind, SocketPath};
use nix::errno::Errno;
use process::DaemonName;
use protocol::error::{Code, ErrorBody, Origin};
use protocol::flags::{ConnectFlags, NoFlags, Tolerant};
use protocol::remote::{ConnectOpen, ConnectOpenArgs, ConnectSetIdentity, ConnectSetIdentityArgs};
use protocol::typed_param::TypedParam;
use rpc::Session;
use rpc::client::{CallError, Connection, Options};
use tokio::net::UnixStream;
use tokio::sync::Mutex;

/// The connections of one client, each opened with the first call that needs it. They end with
/// the client's.
#[derive(Debug, Default)]
pub(super) struct Upstreams(Mutex<HashMap<DaemonName, Connection>>);

impl Upstreams {
    /// The connection to a daemon. Calls that come while it is being opened wait for it.
    pub(super) async fn get(
        &self,
        daemon: DaemonName,
        layout: &Layout,
        session: &Session,
    ) -> Result<Connection, ErrorBody> {
        let mut open = self.0.lock().await;
        if let Some(connection) = open.get(&daemon)
            && connection.close_reason().is_none()
        {
            return Ok(connection.clone());
        }
        let connection = connect(daemon, layout, session).await?;
        open.insert(daemon, connection.clone());
        Ok(connection)
    }
}

async fn connect(
    daemon: DaemonName,
    layout: &Layout,
    session: &Session,
) -> Result<Connection, ErrorBody> {
    let client = Client::of(session);
    let read_only = client.is_read_only() && layout.scope() != Scope::Session;
    let kind = if read_only {
        SocketKind::ReadOnly
    } else {
        SocketKind::ReadWrite
    };
    let connection = Connection::new(reach(daemon, layout, kind).await?, Options::default());

    let flags = if client.is_read_only() {
        ConnectFlags::RO
    } else {
        ConnectFlags::empty()
    };
    let open = ConnectOpenArgs {
        name: Some(uri(daemon, layout)),
        flags: Tolerant(flags),
    };
    connection
        .call::<ConnectOpen>(&open)
        .await
        .map_err(|e| refused(daemon, e))?;
    if !client.is_read_only() {
        let identity = ConnectSetIdentityArgs {
            params: identity(session),
            flags: NoFlags,
        };
        connection
            .call::<ConnectSetIdentity>(&identity)
            .await
            .map_err(|e| refused(daemon, e))?;
    }

    let (events, session) = (connection.events(), session.clone());
    tokio::spawn(async move {
        rpc::relay::events(events, &session, |count| {
            tracing::warn!(
                client = session.id(),
                count,
                "events for a slow client were dropped"
            );
        })
        .await;
    });
    Ok(connection)
}

async fn reach(
    daemon: DaemonName,
    layout: &Layout,
    kind: SocketKind,
) -> Result<rpc::Transport, ErrorBody> {
    let path = layout.socket(daemon.as_str(), kind);
    let reached = async {
        let short = SocketPath::new(&path).map_err(std::io::Error::other)?;
        rpc::transport::unix(UnixStream::connect(short.as_path()).await?)
    };
    reached.await.map_err(|error| {
        // The words and the number of the C library, which scripts look for.
        let errno = error.raw_os_error().unwrap_or(0);
        let reason = match errno {
            0 => error.to_string(),
            number => Errno::from_raw(number).desc().to_owned(),
        };
        let message = format!("Failed to connect socket to '{}': {reason}", path.display());
        ErrorBody {
            int1: errno,
            ..ErrorBody::new(Code::SystemError, Origin::Rpc, message)
        }
    })
}

/// A daemon's own URI: `network:///system`.
fn uri(daemon: DaemonName, layout: &Layout) -> String {
    let scheme = match daemon {
        DaemonName::Virtinterfaced => "interface",
        DaemonName::Virtnetworkd => "network",
        DaemonName::Virtnodedevd => "nodedev",
        DaemonName::Virtnwfilterd => "nwfilter",
        DaemonName::Virtsecretd => "secret",
        DaemonName::Virtstoraged => "storage",
        _ => "qemu",
    };
    let path = if layout.scope() == Scope::Session {
        "session"
    } else {
        "system"
    };
    format!("{scheme}:///{path}")
}

/// For whom we ask, so that the other daemon decides by the client's rights and not by ours.
fn identity(session: &Session) -> Vec<TypedParam> {
    let client = Client::of(session).identity();
    let mut params = Vec::new();
    let mut add = |name: &str, value: Option<protocol::typed_param::TypedParamValue>| {
        params.extend(value.map(|value| TypedParam::new(name, value)));
    };
    add("unix-user-id", client.unix_user_id.map(Into::into));
    add("unix-group-id", client.unix_group_id.map(Into::into));
    add("process-id", client.process_id.map(Into::into));
    add("process-time", client.process_time.map(Into::into));
    add("user-name", client.user_name.clone().map(Into::into));
    add("group-name", client.group_name.clone().map(Into::into));
    add(
        "sasl-user-name",
        client.sasl_user_name.clone().map(Into::into),
    );
    add(
        "x509-distinguished-name",
        client.x509_distinguished_name.clone().map(Into::into),
    );
    add(
        "selinux-context",
        client.selinux_context.clone().map(Into::into),
    );
    params
}

fn refused(daemon: DaemonName, error: CallError) -> ErrorBody {
    match error {
        CallError::Remote(body) => *body,
        other => {
            let message = format!("'{}' gave no answer: {other}", daemon.as_str());
            ErrorBody::new(Code::Rpc, Origin::Rpc, message)
        }
    }
}

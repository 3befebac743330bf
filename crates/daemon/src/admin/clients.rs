//! Who is connected.

use std::time::UNIX_EPOCH;

use protocol::admin as wire;
use protocol::typed_param::{TypedParam, TypedParamValue};
use rpc::{Session, TransportKind};

use super::error::AdminError;
use super::servers::{count, named};
use super::{Admin, Answer};

impl Admin {
    pub(super) fn list_clients(
        &self,
        args: wire::ServerListClientsArgs,
    ) -> Answer<wire::ServerListClients> {
        let server = self.server(&args.srv.name)?;
        let clients: Vec<_> = server
            .sessions()
            .iter()
            .map(|s| described(&named(server), s))
            .collect();
        let ret = count(clients.len());
        let clients = if args.need_results == 0 {
            Vec::new()
        } else {
            clients
        };
        Ok(wire::ServerListClientsRet { clients, ret })
    }

    pub(super) fn lookup_client(
        &self,
        args: wire::ServerLookupClientArgs,
    ) -> Answer<wire::ServerLookupClient> {
        let session = self.session(&args.srv.name, args.id)?;
        Ok(wire::ServerLookupClientRet {
            clnt: described(&args.srv, &session),
        })
    }

    pub(super) fn client_info(
        &self,
        args: &wire::ClientGetInfoArgs,
    ) -> Answer<wire::ClientGetInfo> {
        let session = self.session(&args.clnt.srv.name, args.clnt.id)?;
        Ok(wire::ClientGetInfoRet {
            params: facts(&session),
        })
    }

    pub(super) fn close_client(&self, args: &wire::ClientCloseArgs) -> Answer<wire::ClientClose> {
        self.session(&args.clnt.srv.name, args.clnt.id)?.close();
        Ok(())
    }

    fn session(&self, server: &str, id: u64) -> Result<Session, AdminError> {
        self.server(server)?
            .session(id)
            .ok_or(AdminError::NoClient(id))
    }
}

fn described(srv: &wire::NonnullServer, session: &Session) -> wire::NonnullClient {
    let since = session
        .peer()
        .connected_at
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    wire::NonnullClient {
        srv: srv.clone(),
        id: session.id(),
        timestamp: i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
        transport: match session.peer().transport {
            TransportKind::Unix | TransportKind::InProcess => 0,
            TransportKind::Tcp => 1,
        },
    }
}

/// What is known of a client (`VIR_CLIENT_INFO_*`).
fn facts(session: &Session) -> Vec<TypedParam> {
    let peer = session.peer();
    let read_only = driver::Connection::of(session).is_read_only();
    let mut facts = vec![TypedParam::new(
        "readonly",
        TypedParamValue::Boolean(read_only.into()),
    )];
    let mut number = |name: &str, value: Option<i32>| {
        facts.extend(value.map(|value| TypedParam::new(name, TypedParamValue::Int(value))));
    };
    number(
        "unix_user_id",
        peer.uid.and_then(|id| i32::try_from(id).ok()),
    );
    number(
        "unix_group_id",
        peer.gid.and_then(|id| i32::try_from(id).ok()),
    );
    number("unix_process_id", peer.pid);
    let mut text = |name: &str, value: Option<String>| {
        facts.extend(value.map(|value| TypedParam::new(name, TypedParamValue::String(value))));
    };
    let user = peer
        .uid
        .and_then(|uid| host::accounts::user(&format!("+{uid}")).ok().flatten());
    text("unix_user_name", user.and_then(|user| user.name));
    text("unix_group_name", peer.gid.and_then(group_name));
    text("sock_addr", peer.address.map(|address| address.to_string()));
    let identity = driver::Connection::of(session).identity();
    text("sasl_user_name", identity.sasl_user_name.clone());
    text("tls_x509_dname", identity.x509_distinguished_name.clone());
    text("selinux_context", identity.selinux_context.clone());
    facts
}

fn group_name(gid: u32) -> Option<String> {
    let group = nix::unistd::Group::from_gid(gid.into()).ok().flatten();
    group.map(|group| group.name)
}

//! The servers inside the daemon, and their limits.

use protocol::admin as wire;
use protocol::typed_param::{TypedParam, TypedParamValue};
use rpc::Session;

use super::error::AdminError;
use super::{Admin, Answer};
use crate::clients::Server;

/// Names of parameters (`VIR_THREADPOOL_*`, `VIR_SERVER_CLIENTS_*`).
mod field {
    pub(super) const WORKERS_MIN: &str = "minWorkers";
    pub(super) const WORKERS_MAX: &str = "maxWorkers";
    pub(super) const WORKERS_CURRENT: &str = "nWorkers";
    pub(super) const WORKERS_FREE: &str = "freeWorkers";
    pub(super) const WORKERS_PRIORITY: &str = "prioWorkers";
    pub(super) const JOB_QUEUE_DEPTH: &str = "jobQueueDepth";
    pub(super) const CLIENTS_MAX: &str = "nclients_max";
    pub(super) const CLIENTS_CURRENT: &str = "nclients";
    pub(super) const CLIENTS_UNAUTH_MAX: &str = "nclients_unauth_max";
    pub(super) const CLIENTS_UNAUTH_CURRENT: &str = "nclients_unauth";
}

impl Admin {
    pub(super) fn list_servers(
        &self,
        args: &wire::ConnectListServersArgs,
    ) -> Answer<wire::ConnectListServers> {
        let servers: Vec<_> = self.servers.iter().map(|server| named(server)).collect();
        let ret = count(servers.len());
        let servers = if args.need_results == 0 {
            Vec::new()
        } else {
            servers
        };
        Ok(wire::ConnectListServersRet { servers, ret })
    }

    pub(super) fn lookup_server(
        &self,
        args: wire::ConnectLookupServerArgs,
    ) -> Answer<wire::ConnectLookupServer> {
        Ok(wire::ConnectLookupServerRet {
            srv: named(self.server(&args.name)?),
        })
    }

    /// The sizes as they are configured; a "worker" is a call that is being executed.
    pub(super) fn workers(
        &self,
        args: &wire::ServerGetThreadpoolParametersArgs,
    ) -> Answer<wire::ServerGetThreadpoolParameters> {
        let server = self.server(&args.srv.name)?;
        let running: u32 = server
            .sessions()
            .iter()
            .map(|s| s.stats().calls_running)
            .sum();
        let sizes = server.workers;
        let params = vec![
            number(field::WORKERS_MIN, sizes.min),
            number(field::WORKERS_MAX, sizes.max),
            number(field::WORKERS_CURRENT, running),
            number(field::WORKERS_FREE, sizes.max.saturating_sub(running)),
            number(field::WORKERS_PRIORITY, sizes.priority),
            number(field::JOB_QUEUE_DEPTH, 0),
        ];
        Ok(wire::ServerGetThreadpoolParametersRet { params })
    }

    pub(super) fn set_workers(
        &self,
        args: &wire::ServerSetThreadpoolParametersArgs,
    ) -> Answer<wire::ServerSetThreadpoolParameters> {
        self.server(&args.srv.name)?;
        Err(AdminError::NoPool)
    }

    pub(super) fn client_limits(
        &self,
        args: &wire::ServerGetClientLimitsArgs,
    ) -> Answer<wire::ServerGetClientLimits> {
        let server = self.server(&args.srv.name)?;
        let sessions = server.sessions();
        let unauthenticated = sessions
            .iter()
            .filter(|s| !Session::is_authenticated(s))
            .count();
        let params = vec![
            number(field::CLIENTS_MAX, server.limits.clients()),
            number(field::CLIENTS_CURRENT, count(sessions.len())),
            number(field::CLIENTS_UNAUTH_MAX, server.limits.anonymous()),
            number(field::CLIENTS_UNAUTH_CURRENT, count(unauthenticated)),
        ];
        Ok(wire::ServerGetClientLimitsRet { params })
    }

    /// Both limits are checked before either is changed.
    pub(super) fn set_client_limits(
        &self,
        args: &wire::ServerSetClientLimitsArgs,
    ) -> Answer<wire::ServerSetClientLimits> {
        let server = self.server(&args.srv.name)?;
        let (mut clients, mut anonymous) = (None, None);
        for param in &args.params {
            match param.field.as_str() {
                field::CLIENTS_MAX => clients = Some(positive(param)?),
                field::CLIENTS_UNAUTH_MAX => anonymous = Some(positive(param)?),
                other => return Err(AdminError::UnknownParameter(other.to_owned())),
            }
        }
        let most = clients.unwrap_or_else(|| server.limits.clients());
        if anonymous.unwrap_or_else(|| server.limits.anonymous()) > most {
            let name = field::CLIENTS_UNAUTH_MAX.to_owned();
            return Err(AdminError::Parameter {
                name,
                allowed: "at most nclients_max",
            });
        }
        server.limits.set(clients, anonymous);
        server.limits_changed();
        Ok(())
    }
}

pub(super) fn named(server: &Server) -> wire::NonnullServer {
    wire::NonnullServer {
        name: server.name.clone(),
    }
}

pub(super) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn number(field: &str, value: u32) -> TypedParam {
    TypedParam::new(field, TypedParamValue::UInt(value))
}

fn positive(param: &TypedParam) -> Result<u32, AdminError> {
    match param.value {
        TypedParamValue::UInt(value) if value > 0 => Ok(value),
        _ => Err(AdminError::Parameter {
            name: param.field.clone(),
            allowed: "an unsigned number above 0",
        }),
    }
}

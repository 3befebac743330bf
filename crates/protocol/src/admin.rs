//! The admin program: administration of a daemon itself, on a socket of its own.

use crate::{
    flags::{ConnectFlags, NoFlags, Tolerant},
    limits,
    procedure::{Declaration, Visitor, procedures, structures},
    typed_param::TypedParam,
};

pub(crate) const DECLARED: &[&[Declaration]] = &[PROCEDURES];

/// Shows every procedure and event of this program to the visitor.
pub fn visit(visitor: &mut impl Visitor) {
    visit_procedures(visitor);
}

structures! {
    /// A server inside a daemon.
    NonnullServer { name: String }

    /// A client of a server.
    NonnullClient { srv: NonnullServer, id: u64, timestamp: i64, transport: u32 }
}

procedures! {
    Admin;

    /// Opens the connection.
    1 ConnectOpen "CONNECT_OPEN" as virAdmConnectOpen ()
        args ConnectOpenArgs { flags: Tolerant<ConnectFlags> };

    /// Closes the connection after its reply.
    2 ConnectClose "CONNECT_CLOSE" as virAdmConnectClose ();

    /// Version of the daemon's library.
    3 ConnectGetLibVersion "CONNECT_GET_LIB_VERSION" as virAdmConnectGetLibVersion ()
        ret ConnectGetLibVersionRet { #[xdr(name = "libVer")] lib_ver: u64 };

    /// The servers inside the daemon.
    4 ConnectListServers "CONNECT_LIST_SERVERS" as virAdmConnectListServers ()
        args ConnectListServersArgs { need_results: u32, flags: NoFlags }
        ret ConnectListServersRet {
            #[xdr(max = limits::ADMIN_SERVER_LIST_MAX)] servers: Vec<NonnullServer>,
            ret: u32,
        };

    /// Finds a server by its name.
    5 ConnectLookupServer "CONNECT_LOOKUP_SERVER" as virAdmConnectLookupServer ()
        args ConnectLookupServerArgs { name: String, flags: NoFlags }
        ret ConnectLookupServerRet { srv: NonnullServer };

    /// Sizes and load of a server's pool of workers.
    6 ServerGetThreadpoolParameters "SERVER_GET_THREADPOOL_PARAMETERS"
        as virAdmServerGetThreadPoolParameters ()
        args ServerGetThreadpoolParametersArgs { srv: NonnullServer, flags: NoFlags }
        ret ServerGetThreadpoolParametersRet {
            #[xdr(max = limits::ADMIN_SERVER_THREADPOOL_PARAMETERS_MAX)] params: Vec<TypedParam>,
        };

    /// Changes the sizes of a server's pool of workers.
    7 ServerSetThreadpoolParameters "SERVER_SET_THREADPOOL_PARAMETERS"
        as virAdmServerSetThreadPoolParameters ()
        args ServerSetThreadpoolParametersArgs {
            srv: NonnullServer,
            #[xdr(max = limits::ADMIN_SERVER_THREADPOOL_PARAMETERS_MAX)] params: Vec<TypedParam>,
            flags: NoFlags,
        };

    /// The clients that are connected to a server.
    8 ServerListClients "SERVER_LIST_CLIENTS" as virAdmServerListClients ()
        args ServerListClientsArgs { srv: NonnullServer, need_results: u32, flags: NoFlags }
        ret ServerListClientsRet {
            #[xdr(max = limits::ADMIN_CLIENT_LIST_MAX)] clients: Vec<NonnullClient>,
            ret: u32,
        };

    /// Finds a client by its number.
    9 ServerLookupClient "SERVER_LOOKUP_CLIENT" as virAdmServerLookupClient ()
        args ServerLookupClientArgs { srv: NonnullServer, id: u64, flags: NoFlags }
        ret ServerLookupClientRet { clnt: NonnullClient };

    /// Who a client is and how it is connected.
    10 ClientGetInfo "CLIENT_GET_INFO" as virAdmClientGetInfo ()
        args ClientGetInfoArgs { clnt: NonnullClient, flags: NoFlags }
        ret ClientGetInfoRet {
            #[xdr(max = limits::ADMIN_CLIENT_INFO_PARAMETERS_MAX)] params: Vec<TypedParam>,
        };

    /// Throws a client out.
    11 ClientClose "CLIENT_CLOSE" as virAdmClientClose ()
        args ClientCloseArgs { clnt: NonnullClient, flags: NoFlags };

    /// How many clients a server takes and has.
    12 ServerGetClientLimits "SERVER_GET_CLIENT_LIMITS" as virAdmServerGetClientLimits ()
        args ServerGetClientLimitsArgs { srv: NonnullServer, flags: NoFlags }
        ret ServerGetClientLimitsRet {
            #[xdr(max = limits::ADMIN_SERVER_CLIENT_LIMITS_MAX)] params: Vec<TypedParam>,
        };

    /// Changes how many clients a server takes.
    13 ServerSetClientLimits "SERVER_SET_CLIENT_LIMITS" as virAdmServerSetClientLimits ()
        args ServerSetClientLimitsArgs {
            srv: NonnullServer,
            #[xdr(max = limits::ADMIN_SERVER_CLIENT_LIMITS_MAX)] params: Vec<TypedParam>,
            flags: NoFlags,
        };

    /// Where the daemon's log goes.
    14 ConnectGetLoggingOutputs "CONNECT_GET_LOGGING_OUTPUTS" as virAdmConnectGetLoggingOutputs ()
        args ConnectGetLoggingOutputsArgs { flags: NoFlags }
        ret ConnectGetLoggingOutputsRet { outputs: String, noutputs: u32 };

    /// What goes into the daemon's log.
    15 ConnectGetLoggingFilters "CONNECT_GET_LOGGING_FILTERS" as virAdmConnectGetLoggingFilters ()
        args ConnectGetLoggingFiltersArgs { flags: NoFlags }
        ret ConnectGetLoggingFiltersRet { filters: Option<String>, nfilters: u32 };

    /// Changes where the daemon's log goes.
    16 ConnectSetLoggingOutputs "CONNECT_SET_LOGGING_OUTPUTS" as virAdmConnectSetLoggingOutputs ()
        args ConnectSetLoggingOutputsArgs { outputs: Option<String>, flags: NoFlags };

    /// Changes what goes into the daemon's log.
    17 ConnectSetLoggingFilters "CONNECT_SET_LOGGING_FILTERS" as virAdmConnectSetLoggingFilters ()
        args ConnectSetLoggingFiltersArgs { filters: Option<String>, flags: NoFlags };

    /// Reads a server's TLS files again.
    18 ServerUpdateTlsFiles "SERVER_UPDATE_TLS_FILES" as virAdmServerUpdateTlsFiles ()
        args ServerUpdateTlsFilesArgs { srv: NonnullServer, flags: NoFlags };

    /// Sets after how many idle seconds the daemon ends; 0 is never.
    19 ConnectSetDaemonTimeout "CONNECT_SET_DAEMON_TIMEOUT" as virAdmConnectSetDaemonTimeout ()
        args ConnectSetDaemonTimeoutArgs { timeout: u32, flags: NoFlags };
}

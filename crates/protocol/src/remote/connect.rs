//! The connection itself.

use crate::{
    flags::{ConnectFlags, NoFlags, Tolerant},
    limits,
    procedure::{events, procedures},
    typed_param::TypedParam,
};

procedures! {
    Remote;

    /// Opens the connection: the first call after authentication, naming the driver's URI.
    1 ConnectOpen "CONNECT_OPEN"
        as virConnectOpen (priority: High, read_only: Allowed, rules: &[connect(Getattr)])
        args ConnectOpenArgs { name: Option<String>, flags: Tolerant<ConnectFlags> };

    /// Closes the connection after its reply.
    2 ConnectClose "CONNECT_CLOSE" as virConnectClose (priority: High, read_only: Allowed);

    /// Name of the hypervisor that the driver drives.
    3 ConnectGetType "CONNECT_GET_TYPE"
        as virConnectGetType (priority: High, read_only: Allowed, rules: &[connect(Getattr)])
        ret ConnectGetTypeRet { r#type: String };

    /// Version of the hypervisor, as major × 1,000,000 + minor × 1,000 + release.
    4 ConnectGetVersion "CONNECT_GET_VERSION"
        as virConnectGetVersion (priority: High, read_only: Allowed, rules: &[connect(Getattr)])
        ret ConnectGetVersionRet { hv_ver: u64 };

    /// The host's name.
    59 ConnectGetHostname "CONNECT_GET_HOSTNAME"
        as virConnectGetHostname (priority: High, read_only: Allowed, rules: &[connect(Getattr)])
        ret ConnectGetHostnameRet { hostname: String };

    /// Whether the other end has a feature (see [`crate::enums::Feature`]).
    60 ConnectSupportsFeature "CONNECT_SUPPORTS_FEATURE"
        as virConnectSupportsFeature (
            priority: High,
            read_only: Allowed,
            rules: &[connect(Getattr)],
        )
        args ConnectSupportsFeatureArgs { feature: i32 }
        ret ConnectSupportsFeatureRet { supported: i32 };

    /// The URI of the open driver.
    110 ConnectGetUri "CONNECT_GET_URI"
        as virConnectGetURI (priority: High, read_only: Allowed, rules: &[connect(Getattr)])
        ret ConnectGetUriRet { uri: String };

    /// Whether nobody can listen to the connection.
    149 ConnectIsSecure "CONNECT_IS_SECURE"
        as virConnectIsSecure (priority: High, read_only: Allowed)
        ret ConnectIsSecureRet { secure: i32 };

    /// Version of the daemon's library.
    157 ConnectGetLibVersion "CONNECT_GET_LIB_VERSION"
        as virConnectGetLibVersion (priority: High, read_only: Allowed, rules: &[connect(Getattr)])
        ret ConnectGetLibVersionRet { lib_ver: u64 };

    /// The host's SMBIOS data as XML.
    203 ConnectGetSysinfo "CONNECT_GET_SYSINFO"
        as virConnectGetSysinfo (priority: High, read_only: Allowed, rules: &[connect(Read)])
        args ConnectGetSysinfoArgs { flags: NoFlags }
        ret ConnectGetSysinfoRet { sysinfo: String };

    /// Asks to be told when the daemon's own connection closes.
    360 ConnectRegisterCloseCallback "CONNECT_REGISTER_CLOSE_CALLBACK"
        as virConnectRegisterCloseCallback (
            priority: High,
            read_only: Allowed,
            rules: &[connect(Getattr)],
        );

    /// Ends what `ConnectRegisterCloseCallback` began.
    361 ConnectUnregisterCloseCallback "CONNECT_UNREGISTER_CLOSE_CALLBACK"
        as virConnectUnregisterCloseCallback (
            priority: High,
            read_only: Allowed,
            rules: &[connect(Getattr)],
        );

    /// Acts for somebody else: a daemon tells whom it forwards for. Nothing but the permission
    /// guards it: read-only connections may try.
    419 ConnectSetIdentity "CONNECT_SET_IDENTITY"
        as virConnectSetIdentity (read_only: Allowed, rules: &[connect(Write)])
        args ConnectSetIdentityArgs {
            #[xdr(max = limits::CONNECT_IDENTITY_PARAMS_MAX)] params: Vec<TypedParam>,
            flags: NoFlags,
        };
}

events! {
    Remote;

    /// The daemon's own connection to its hypervisor closed.
    362 ConnectEventConnectionClosed "CONNECT_EVENT_CONNECTION_CLOSED" (form: Connection)
        msg ConnectEventConnectionClosedMsg { reason: i32 };
}

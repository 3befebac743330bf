//! Enumerations of connections and the host.

use super::enumeration;

enumeration! {
    /// Why a connection closed.
    ConnectCloseReason "virConnectCloseReason" {
        "VIR_CONNECT_CLOSE_REASON_ERROR" Error = 0,
        "VIR_CONNECT_CLOSE_REASON_EOF" Eof = 1,
        "VIR_CONNECT_CLOSE_REASON_KEEPALIVE" Keepalive = 2,
        "VIR_CONNECT_CLOSE_REASON_CLIENT" Client = 3,
    }

    /// How one CPU compares with another.
    CpuCompareResult "virCPUCompareResult" {
        "VIR_CPU_COMPARE_ERROR" Error = -1,
        "VIR_CPU_COMPARE_INCOMPATIBLE" Incompatible = 0,
        "VIR_CPU_COMPARE_IDENTICAL" Identical = 1,
        "VIR_CPU_COMPARE_SUPERSET" Superset = 2,
    }

    /// What a user is asked for to authenticate.
    ConnectCredentialType "virConnectCredentialType" {
        "VIR_CRED_USERNAME" Username = 1,
        "VIR_CRED_AUTHNAME" Authname = 2,
        "VIR_CRED_LANGUAGE" Language = 3,
        "VIR_CRED_CNONCE" Cnonce = 4,
        "VIR_CRED_PASSPHRASE" Passphrase = 5,
        "VIR_CRED_ECHOPROMPT" Echoprompt = 6,
        "VIR_CRED_NOECHOPROMPT" Noechoprompt = 7,
        "VIR_CRED_REALM" Realm = 8,
        "VIR_CRED_EXTERNAL" External = 9,
    }

    /// Families of addresses.
    IpAddrType "virIPAddrType" {
        "VIR_IP_ADDR_TYPE_IPV4" Ipv4 = 0,
        "VIR_IP_ADDR_TYPE_IPV6" Ipv6 = 1,
    }

    /// Sets of key codes.
    KeycodeSet "virKeycodeSet" {
        "VIR_KEYCODE_SET_LINUX" Linux = 0,
        "VIR_KEYCODE_SET_XT" Xt = 1,
        "VIR_KEYCODE_SET_ATSET1" Atset1 = 2,
        "VIR_KEYCODE_SET_ATSET2" Atset2 = 3,
        "VIR_KEYCODE_SET_ATSET3" Atset3 = 4,
        "VIR_KEYCODE_SET_OSX" Osx = 5,
        "VIR_KEYCODE_SET_XT_KBD" XtKbd = 6,
        "VIR_KEYCODE_SET_USB" Usb = 7,
        "VIR_KEYCODE_SET_WIN32" Win32 = 8,
        "VIR_KEYCODE_SET_QNUM" Qnum = 9,
    }

    /// Where the host sleeps.
    NodeSuspendTarget "virNodeSuspendTarget" {
        "VIR_NODE_SUSPEND_TARGET_MEM" Mem = 0,
        "VIR_NODE_SUSPEND_TARGET_DISK" Disk = 1,
        "VIR_NODE_SUSPEND_TARGET_HYBRID" Hybrid = 2,
    }

    /// How a client is connected.
    ClientTransport "virClientTransport" {
        "VIR_CLIENT_TRANS_UNIX" Unix = 0,
        "VIR_CLIENT_TRANS_TCP" Tcp = 1,
        "VIR_CLIENT_TRANS_TLS" Tls = 2,
    }

    /// What the other end of a connection may be able to do.
    Feature "virDrvFeature" {
        "VIR_DRV_FEATURE_MIGRATION_V1" MigrationV1 = 1,
        "VIR_DRV_FEATURE_REMOTE" Remote = 2,
        "VIR_DRV_FEATURE_MIGRATION_V2" MigrationV2 = 3,
        "VIR_DRV_FEATURE_MIGRATION_P2P" MigrationP2p = 4,
        "VIR_DRV_FEATURE_MIGRATION_DIRECT" MigrationDirect = 5,
        "VIR_DRV_FEATURE_MIGRATION_V3" MigrationV3 = 6,
        "VIR_DRV_FEATURE_MIGRATE_CHANGE_PROTECTION" MigrateChangeProtection = 7,
        "VIR_DRV_FEATURE_FD_PASSING" FdPassing = 8,
        "VIR_DRV_FEATURE_TYPED_PARAM_STRING" TypedParamString = 9,
        "VIR_DRV_FEATURE_PROGRAM_KEEPALIVE" ProgramKeepalive = 10,
        "VIR_DRV_FEATURE_XML_MIGRATABLE" XmlMigratable = 11,
        "VIR_DRV_FEATURE_MIGRATION_OFFLINE" MigrationOffline = 12,
        "VIR_DRV_FEATURE_MIGRATION_PARAMS" MigrationParams = 13,
        "VIR_DRV_FEATURE_REMOTE_EVENT_CALLBACK" RemoteEventCallback = 14,
        "VIR_DRV_FEATURE_REMOTE_CLOSE_CALLBACK" RemoteCloseCallback = 15,
        "VIR_DRV_FEATURE_NETWORK_UPDATE_HAS_CORRECT_ORDER" NetworkUpdateHasCorrectOrder = 16,
    }

    /// Ways of authentication.
    AuthType "remote_auth_type" {
        "REMOTE_AUTH_NONE" None = 0,
        "REMOTE_AUTH_SASL" Sasl = 1,
        "REMOTE_AUTH_POLKIT" Polkit = 2,
    }
}

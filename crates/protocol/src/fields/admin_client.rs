//! A client of a daemon.

use super::fields;

fields! {
    "VIR_CLIENT_INFO_READONLY" READONLY = "readonly";
    "VIR_CLIENT_INFO_SASL_USER_NAME" SASL_USER_NAME = "sasl_user_name";
    "VIR_CLIENT_INFO_SELINUX_CONTEXT" SELINUX_CONTEXT = "selinux_context";
    "VIR_CLIENT_INFO_SOCKET_ADDR" SOCKET_ADDR = "sock_addr";
    "VIR_CLIENT_INFO_UNIX_GROUP_ID" UNIX_GROUP_ID = "unix_group_id";
    "VIR_CLIENT_INFO_UNIX_GROUP_NAME" UNIX_GROUP_NAME = "unix_group_name";
    "VIR_CLIENT_INFO_UNIX_PROCESS_ID" UNIX_PROCESS_ID = "unix_process_id";
    "VIR_CLIENT_INFO_UNIX_USER_ID" UNIX_USER_ID = "unix_user_id";
    "VIR_CLIENT_INFO_UNIX_USER_NAME" UNIX_USER_NAME = "unix_user_name";
    "VIR_CLIENT_INFO_X509_DISTINGUISHED_NAME" X509_DISTINGUISHED_NAME = "tls_x509_dname";
}

//! Whom a daemon acts for.

use super::fields;

fields! {
    "VIR_CONNECT_IDENTITY_GROUP_NAME" GROUP_NAME = "group-name";
    "VIR_CONNECT_IDENTITY_PROCESS_ID" PROCESS_ID = "process-id";
    "VIR_CONNECT_IDENTITY_PROCESS_TIME" PROCESS_TIME = "process-time";
    "VIR_CONNECT_IDENTITY_SASL_USER_NAME" SASL_USER_NAME = "sasl-user-name";
    "VIR_CONNECT_IDENTITY_SELINUX_CONTEXT" SELINUX_CONTEXT = "selinux-context";
    "VIR_CONNECT_IDENTITY_UNIX_GROUP_ID" UNIX_GROUP_ID = "unix-group-id";
    "VIR_CONNECT_IDENTITY_UNIX_USER_ID" UNIX_USER_ID = "unix-user-id";
    "VIR_CONNECT_IDENTITY_USER_NAME" USER_NAME = "user-name";
    "VIR_CONNECT_IDENTITY_X509_DISTINGUISHED_NAME"
        X509_DISTINGUISHED_NAME = "x509-distinguished-name";
    "system.token" SYSTEM_TOKEN = "system.token";
}

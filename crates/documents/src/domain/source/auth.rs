//! `<auth>` and `<secret>`: who logs in, and with which secret.

use xml::Xml;

use crate::Uuid;

/// Who logs in to a server.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(origin = "crate::origin::STORAGE")]
pub struct Auth {
    /// The user.
    #[xml(
        attribute,
        required,
        lax = "empty",
        schema = "crate::pattern::NAME",
        missing = "Content"
    )]
    pub username: String,
    /// The password.
    #[xml(child, required, missing = "Content")]
    pub secret: Option<SecretRef>,
}

/// A secret, by UUID or usage.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "@uuid | @usage")]
#[xml(rule = "@uuid ^ @usage")]
#[xml(rule = "../auth => @type='ceph|iscsi'")]
#[xml(rule = "../auth => @usage ~ crate::pattern::POOL_NAME")]
#[xml(rule = "../encryption => @type='passphrase'")]
#[xml(origin = "crate::origin::DOCUMENT")]
pub struct SecretRef {
    /// What the secret is for: `ceph`, `iscsi`, `passphrase`.
    #[xml(
        attribute = "type",
        schema_words = "ceph iscsi passphrase",
        schema_required,
        absent = "an error, except in the source of `<nvram>`"
    )]
    pub kind: Option<String>,
    /// The secret's UUID.
    #[xml(
        attribute,
        fault = "Content",
        origin = "crate::origin::NOBODY",
        absent = "`usage` names it"
    )]
    pub uuid: Option<Uuid>,
    /// The secret's usage.
    #[xml(attribute, absent = "`uuid` names it", since = "0.9.7")]
    pub usage: Option<String>,
}

//! `<auth>` and `<secret>`: who logs in, and with which secret.

use xml::Xml;

use crate::Uuid;

/// Who logs in to a server.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(origin = "Storage")]
pub struct Auth {
    /// The user.
    #[xml(
        attribute,
        required,
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
#[xml(origin = "Document")]
pub struct SecretRef {
    /// What the secret is for: `ceph`, `iscsi`, `passphrase`.
    #[xml(
        attribute = "type",
        schema_words = "ceph iscsi passphrase",
        required,
        fault = "Unsupported"
    )]
    pub kind: Option<String>,
    /// The secret's UUID.
    #[xml(attribute, fault = "Content", origin = "Nobody")]
    pub uuid: Option<Uuid>,
    /// The secret's usage.
    #[xml(attribute)]
    pub usage: Option<String>,
}

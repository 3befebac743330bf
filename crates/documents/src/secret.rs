//! `<secret>`: a secret that other objects refer to.

use xml::Xml;

use crate::Uuid;

/// A secret, without its value.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(name = "secret", since = "0.7.1")]
pub struct Secret {
    /// Whether it lives as long as the daemon only.
    #[xml(attribute, yes_no, default = "`no`")]
    pub ephemeral: Option<bool>,
    /// Whether nobody may read its value.
    #[xml(attribute, yes_no, default = "`no`")]
    pub private: Option<bool>,
    /// The UUID, unique on the host.
    #[xml(text_child, absent = "one is made")]
    pub uuid: Option<Uuid>,
    /// What the secret is for, in any words.
    #[xml(text_child, absent = "there is none")]
    pub description: Option<String>,
    /// What it is for.
    #[xml(child)]
    pub usage: Option<SecretUsage>,
}

/// What a secret is for.
#[derive(Debug, Clone, PartialEq, Eq, Xml)]
#[xml(tag = "type", required)]
pub enum SecretUsage {
    /// The encryption of a storage volume.
    Volume(VolumeUsage),
    /// The login at a Ceph cluster.
    #[xml(since = "0.9.7")]
    Ceph(NameUsage),
    /// The login at an iSCSI target (CHAP).
    #[xml(since = "1.0.4")]
    Iscsi(TargetUsage),
    /// The key of a TLS certificate.
    #[xml(since = "2.3.0")]
    Tls(NameUsage),
    /// The encryption of the state of an emulated TPM.
    #[xml(since = "5.6.0")]
    Vtpm(NameUsage),
}

impl Default for SecretUsage {
    fn default() -> Self {
        Self::Volume(VolumeUsage::default())
    }
}

/// For a volume.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct VolumeUsage {
    /// The volume's path.
    #[xml(text_child, required, schema = "crate::pattern::ABSOLUTE_PATH")]
    pub volume: String,
}

/// For something with a name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct NameUsage {
    /// The name by which other documents mean the secret.
    #[xml(text_child, required, schema = "crate::pattern::POOL_NAME")]
    pub name: String,
}

/// For an iSCSI target.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct TargetUsage {
    /// The name by which other documents mean the secret.
    #[xml(text_child, required, schema = "crate::pattern::POOL_NAME")]
    pub target: String,
}

//! `<encryption>`: how an image is encrypted.

use xml::{Xml, XmlEnum};

use super::SecretRef;

/// How an image is encrypted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "cipher => secret, ivgen")]
#[xml(rule = "ivgen => secret, cipher")]
#[xml(origin = "crate::origin::STORAGE")]
pub struct Encryption {
    /// The format.
    #[xml(
        attribute,
        required,
        lax = "empty",
        fault = "Unsupported",
        missing = "Content"
    )]
    pub format: EncryptionFormat,
    /// Who decrypts.
    #[xml(attribute, since = "8.8.0", default = "`qemu`")]
    pub engine: Option<EncryptionEngine>,
    /// The keys.
    #[xml(child = "secret")]
    pub secrets: Vec<SecretRef>,
    /// The cipher of a new volume.
    #[xml(child, since = "2.1.0")]
    pub cipher: Option<Cipher>,
    /// How a new volume's initialization vectors are made.
    #[xml(child, since = "2.1.0")]
    pub ivgen: Option<IvGen>,
}

/// A format of encryption.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum EncryptionFormat {
    /// The volume's default.
    Default,
    /// Of the image format qcow.
    Qcow,
    /// LUKS.
    #[default]
    #[xml(since = "2.1.0")]
    Luks,
    /// LUKS 2.
    #[xml(since = "8.8.0")]
    Luks2,
    /// LUKS of any version.
    #[xml(since = "9.3.0")]
    LuksAny,
}

/// Who decrypts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum EncryptionEngine {
    /// QEMU.
    #[default]
    Qemu,
    /// librbd.
    Librbd,
}

/// The cipher of a new volume.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "@mode => @hash")]
#[xml(rule = "@hash => @mode")]
#[xml(origin = "crate::origin::DOCUMENT")]
pub struct Cipher {
    /// The algorithm.
    #[xml(attribute, required)]
    pub name: String,
    /// The key's size in bits.
    #[xml(attribute, required)]
    pub size: u32,
    /// The mode.
    #[xml(attribute, absent = "the hypervisor's")]
    pub mode: Option<String>,
    /// The hash.
    #[xml(attribute, absent = "the hypervisor's")]
    pub hash: Option<String>,
}

/// How initialization vectors are made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(origin = "crate::origin::DOCUMENT")]
pub struct IvGen {
    /// The method.
    #[xml(attribute, required)]
    pub name: String,
    /// Its hash.
    #[xml(attribute, absent = "the hypervisor's")]
    pub hash: Option<String>,
}

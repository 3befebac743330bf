//! `<encryption>`: how an image is encrypted.

use xml::{Xml, XmlEnum};

use super::SecretRef;

/// How an image is encrypted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "cipher => secret, ivgen")]
#[xml(rule = "ivgen => secret, cipher")]
#[xml(origin = "Storage")]
pub struct Encryption {
    /// The format.
    #[xml(attribute, required, fault = "Unsupported", missing = "Content")]
    pub format: EncryptionFormat,
    /// Who decrypts.
    #[xml(attribute, since = "8.8.0")]
    pub engine: Option<EncryptionEngine>,
    /// The keys.
    #[xml(child = "secret")]
    pub secrets: Vec<SecretRef>,
    /// The cipher of a new volume.
    #[xml(child)]
    pub cipher: Option<Cipher>,
    /// How a new volume's initialization vectors are made.
    #[xml(child)]
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
    Luks,
    /// LUKS 2.
    Luks2,
    /// LUKS of any version.
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
#[xml(origin = "Document")]
pub struct Cipher {
    /// The algorithm.
    #[xml(attribute, required)]
    pub name: String,
    /// The key's size in bits.
    #[xml(attribute, required)]
    pub size: u32,
    /// The mode.
    #[xml(attribute)]
    pub mode: Option<String>,
    /// The hash.
    #[xml(attribute)]
    pub hash: Option<String>,
}

/// How initialization vectors are made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(origin = "Document")]
pub struct IvGen {
    /// The method.
    #[xml(attribute, required)]
    pub name: String,
    /// Its hash.
    #[xml(attribute)]
    pub hash: Option<String>,
}

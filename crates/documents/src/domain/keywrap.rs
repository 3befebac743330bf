//! `<keywrap>`: keys of s390 that are wrapped.

use xml::{Xml, XmlEnum};

/// Keys of s390 that are wrapped.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(since = "1.2.16")]
pub struct KeyWrap {
    /// The ciphers.
    #[xml(child = "cipher", schema_required)]
    pub ciphers: Vec<KeyWrapCipher>,
}

/// A cipher whose keys are wrapped.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct KeyWrapCipher {
    /// `aes` or `dea`.
    #[xml(attribute, required)]
    pub name: KeyWrapName,
    /// Whether they are.
    #[xml(attribute, on_off, required)]
    pub state: bool,
}

/// A cipher of s390.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum KeyWrapName {
    /// AES.
    #[default]
    Aes,
    /// DEA.
    Dea,
}

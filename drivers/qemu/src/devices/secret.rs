//! `-object secret`: what only QEMU may read, encrypted under a key that QEMU has from a file.
//!
//! The values come from the secret driver before a command line is made. Arguments are visible to every user of the
//! host, so that only the encrypted form ever is among them.

use std::collections::BTreeMap;

use aes::cipher::{BlockModeEncrypt, KeyIvInit, block_padding::Pkcs7};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use documents::domain::SecretRef;
use serde::Serialize;

use super::part::Part;

use crate::random::random;

/// The name of the object that holds the key.
pub(crate) const MASTER_KEY: &str = "masterKey0";

/// The key under which secrets are handed over: AES-256.
#[derive(Clone, PartialEq, Eq)]
pub struct MasterKey([u8; 32]);

impl std::fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MasterKey(…)")
    }
}

impl MasterKey {
    /// A key that QEMU finds in its file.
    pub fn new(key: [u8; 32]) -> Self {
        Self(key)
    }
}

/// The values of the secrets that a document names, and the key to hand them over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Secrets {
    key: Option<MasterKey>,
    values: BTreeMap<String, Vec<u8>>,
}

impl Secrets {
    /// No secrets but those in the document itself, which `key` protects.
    pub fn new(key: MasterKey) -> Self {
        Self {
            key: Some(key),
            values: BTreeMap::new(),
        }
    }

    /// Adds the value of a secret that the secret driver has given.
    pub fn add(&mut self, secret: &SecretRef, value: Vec<u8>) {
        let (kind, name) = name(secret);
        self.values.insert(format!("{kind} {name}"), value);
    }

    /// The value of a secret, if it is known.
    pub(crate) fn get(&self, secret: &SecretRef) -> Option<&[u8]> {
        let (kind, name) = name(secret);
        self.values
            .get(&format!("{kind} {name}"))
            .map(Vec::as_slice)
    }

    /// The object with the name `id` that holds `value`.
    pub(crate) fn part(&self, id: String, value: &[u8]) -> Result<Part, serde_json::Error> {
        let iv: [u8; 16] = random();
        // What is only shown is encrypted under a key that nobody keeps.
        let key = self.key.clone().unwrap_or_else(|| MasterKey(random()));
        Part::object(&Secret {
            qom_type: "secret",
            id,
            data: encrypt(&key, iv, value),
            keyid: MASTER_KEY,
            iv: STANDARD.encode(iv),
            format: "base64",
        })
    }
}

/// How a secret is looked for, and by what.
pub(crate) fn name(secret: &SecretRef) -> (&'static str, String) {
    match (&secret.uuid, &secret.usage) {
        (Some(uuid), _) => ("uuid", uuid.to_string()),
        (None, usage) => ("usage", usage.clone().unwrap_or_default()),
    }
}

/// A value that QEMU decrypts.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Secret {
    qom_type: &'static str,
    id: String,
    data: String,
    keyid: &'static str,
    iv: String,
    format: &'static str,
}

fn encrypt(key: &MasterKey, iv: [u8; 16], value: &[u8]) -> String {
    let cipher = cbc::Encryptor::<aes::Aes256>::new(&key.0.into(), &iv.into());
    STANDARD.encode(cipher.encrypt_padded_vec::<Pkcs7>(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_encrypted_as_openssl_does_it() {
        // openssl enc -aes-256-cbc -K 00…1f -iv 00…0f
        let key = MasterKey(std::array::from_fn(|at| u8::try_from(at).unwrap()));
        let iv = std::array::from_fn(|at| u8::try_from(at).unwrap());
        assert_eq!(encrypt(&key, iv, b"secret"), "6H5G+J59TZQMdlkJH18ekw==");
    }

    #[test]
    fn a_secret_is_found_by_uuid_or_usage() {
        let by_usage = SecretRef {
            usage: Some("disk".to_owned()),
            ..SecretRef::default()
        };
        let mut secrets = Secrets::new(MasterKey::new([7; 32]));
        assert_eq!(secrets.get(&by_usage), None);
        secrets.add(&by_usage, b"geheim".to_vec());
        assert_eq!(secrets.get(&by_usage), Some(&b"geheim"[..]));
        let part = secrets.part("s0".to_owned(), b"geheim").unwrap();
        let (_, Some(text)) = part.argument() else {
            panic!("an object has a value");
        };
        assert!(text.contains(r#""keyid":"masterKey0""#), "{text}");
        assert!(!text.contains("geheim"), "{text}");
    }
}

//! RBD: an image of Ceph, decrypted by librbd where it is asked for.

use documents::domain::{Encryption, EncryptionEngine, EncryptionFormat, NetworkSource};
use serde::Serialize;
use serde_json::{Value, json};

use super::Image;
use super::secrets::login;
use super::server::plain_address;
use crate::devices::part::Part;
use crate::domain::DomainError;

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Rbd {
    pool: String,
    image: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    snapshot: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    conf: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    server: Vec<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    encrypt: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    auth_client_required: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    key_secret: Option<String>,
}

pub(super) fn rbd(
    network: &NetworkSource,
    image: &Image<'_>,
    parts: &mut Vec<Part>,
) -> Result<Rbd, DomainError> {
    let name = network.name.clone().unwrap_or_default();
    let (pool, in_pool) = name.split_once('/').unwrap_or((&name, ""));
    let key_secret = login(image, parts)?;
    let librbd = image
        .encryption
        .filter(|encryption| encryption.engine == Some(EncryptionEngine::Librbd))
        .filter(|encryption| !encryption.secrets.is_empty());
    let encrypt = match librbd {
        Some(encryption) => Some(librbd_encryption(encryption, image, parts)?),
        None => None,
    };
    Ok(Rbd {
        pool: pool.to_owned(),
        image: in_pool.to_owned(),
        snapshot: network.snapshot.clone(),
        conf: network.config.clone(),
        server: network.hosts.iter().map(plain_address).collect(),
        encrypt,
        user: image.auth.map(|auth| auth.username.clone()),
        auth_client_required: match image.auth {
            Some(_) => vec!["cephx", "none"],
            None => Vec::new(),
        },
        key_secret,
    })
}

/// One layer of encryption for each secret; the first is the image's own, each further one that of an image behind it.
fn librbd_encryption(
    encryption: &Encryption,
    image: &Image<'_>,
    parts: &mut Vec<Part>,
) -> Result<Value, DomainError> {
    let format = match encryption.format {
        EncryptionFormat::Luks2 => "luks2",
        EncryptionFormat::LuksAny => "luks-any",
        _ => "luks",
    };
    let mut layers = Vec::new();
    for (number, wanted) in encryption.secrets.iter().enumerate() {
        let id = format!("{}-encryption-secret{number}", image.node);
        parts.push(image.facts.secret(&id, wanted, image.disk)?);
        layers.push(id);
    }
    let mut inner: Option<Value> = None;
    for id in layers.into_iter().rev() {
        let mut layer = json!({"format": format, "key-secret": id});
        if let (Some(parent), Some(members)) = (inner.take(), layer.as_object_mut()) {
            members.insert("parent".to_owned(), parent);
        }
        inner = Some(layer);
    }
    Ok(inner.unwrap_or_default())
}

//! Secrets: passwords and keys that the host keeps for disks and other things.

use protocol::enums::SecretUsageType;
use protocol::flags::{ConnectListAllSecretsFlags, NoFlags, SecretDefineFlags};
use protocol::remote::{
    ConnectListAllSecrets, ConnectListAllSecretsArgs, NonnullSecret, SecretDefineXml,
    SecretDefineXmlArgs, SecretGetValue, SecretGetValueArgs, SecretGetXmlDesc,
    SecretGetXmlDescArgs, SecretLookupByUsage, SecretLookupByUsageArgs, SecretLookupByUuid,
    SecretLookupByUuidArgs, SecretSetValue, SecretSetValueArgs, SecretUndefine, SecretUndefineArgs,
};

use crate::connection::{Connection, text};
use crate::domain::{parse_uuid, uuid_string};
use crate::error::{Error, Result};

/// A secret of a connection.
#[derive(Debug, Clone)]
pub struct Secret {
    connection: Connection,
    wire: NonnullSecret,
}

impl Connection {
    /// All secrets that `flags` select; empty flags select all.
    ///
    /// # Errors
    ///
    /// As for every call.
    pub async fn list_all_secrets(&self, flags: ConnectListAllSecretsFlags) -> Result<Vec<Secret>> {
        let args = ConnectListAllSecretsArgs {
            need_results: 1,
            flags,
        };
        let answer = self.call::<ConnectListAllSecrets>(&args).await?;
        let secrets = answer.secrets.into_iter();
        Ok(secrets.map(|wire| Secret::new(self, wire)).collect())
    }

    /// The secret with that UUID.
    ///
    /// # Errors
    ///
    /// [`crate::Code::NoSecret`] when there is none.
    pub async fn lookup_secret(&self, uuid: [u8; 16]) -> Result<Secret> {
        let args = SecretLookupByUuidArgs { uuid };
        let found = self.call::<SecretLookupByUuid>(&args).await?;
        Ok(Secret::new(self, found.secret))
    }

    /// The secret with that UUID, in its usual form.
    ///
    /// # Errors
    ///
    /// [`crate::Code::NoSecret`] when there is none, [`crate::Error::NoUuid`] for another word.
    pub async fn find_secret(&self, word: &str) -> Result<Secret> {
        let uuid = parse_uuid(word).ok_or_else(|| Error::NoUuid {
            word: word.to_owned(),
        })?;
        self.lookup_secret(uuid).await
    }

    /// The secret that is for this: the kind of use, and what uses it.
    ///
    /// # Errors
    ///
    /// [`crate::Code::NoSecret`] when there is none.
    pub async fn lookup_secret_by_usage(
        &self,
        kind: SecretUsageType,
        usage: &str,
    ) -> Result<Secret> {
        let args = SecretLookupByUsageArgs {
            usage_type: kind.value(),
            usage_id: text("the usage", usage)?,
        };
        let found = self.call::<SecretLookupByUsage>(&args).await?;
        Ok(Secret::new(self, found.secret))
    }

    /// Defines a secret, or changes the definition of the one with its UUID. Its value is set by
    /// [`Secret::set_value`].
    ///
    /// # Errors
    ///
    /// When the document is refused, or another secret is for the same use.
    pub async fn define_secret(&self, xml: &str, flags: SecretDefineFlags) -> Result<Secret> {
        let args = SecretDefineXmlArgs {
            xml: text("the document", xml)?,
            flags,
        };
        let made = self.call::<SecretDefineXml>(&args).await?;
        Ok(Secret::new(self, made.secret))
    }
}

impl Secret {
    fn new(connection: &Connection, wire: NonnullSecret) -> Self {
        Self {
            connection: connection.clone(),
            wire,
        }
    }

    /// The UUID in its usual form.
    #[must_use]
    pub fn uuid_string(&self) -> String {
        uuid_string(&self.wire.uuid)
    }

    /// For what kind of use it is.
    #[must_use]
    pub fn usage_type(&self) -> SecretUsageType {
        self.wire.usage_type.into()
    }

    /// What uses it, as the path of a volume.
    #[must_use]
    pub fn usage_id(&self) -> &str {
        &self.wire.usage_id
    }

    /// The document, which does not hold the value.
    ///
    /// # Errors
    ///
    /// [`crate::Code::NoSecret`] when it is gone.
    pub async fn xml(&self) -> Result<String> {
        let args = SecretGetXmlDescArgs {
            secret: self.wire.clone(),
            flags: NoFlags,
        };
        Ok(self.connection.call::<SecretGetXmlDesc>(&args).await?.xml)
    }

    /// Sets the value.
    ///
    /// # Errors
    ///
    /// [`crate::Code::NoSecret`] when it is gone.
    pub async fn set_value(&self, value: &[u8]) -> Result<()> {
        let args = SecretSetValueArgs {
            secret: self.wire.clone(),
            value: value.to_vec().into(),
            flags: NoFlags,
        };
        self.connection.call::<SecretSetValue>(&args).await
    }

    /// The value.
    ///
    /// # Errors
    ///
    /// [`crate::Code::NoSecret`] when it has none yet, [`crate::Code::InvalidSecret`] when it is
    /// private.
    pub async fn value(&self) -> Result<Vec<u8>> {
        let args = SecretGetValueArgs {
            secret: self.wire.clone(),
            flags: NoFlags,
        };
        let answer = self.connection.call::<SecretGetValue>(&args).await?;
        Ok(answer.value.as_ref().to_vec())
    }

    /// Removes it with its value.
    ///
    /// # Errors
    ///
    /// [`crate::Code::NoSecret`] when it is gone.
    pub async fn undefine(&self) -> Result<()> {
        let args = SecretUndefineArgs {
            secret: self.wire.clone(),
        };
        self.connection.call::<SecretUndefine>(&args).await
    }
}

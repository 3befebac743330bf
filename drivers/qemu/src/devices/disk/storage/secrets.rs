//! The secrets with which a source is logged in to or decrypted.

use documents::domain::{Disk, SecretRef};

use super::Image;
use crate::devices::disk::Facts;
use crate::devices::part::Part;
use crate::devices::secret;
use crate::domain::{DiskError, DomainError};

/// Adds the secret with which the source is logged in to; returns its name.
pub(super) fn login(
    image: &Image<'_>,
    parts: &mut Vec<Part>,
) -> Result<Option<String>, DomainError> {
    let Some(wanted) = image.auth.and_then(|auth| auth.secret.as_ref()) else {
        return Ok(None);
    };
    let id = format!("{}-auth-secret0", image.node);
    parts.push(image.facts.secret(&id, wanted, image.disk)?);
    Ok(Some(id))
}

impl Facts<'_> {
    /// The object `id` with the value of a secret.
    pub(in crate::devices::disk) fn secret(
        &self,
        id: &str,
        wanted: &SecretRef,
        disk: &Disk,
    ) -> Result<Part, DomainError> {
        let value = self.secret_value(wanted, disk)?;
        Ok(self.secrets.part(id.to_owned(), value)?)
    }

    pub(super) fn secret_value(&self, wanted: &SecretRef, disk: &Disk) -> Result<&[u8], DiskError> {
        self.secrets.get(wanted).ok_or_else(|| {
            let (key, value) = secret::name(wanted);
            DiskError::NoSecret {
                key,
                value,
                target: disk.target.dev.clone().unwrap_or_default(),
            }
        })
    }
}

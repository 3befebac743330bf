//! Title, description and the metadata that applications keep with a domain.

use protocol::enums::DomainMetadataType;
use protocol::flags::DomainModificationImpact;
use protocol::remote::{
    DomainGetMetadata, DomainGetMetadataArgs, DomainSetMetadata, DomainSetMetadataArgs,
};

use super::Domain;
use crate::connection::text;
use crate::error::Result;

/// A piece of metadata.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metadata<'a> {
    /// A longer text.
    Description,
    /// One line.
    Title,
    /// An element of an application's own, by its namespace.
    Element {
        /// The namespace's URI.
        uri: &'a str,
        /// The prefix under which a new element is written.
        key: Option<&'a str>,
    },
}

impl Metadata<'_> {
    fn kind(self) -> DomainMetadataType {
        match self {
            Self::Description => DomainMetadataType::Description,
            Self::Title => DomainMetadataType::Title,
            Self::Element { .. } => DomainMetadataType::Element,
        }
    }

    fn uri(self) -> Result<Option<String>> {
        match self {
            Self::Element { uri, .. } => text("the namespace", uri).map(Some),
            _ => Ok(None),
        }
    }

    fn key(self) -> Result<Option<String>> {
        match self {
            Self::Element { key, .. } => key.map(|key| text("the prefix", key)).transpose(),
            _ => Ok(None),
        }
    }
}

impl Domain {
    /// Reads a piece of metadata.
    ///
    /// # Errors
    ///
    /// [`crate::Code::NoDomainMetadata`] when it is not there.
    pub async fn metadata(
        &self,
        which: Metadata<'_>,
        impact: DomainModificationImpact,
    ) -> Result<String> {
        let args = DomainGetMetadataArgs {
            dom: self.wire(),
            r#type: which.kind().value(),
            uri: which.uri()?,
            flags: impact,
        };
        Ok(self
            .connection()
            .call::<DomainGetMetadata>(&args)
            .await?
            .metadata)
    }

    /// Writes a piece of metadata; `None` removes it.
    ///
    /// # Errors
    ///
    /// [`crate::Code::InvalidArg`] when a title has more than one line, or an element is no XML.
    pub async fn set_metadata(
        &self,
        which: Metadata<'_>,
        value: Option<&str>,
        impact: DomainModificationImpact,
    ) -> Result<()> {
        let args = DomainSetMetadataArgs {
            dom: self.wire(),
            r#type: which.kind().value(),
            metadata: value.map(|value| text("the metadata", value)).transpose()?,
            key: which.key()?,
            uri: which.uri()?,
            flags: impact,
        };
        self.connection().call::<DomainSetMetadata>(&args).await
    }
}

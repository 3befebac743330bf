//! Title, description, and what applications keep with a domain.

use documents::domain::Domain;
use driver::events::DomainEventKind;
use driver::{Call, Error, Routes};
use protocol::enums::DomainMetadataType as Kind;
use protocol::flags::DomainModificationImpact as Flags;
use protocol::remote::{
    DomainGetMetadata, DomainGetMetadataArgs, DomainGetMetadataRet, DomainSetMetadata,
    DomainSetMetadataArgs,
};

use super::error::DomainError;
use super::guest::Impact;
use crate::TestDriver;

pub(super) fn routes(routes: &mut Routes<TestDriver>) {
    routes
        .on::<DomainGetMetadata>(get)
        .on::<DomainSetMetadata>(set);
}

async fn get(
    call: Call<TestDriver>,
    args: DomainGetMetadataArgs,
) -> Result<DomainGetMetadataRet, Error> {
    call.driver().domains().read(&call, &args.dom, |guest| {
        let document = guest.asked(impact(args.flags))?;
        let found = match Kind::from(args.r#type) {
            Kind::Description => document.description.clone(),
            Kind::Title => document.title.clone(),
            Kind::Element => {
                let uri = args
                    .uri
                    .as_deref()
                    .ok_or(DomainError::NoMetadataNamespace)?;
                document.metadata.get(uri)
            }
            Kind::Unrecognized(kind) => return Err(DomainError::UnknownMetadataType(kind)),
        };
        let metadata = found.ok_or(DomainError::NoMetadata)?;
        Ok(DomainGetMetadataRet { metadata })
    })
}

async fn set(call: Call<TestDriver>, args: DomainSetMetadataArgs) -> Result<(), Error> {
    let change = Change::new(&args)?;
    let nsuri = match &change {
        Change::Element { uri, .. } => Some(uri.clone()),
        Change::Description(_) | Change::Title(_) => None,
    };
    call.driver().domains().change(&call, &args.dom, |turn| {
        turn.guest.edit(impact(args.flags), |document| {
            change.apply(document);
            Ok(())
        })?;
        turn.publish(DomainEventKind::MetadataChange {
            kind: args.r#type,
            nsuri,
        });
        Ok(())
    })
}

/// What is to be set; `None` takes it away.
#[derive(Debug)]
enum Change {
    Description(Option<String>),
    Title(Option<String>),
    Element {
        uri: String,
        key: String,
        text: Option<String>,
    },
}

impl Change {
    fn new(args: &DomainSetMetadataArgs) -> Result<Self, Error> {
        // An empty text takes the metadata away, as no text does.
        let text = args.metadata.clone().filter(|text| !text.is_empty());
        match Kind::from(args.r#type) {
            Kind::Description => Ok(Self::Description(text)),
            Kind::Title if text.as_ref().is_some_and(|text| text.contains('\n')) => {
                Err(DomainError::TitleWithNewline.into())
            }
            Kind::Title => Ok(Self::Title(text)),
            Kind::Element => {
                let uri = args.uri.clone().ok_or(DomainError::NoMetadataNamespace)?;
                let key = args.key.clone();
                let change = match (key, text) {
                    (None, Some(_)) => return Err(DomainError::NoMetadataNamespace.into()),
                    (key, text) => Self::Element {
                        uri,
                        key: key.unwrap_or_default(),
                        text,
                    },
                };
                change.check()?;
                Ok(change)
            }
            Kind::Unrecognized(kind) => Err(DomainError::UnknownMetadataType(kind).into()),
        }
    }

    /// Proves that the text is XML, so that applying the change cannot fail.
    fn check(&self) -> Result<(), xml::Errors> {
        match self {
            Self::Element {
                uri,
                key,
                text: Some(text),
            } => documents::domain::Metadata::default().set(uri, key, text),
            _ => Ok(()),
        }
    }

    fn apply(&self, document: &mut Domain) {
        match self {
            Self::Description(text) => document.description.clone_from(text),
            Self::Title(text) => document.title.clone_from(text),
            Self::Element {
                uri, text: None, ..
            } => {
                document.metadata.remove(uri);
            }
            Self::Element {
                uri,
                key,
                text: Some(text),
            } => {
                if let Err(error) = document.metadata.set(uri, key, text) {
                    tracing::error!(%error, "metadata that was checked is refused");
                }
            }
        }
    }
}

fn impact(flags: Flags) -> Impact {
    Impact {
        live: flags.contains(Flags::LIVE),
        config: flags.contains(Flags::CONFIG),
    }
}

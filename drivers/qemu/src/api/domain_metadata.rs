//! Title, description and metadata of domains.

use std::sync::Arc;

use documents::domain::Domain;
use driver::{Call, Error, Routes};
use protocol::error::{Code, Origin};
use protocol::remote::{
    DomainGetMetadata, DomainGetMetadataArgs, DomainGetMetadataRet, DomainSetMetadata,
    DomainSetMetadataArgs,
};

use super::impact::{Affected, affected, looked_at};
use super::{domain_xml, object};
use crate::driver::QemuDriver;
use crate::vm::announcement::{Announcement, MetadataKind};
use crate::vm::request::{Action, Edit};

/// What is served here.
pub(super) fn routes(routes: &mut Routes<QemuDriver>) {
    routes
        .on::<DomainGetMetadata>(get)
        .on::<DomainSetMetadata>(set);
}

async fn get(
    call: Call<QemuDriver>,
    args: DomainGetMetadataArgs,
) -> Result<DomainGetMetadataRet, Error> {
    let snapshot = object::find(&call, &args.dom)?.snapshot();
    let Affected { live, .. } = looked_at(&snapshot, args.flags)?;
    let document = domain_xml::document(&snapshot, !live)?;
    let found = match kind(args.r#type)? {
        MetadataKind::Description => document.description,
        MetadataKind::Title => document.title,
        MetadataKind::Element => document.metadata.get(&args.uri.unwrap_or_default()),
    };
    let missing = || {
        Error::new(
            Code::NoDomainMetadata,
            "Requested metadata element is not present",
        )
        .from_origin(Origin::Domain)
    };
    Ok(DomainGetMetadataRet {
        metadata: found.ok_or_else(missing)?,
    })
}

async fn set(call: Call<QemuDriver>, args: DomainSetMetadataArgs) -> Result<(), Error> {
    let vm = object::find(&call, &args.dom)?;
    let kind = kind(args.r#type)?;
    let change = Change::parse(kind, args.metadata, args.key, args.uri)?;
    let Affected { live, config } = affected(&vm.snapshot(), args.flags)?;
    let uri = change.uri().map(ToOwned::to_owned);
    let edit = Edit {
        live,
        config,
        apply: Arc::new(move |document| change.apply(document)),
        announce: Some(Announcement::Metadata { kind, uri }),
    };
    Ok(vm.ask(call.driver(), Action::Edit(edit)).await?)
}

/// `virDomainMetadataType`
fn kind(number: i32) -> Result<MetadataKind, Error> {
    match number {
        0 => Ok(MetadataKind::Description),
        1 => Ok(MetadataKind::Title),
        2 => Ok(MetadataKind::Element),
        _ => Err(Error::new(
            Code::InvalidArg,
            format!("unknown metadata type {number}"),
        )),
    }
}

/// A change of the metadata that is known to be possible.
#[derive(Debug)]
enum Change {
    Description(Option<String>),
    Title(Option<String>),
    SetElement {
        uri: String,
        key: String,
        text: String,
    },
    RemoveElement {
        uri: String,
    },
}

impl Change {
    fn parse(
        kind: MetadataKind,
        value: Option<String>,
        key: Option<String>,
        uri: Option<String>,
    ) -> Result<Self, Error> {
        let value = value.filter(|text| !text.is_empty());
        match kind {
            MetadataKind::Description => Ok(Self::Description(value)),
            MetadataKind::Title if value.as_ref().is_some_and(|title| title.contains('\n')) => Err(
                Error::verbatim(Code::InvalidArg, "metadata title can't contain newlines")
                    .from_origin(Origin::Domain),
            ),
            MetadataKind::Title => Ok(Self::Title(value)),
            MetadataKind::Element => {
                let uri = uri.filter(|uri| !uri.is_empty()).ok_or_else(|| {
                    Error::new(
                        Code::InvalidArg,
                        "the namespace URI of the metadata is missing",
                    )
                })?;
                let Some(text) = value else {
                    return Ok(Self::RemoveElement { uri });
                };
                let key = key.filter(|key| !key.is_empty()).ok_or_else(|| {
                    Error::new(
                        Code::InvalidArg,
                        "the namespace prefix of the metadata is missing",
                    )
                })?;
                // What cannot be set is refused before anything changes.
                documents::domain::Metadata::default().set(&uri, &key, &text)?;
                Ok(Self::SetElement { uri, key, text })
            }
        }
    }

    fn uri(&self) -> Option<&str> {
        match self {
            Self::Description(_) | Self::Title(_) => None,
            Self::SetElement { uri, .. } | Self::RemoveElement { uri } => Some(uri),
        }
    }

    fn apply(&self, document: &mut Domain) {
        match self {
            Self::Description(value) => document.description.clone_from(value),
            Self::Title(value) => document.title.clone_from(value),
            Self::SetElement { uri, key, text } => {
                if let Err(error) = document.metadata.set(uri, key, text) {
                    // It was tried on an empty document before.
                    tracing::error!(%error, "metadata could not be set");
                }
            }
            Self::RemoveElement { uri } => {
                document.metadata.remove(uri);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(kind: MetadataKind, value: Option<&str>) -> Result<Change, Error> {
        let some = |text: &str| Some(text.to_owned());
        Change::parse(
            kind,
            value.map(ToOwned::to_owned),
            some("p"),
            some("http://x"),
        )
    }

    #[test]
    fn an_empty_title_is_none() {
        let mut document = Domain {
            title: Some("old".into()),
            ..Domain::default()
        };
        change(MetadataKind::Title, Some(""))
            .unwrap()
            .apply(&mut document);
        assert_eq!(document.title, None);
    }

    #[test]
    fn a_title_has_one_line() {
        let error = change(MetadataKind::Title, Some("a\nb")).unwrap_err();
        assert_eq!(error.code(), Code::InvalidArg);
        assert_eq!(error.message(), "metadata title can't contain newlines");
    }

    #[test]
    fn an_element_is_set_and_removed_by_its_namespace() {
        let mut document = Domain::default();
        change(MetadataKind::Element, Some("<a/>"))
            .unwrap()
            .apply(&mut document);
        assert!(document.metadata.get("http://x").is_some());
        change(MetadataKind::Element, None)
            .unwrap()
            .apply(&mut document);
        assert_eq!(document.metadata.get("http://x"), None);
    }

    #[test]
    fn what_is_no_element_is_refused() {
        assert!(change(MetadataKind::Element, Some("text")).is_err());
    }
}

//! The features that a document speaks of, by what it says of them.

use documents::domain::CpuFeaturePolicy as Policy;

use super::{FeatureSet, Model, Table};
use crate::{CpuError, Definition};

/// The features of a document, sorted by what they are to be.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// On, whatever the host has.
    pub forced: FeatureSet,
    /// On: those of the model and those that are named.
    pub required: FeatureSet,
    /// On if the host has them.
    pub optional: FeatureSet,
    /// Off.
    pub disabled: FeatureSet,
    /// Off, and the host must not have them.
    pub forbidden: FeatureSet,
    /// All that is on in the end: the model's, more and fewer, as the document lists them.
    pub all: FeatureSet,
}

impl Selection {
    /// Sorts the features of a document.
    ///
    /// # Errors
    /// When it names a model or a feature that the table does not have.
    pub fn of(definition: &Definition, table: &Table) -> Result<Self, CpuError> {
        let model = model(definition, table)?;
        let own = model.map(|model| model.features).unwrap_or_default();
        let mut selection = Self {
            required: own,
            all: own,
            ..Self::default()
        };
        for (name, policy) in definition.features() {
            let feature = table.known_feature(name)?;
            let list = match policy {
                Policy::Force => &mut selection.forced,
                Policy::Require => &mut selection.required,
                Policy::Optional => &mut selection.optional,
                Policy::Disable => &mut selection.disabled,
                Policy::Forbid => &mut selection.forbidden,
            };
            list.insert(feature);
            match policy {
                Policy::Force | Policy::Require => selection.all.insert(feature),
                Policy::Disable | Policy::Forbid => selection.all.remove(feature),
                Policy::Optional => {}
            }
        }
        Ok(selection)
    }
}

/// The model that a document names.
pub(super) fn model<'t>(
    definition: &Definition,
    table: &'t Table,
) -> Result<Option<&'t Model>, CpuError> {
    definition
        .model()
        .map(|name| table.known_model(name))
        .transpose()
}

//! The features and models, ready to be asked.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::FeatureSet;
use super::features::{NOT_MIGRATABLE, SPELLED_BY_QEMU, banks};
use super::models::{Model, all};
use crate::CpuError;

/// A feature: its place in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Feature(u16);

impl Feature {
    pub(super) fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// All features and models.
#[derive(Debug)]
pub struct Table {
    names: Vec<&'static str>,
    by_name: HashMap<&'static str, Feature>,
    models: Vec<Model>,
}

static TABLE: LazyLock<Table> = LazyLock::new(Table::new);

/// The one table.
#[must_use]
pub fn table() -> &'static Table {
    &TABLE
}

impl Table {
    fn new() -> Self {
        let names: Vec<_> = banks()
            .flat_map(super::features::Bank::bits)
            .map(|(_, name)| name)
            .collect();
        let features = (0..u16::MAX).map(Feature);
        let by_name = names.iter().copied().zip(features).collect();
        let mut table = Self {
            names,
            by_name,
            models: Vec::new(),
        };
        table.models = all(&table);
        table
    }

    /// All features, in the order of documents.
    pub fn features(&self) -> impl Iterator<Item = Feature> + use<> {
        (0..u16::MAX).take(self.names.len()).map(Feature)
    }

    /// The feature of this name.
    #[must_use]
    pub fn feature(&self, name: &str) -> Option<Feature> {
        self.by_name.get(name).copied()
    }

    /// The feature of this name.
    ///
    /// # Errors
    /// When there is none.
    pub fn known_feature(&self, name: &str) -> Result<Feature, CpuError> {
        let unknown = || CpuError::UnknownFeature {
            name: name.to_owned(),
        };
        self.feature(name).ok_or_else(unknown)
    }

    /// A feature's name.
    #[must_use]
    pub fn name(&self, feature: Feature) -> &'static str {
        self.names.get(feature.index()).copied().unwrap_or_default()
    }

    /// All models, the oldest first.
    #[must_use]
    pub fn models(&self) -> &[Model] {
        &self.models
    }

    /// The model of this name.
    #[must_use]
    pub fn model(&self, name: &str) -> Option<&Model> {
        self.models.iter().find(|model| model.name == name)
    }

    /// The model of this name.
    ///
    /// # Errors
    /// When there is none.
    pub fn known_model(&self, name: &str) -> Result<&Model, CpuError> {
        let unknown = || CpuError::UnknownModel {
            name: name.to_owned(),
        };
        self.model(name).ok_or_else(unknown)
    }

    /// The features of these names; unknown ones are left out.
    pub fn set<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> FeatureSet {
        let known = names.into_iter().filter_map(|name| self.feature(name));
        known.collect()
    }

    /// Whether a guest can take a feature along to another host.
    #[must_use]
    pub fn is_migratable(name: &str) -> bool {
        !NOT_MIGRATABLE.contains(&name)
    }

    /// How QEMU spells a feature.
    #[must_use]
    pub fn to_qemu(name: &str) -> &str {
        let row = SPELLED_BY_QEMU.iter().find(|(ours, _)| *ours == name);
        row.map_or(name, |(_, theirs)| theirs)
    }

    /// How documents spell a feature of QEMU.
    #[must_use]
    pub fn from_qemu(name: &str) -> &str {
        let row = SPELLED_BY_QEMU.iter().find(|(_, theirs)| *theirs == name);
        row.map_or(name, |(ours, _)| ours)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_fits_into_a_set_and_has_a_name_of_its_own() {
        let table = table();
        assert!(table.names.len() <= FeatureSet::CAPACITY);
        assert_eq!(table.by_name.len(), table.names.len());
        let set: FeatureSet = table.features().collect();
        assert_eq!(set.names(table), table.names);
    }

    #[test]
    fn qemu_spells_some_features_in_its_own_way() {
        assert_eq!(Table::to_qemu("lahf_lm"), "lahf-lm");
        assert_eq!(Table::from_qemu("pclmulqdq"), "pclmuldq");
        assert_eq!(Table::from_qemu(Table::to_qemu("avx2")), "avx2");
        assert!(!Table::is_migratable("invtsc") && Table::is_migratable("avx2"));
    }
}

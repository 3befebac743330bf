//! A set of features.

use super::{Feature, Table};

/// Words of 64 features each; the table has fewer than they hold, which a test keeps.
const WORDS: usize = 6;

/// A set of features.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FeatureSet([u64; WORDS]);

impl FeatureSet {
    /// How many features a set can tell apart.
    #[cfg(test)]
    pub(super) const CAPACITY: usize = WORDS * 64;

    /// Adds a feature.
    pub fn insert(&mut self, feature: Feature) {
        if let Some(word) = self.0.get_mut(feature.index() / 64) {
            *word |= 1 << (feature.index() % 64);
        }
    }

    /// Takes a feature out.
    pub fn remove(&mut self, feature: Feature) {
        if let Some(word) = self.0.get_mut(feature.index() / 64) {
            *word &= !(1 << (feature.index() % 64));
        }
    }

    /// Whether a feature is in it.
    #[must_use]
    pub fn contains(&self, feature: Feature) -> bool {
        let word = self.0.get(feature.index() / 64).copied();
        word.unwrap_or_default() & (1 << (feature.index() % 64)) != 0
    }

    /// What is in either.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        self.combined(other, |a, b| a | b)
    }

    /// What is in both.
    #[must_use]
    pub fn intersection(self, other: Self) -> Self {
        self.combined(other, |a, b| a & b)
    }

    /// What is in this one and not in the other.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        self.combined(other, |a, b| a & !b)
    }

    /// Whether the other has all that is in this one.
    #[must_use]
    pub fn is_subset(self, other: Self) -> bool {
        self.without(other).is_empty()
    }

    /// Whether nothing is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// The features, in the table's order.
    pub fn iter(self, table: &Table) -> impl Iterator<Item = Feature> + '_ {
        table
            .features()
            .filter(move |feature| self.contains(*feature))
    }

    /// The names, in the table's order.
    #[must_use]
    pub fn names(self, table: &Table) -> Vec<&'static str> {
        self.iter(table)
            .map(|feature| table.name(feature))
            .collect()
    }

    fn combined(self, other: Self, with: impl Fn(u64, u64) -> u64) -> Self {
        let mut words = self.0;
        for (word, other) in words.iter_mut().zip(other.0) {
            *word = with(*word, other);
        }
        Self(words)
    }
}

impl FromIterator<Feature> for FeatureSet {
    fn from_iter<I: IntoIterator<Item = Feature>>(features: I) -> Self {
        let mut set = Self::default();
        for feature in features {
            set.insert(feature);
        }
        set
    }
}

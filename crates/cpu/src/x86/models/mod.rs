//! Every model: what it has, who makes it, which signatures it stands for.
//!
//! An entry says how a model differs from another one (`like`, `with`, `without`); the words are names of features.
//! Entries are in the order in which libvirt lists models, the oldest of a maker first: where two models describe a
//! processor equally well, the later one wins.

use super::signature::{Pattern, sig, stepped};
use super::{FeatureSet, Signature, Table, Vendor};

mod amd;
mod amd_epyc;
mod generic;
mod hygon;
mod intel_atom;
mod intel_bridge;
mod intel_core;
mod intel_core_duo;
mod intel_haswell;
mod intel_icelake;
mod intel_rapids;
mod intel_skylake;
mod intel_snowridge;
mod qemu;

/// A model, ready to be used.
#[derive(Debug, Clone)]
pub struct Model {
    /// Its name.
    pub name: &'static str,
    /// Who makes it; nothing where anybody may.
    pub vendor: Option<Vendor>,
    /// What it has.
    pub features: FeatureSet,
    /// Features that QEMU's model has too, but that libvirt's had not when it came out: documents list them.
    pub later: FeatureSet,
    /// Features that it had once. A guest's document says that they are off, so that an older libvirt does not expect
    /// them.
    pub removed: Vec<&'static str>,
    /// Whether `check='partial'` compares it with the host by this table, because QEMU did not tell when it came out.
    pub compared: bool,
    signatures: &'static [Pattern],
    decoded: Decoded,
}

impl Model {
    /// Whether it stands for processors with this signature.
    #[must_use]
    pub fn stands_for(&self, signature: Signature) -> bool {
        self.signatures
            .iter()
            .any(|pattern| pattern.matches(signature))
    }

    /// The first signature that it stands for.
    #[must_use]
    pub fn first_signature(&self) -> Option<Signature> {
        self.signatures.first().map(|pattern| pattern.first())
    }

    /// Whether a host's processor may be described by it.
    #[must_use]
    pub fn describes_hosts(&self) -> bool {
        self.decoded != NOWHERE
    }

    /// Whether a guest's processor may be described by it.
    #[must_use]
    pub fn describes_guests(&self) -> bool {
        self.decoded == Decoded::Everywhere
    }
}

/// An entry of the table.
#[derive(Debug, Clone, Copy)]
struct Entry {
    name: &'static str,
    version_of: &'static str,
    vendor: Option<Vendor>,
    signatures: &'static [Pattern],
    like: &'static str,
    with: &'static str,
    without: &'static str,
    later_like: &'static str,
    later: &'static str,
    not_later: &'static str,
    removed: &'static str,
    compared: bool,
    decoded: Decoded,
}

/// Where a processor may be described by a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Decoded {
    Everywhere,
    Host,
    Nowhere,
}

const HOST: Decoded = Decoded::Host;
const NOWHERE: Decoded = Decoded::Nowhere;

const fn model(name: &'static str) -> Entry {
    Entry {
        name,
        version_of: "",
        vendor: None,
        signatures: &[],
        like: "",
        with: "",
        without: "",
        later_like: "",
        later: "",
        not_later: "",
        removed: "",
        compared: false,
        decoded: Decoded::Everywhere,
    }
}

/// Declares the words of an entry.
macro_rules! words {
    ($($word:ident: $kind:ty),+ $(,)?) => {
        impl Entry {
            $(
                const fn $word(mut self, value: $kind) -> Self {
                    self.$word = value;
                    self
                }
            )+
        }
    };
}

words! {
    version_of: &'static str,
    signatures: &'static [Pattern],
    like: &'static str,
    with: &'static str,
    without: &'static str,
    later_like: &'static str,
    later: &'static str,
    not_later: &'static str,
    removed: &'static str,
    decoded: Decoded,
}

impl Entry {
    const fn vendor(mut self, vendor: Vendor) -> Self {
        self.vendor = Some(vendor);
        self
    }

    const fn compared(mut self) -> Self {
        self.compared = true;
        self
    }
}

/// The entries, in order.
fn entries() -> impl Iterator<Item = &'static Entry> {
    [
        generic::MODELS,
        intel_core_duo::MODELS,
        qemu::MODELS,
        intel_core::MODELS,
        intel_bridge::MODELS,
        intel_haswell::MODELS,
        intel_skylake::MODELS,
        intel_icelake::MODELS,
        intel_snowridge::MODELS,
        intel_rapids::MODELS,
        intel_atom::MODELS,
        amd::MODELS,
        amd_epyc::MODELS,
        hygon::MODELS,
    ]
    .into_iter()
    .flatten()
}

/// All models. An entry refers only to those before it.
pub(super) fn all(table: &Table) -> Vec<Model> {
    let mut models: Vec<Model> = Vec::new();
    for entry in entries() {
        let find = |name: &str| models.iter().find(|model| model.name == name);
        let set = |names: &'static str| table.set(names.split_ascii_whitespace());
        let made = match find(entry.version_of) {
            // A version has what its model has; what is listed beside it is the model's alone.
            Some(of) => Model {
                name: entry.name,
                later: FeatureSet::default(),
                removed: Vec::new(),
                compared: false,
                decoded: entry.decoded,
                ..of.clone()
            },
            None => Model {
                name: entry.name,
                vendor: entry.vendor,
                features: find(entry.like)
                    .map(|model| model.features)
                    .unwrap_or_default()
                    .union(set(entry.with))
                    .without(set(entry.without)),
                later: find(entry.later_like)
                    .map(|model| model.later)
                    .unwrap_or_default()
                    .union(set(entry.later))
                    .without(set(entry.not_later)),
                removed: entry.removed.split_ascii_whitespace().collect(),
                compared: entry.compared,
                signatures: entry.signatures,
                decoded: entry.decoded,
            },
        };
        models.push(made);
    }
    models
}

#[cfg(test)]
mod tests;

//! What a processor answers to CPUID, and its model specific registers.

use std::collections::BTreeMap;

use super::features::{Place, banks};
use super::{Data, FeatureSet, Signature, Table, Vendor};

/// A register that CPUID answers in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // The names are the registers'.
pub enum Register {
    Eax,
    Ebx,
    Ecx,
    Edx,
}

/// The registers of one processor.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Registers {
    /// EAX, EBX, ECX, EDX by leaf and sub-leaf.
    pub cpuid: BTreeMap<(u32, u32), [u32; 4]>,
    /// Model specific registers by number.
    pub msr: BTreeMap<u32, u64>,
}

impl Registers {
    /// The sub-leaves that features are told by, each once.
    #[must_use]
    pub fn leaves_of_features() -> Vec<(u32, u32)> {
        let mut leaves: Vec<_> = banks()
            .filter_map(|bank| match bank.place {
                Place::Cpuid(leaf, sub_leaf, _) => Some((leaf, sub_leaf)),
                Place::Msr(_) => None,
            })
            .collect();
        leaves.dedup();
        leaves
    }

    /// The model specific registers that features are told by.
    #[must_use]
    pub fn numbers_of_features() -> Vec<u32> {
        banks()
            .filter_map(|bank| match bank.place {
                Place::Msr(number) => Some(number),
                Place::Cpuid(..) => None,
            })
            .collect()
    }

    /// The features that CPUID tells.
    #[must_use]
    pub fn features_of_cpuid(table: &Table) -> FeatureSet {
        let cpuid = banks().filter(|bank| matches!(bank.place, Place::Cpuid(..)));
        table.set(
            cpuid
                .flat_map(super::features::Bank::bits)
                .map(|(_, name)| name),
        )
    }

    /// The features, maker and signature that they tell.
    #[must_use]
    pub fn data(&self, table: &Table) -> Data {
        let mut features = FeatureSet::default();
        for bank in banks() {
            let value = self.value(bank.place);
            for (bit, name) in bank.bits() {
                if value >> bit & 1 == 1
                    && let Some(feature) = table.feature(name)
                {
                    features.insert(feature);
                }
            }
        }
        let leaf_one = self.value(Place::Cpuid(1, 0, Register::Eax));
        Data {
            features,
            vendor: self.vendor(),
            signature: u32::try_from(leaf_one).ok().and_then(Signature::from_eax),
        }
    }

    fn vendor(&self) -> Option<Vendor> {
        let [_, ebx, ecx, edx] = self.cpuid.get(&(0, 0))?;
        let bytes: Vec<u8> = [ebx, edx, ecx]
            .into_iter()
            .flat_map(|r| r.to_le_bytes())
            .collect();
        Vendor::from_id(std::str::from_utf8(&bytes).ok()?)
    }

    fn value(&self, place: Place) -> u64 {
        match place {
            Place::Msr(number) => self.msr.get(&number).copied().unwrap_or_default(),
            Place::Cpuid(leaf, sub_leaf, register) => {
                let Some([eax, ebx, ecx, edx]) = self.cpuid.get(&(leaf, sub_leaf)) else {
                    return 0;
                };
                u64::from(match register {
                    Register::Eax => *eax,
                    Register::Ebx => *ebx,
                    Register::Ecx => *ecx,
                    Register::Edx => *edx,
                })
            }
        }
    }
}

//! Every feature and where a processor tells it.
//!
//! A bank is one register; its text names its bits, `BIT:NAME`. Names are libvirt's; the order of the banks and bits is
//! the order in which documents list features.

use super::Register;

mod basic;
mod extended;
mod msr;
mod structured;
mod vmx;

/// One register of features.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bank {
    pub(super) place: Place,
    text: &'static str,
}

/// Where a register is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// CPUID: leaf, sub-leaf, register.
    Cpuid(u32, u32, Register),
    /// A model specific register.
    Msr(u32),
}

const fn cpuid(leaf: u32, sub_leaf: u32, register: Register, text: &'static str) -> Bank {
    Bank {
        place: Place::Cpuid(leaf, sub_leaf, register),
        text,
    }
}

const fn msr(number: u32, text: &'static str) -> Bank {
    Bank {
        place: Place::Msr(number),
        text,
    }
}

/// All banks, in the order of documents.
pub(super) fn banks() -> impl Iterator<Item = &'static Bank> {
    [
        basic::BANKS,
        structured::BANKS,
        extended::BANKS,
        msr::BANKS,
        vmx::BANKS,
    ]
    .into_iter()
    .flatten()
}

impl Bank {
    /// The bits and the names of its features.
    pub(super) fn bits(&self) -> impl Iterator<Item = (u32, &'static str)> + use<> {
        self.text.split_ascii_whitespace().filter_map(|word| {
            let (bit, name) = word.split_once(':')?;
            Some((bit.parse().ok()?, name))
        })
    }
}

/// Features that a guest cannot take along to another host.
pub(super) const NOT_MIGRATABLE: &[&str] = &["xsaves", "invtsc"];

/// Features that QEMU spells in another way: the name here, and QEMU's.
pub(super) const SPELLED_BY_QEMU: &[(&str, &str)] = &[
    ("cmp_legacy", "cmp-legacy"),
    ("ds_cpl", "ds-cpl"),
    ("fxsr_opt", "fxsr-opt"),
    ("kvm_pv_eoi", "kvm-pv-eoi"),
    ("kvm_pv_unhalt", "kvm-pv-unhalt"),
    ("lahf_lm", "lahf-lm"),
    ("nodeid_msr", "nodeid-msr"),
    ("pclmuldq", "pclmulqdq"),
    ("perfctr_core", "perfctr-core"),
    ("perfctr_nb", "perfctr-nb"),
    ("tsc_adjust", "tsc-adjust"),
    (
        "vmx-invvpid-single-context-noglobals",
        "vmx-invept-single-context-noglobals",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_every_bank_is_a_bit_and_a_name() {
        for bank in banks() {
            let words = bank.text.split_ascii_whitespace().count();
            assert_eq!(bank.bits().count(), words, "{:?}", bank.place);
            let width = if matches!(bank.place, Place::Msr(_)) {
                64
            } else {
                32
            };
            assert!(
                bank.bits()
                    .all(|(bit, name)| bit < width && !name.is_empty())
            );
        }
    }
}

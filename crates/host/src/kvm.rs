//! What KVM tells of the processor, which only the kernel can read.

use std::collections::BTreeMap;

/// The time stamp counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeStampCounter {
    /// Its frequency in Hz.
    pub frequency: u64,
    /// Whether a guest can have another frequency.
    pub scaling: bool,
}

/// The model specific registers of these numbers as KVM would give them to guests; those that it does not know are
/// left out. Empty where KVM cannot be used.
#[must_use]
#[cfg(target_arch = "x86_64")]
pub fn registers(numbers: &[u32]) -> BTreeMap<u32, u64> {
    use kvm_bindings::{Msrs, kvm_msr_entry};
    let Ok(kvm) = kvm_ioctls::Kvm::new() else {
        return BTreeMap::new();
    };
    let read = |number: &u32| {
        let entry = kvm_msr_entry {
            index: *number,
            ..kvm_msr_entry::default()
        };
        let mut one = Msrs::from_entries(&[entry]).ok()?;
        let count = kvm.get_msrs(&mut one).ok()?;
        let entry = one.as_slice().first().filter(|_| count == 1)?;
        Some((*number, entry.data))
    };
    numbers.iter().filter_map(read).collect()
}

/// Asks how fast the time stamp counter runs, through a guest that has one processor and never runs. Nothing where
/// KVM cannot be used.
#[must_use]
#[cfg(target_arch = "x86_64")]
pub fn time_stamp_counter() -> Option<TimeStampCounter> {
    let guest = kvm_ioctls::Kvm::new().ok()?.create_vm().ok()?;
    let processor = guest.create_vcpu(0).ok()?;
    Some(TimeStampCounter {
        frequency: u64::from(processor.get_tsc_khz().ok()?) * 1000,
        scaling: guest.check_extension(kvm_ioctls::Cap::TscControl),
    })
}

/// The most virtual processors that a guest can have. Nothing where KVM cannot be used.
#[must_use]
#[cfg(target_arch = "x86_64")]
pub fn max_vcpus() -> Option<u32> {
    let most = kvm_ioctls::Kvm::new().ok()?.get_max_vcpus();
    u32::try_from(most).ok()
}

/// Nobody is asked on another architecture.
#[must_use]
#[cfg(not(target_arch = "x86_64"))]
pub fn max_vcpus() -> Option<u32> {
    None
}

/// Another architecture has no such registers.
#[must_use]
#[cfg(not(target_arch = "x86_64"))]
pub fn registers(_: &[u32]) -> BTreeMap<u32, u64> {
    BTreeMap::new()
}

/// Another architecture has no such counter.
#[must_use]
#[cfg(not(target_arch = "x86_64"))]
pub fn time_stamp_counter() -> Option<TimeStampCounter> {
    None
}

#[cfg(test)]
mod tests {
    /// Needs KVM for more than the answer that there is none.
    #[test]
    fn a_register_that_nobody_has_is_left_out() {
        assert!(super::registers(&[0xffff_ffff]).is_empty());
        let usable = crate::devices::kvm(&crate::Root::default()) == crate::devices::Kvm::Usable;
        let counter = super::time_stamp_counter();
        assert!(usable || counter.is_none());
        assert!(counter.is_none_or(|counter| counter.frequency > 1_000_000));
    }
}

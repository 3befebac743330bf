//! What a running QEMU tells of its guest's CPU.

use cpu::x86::update::{Observed, update_live};
use cpu::x86::{Registers, table};
use documents::domain::{CpuCheck, CpuMode, Domain};
use qmp::commands::CpuFeatureWord;

use super::GuestCpuError;

/// Writes into the live document what QEMU gave: from then on the guest's CPU is described in full, so that it can be
/// demanded where the guest goes next.
///
/// # Errors
/// When the document demands `check='full'` and QEMU gave something else.
pub fn write(domain: &mut Domain, seen: &Observed) -> Result<(), GuestCpuError> {
    let Some(cpu) = domain.cpu.as_deref_mut() else {
        return Ok(());
    };
    let described = cpu.mode == Some(CpuMode::Custom)
        && cpu.model.as_ref().is_some_and(|model| model.name.is_some());
    if described || cpu.check == Some(CpuCheck::Full) {
        update_live(cpu, seen, table())?;
    }
    if described {
        cpu.check = Some(CpuCheck::Full);
    }
    Ok(())
}

/// Makes of the words that QEMU's CPU has as `feature-words` and as `filtered-features` what is there and what could
/// not be given. Both speak of CPUID alone.
pub fn observed(enabled: &[CpuFeatureWord], filtered: &[CpuFeatureWord]) -> Observed {
    let told = Registers::features_of_cpuid(table());
    let features = |words: &[CpuFeatureWord]| {
        let mut registers = Registers::default();
        for word in words {
            let leaf = (
                word.cpuid_input_eax,
                word.cpuid_input_ecx.unwrap_or_default(),
            );
            let answer = registers.cpuid.entry(leaf).or_default();
            let number = match word.cpuid_register.as_str() {
                "EAX" => 0,
                "EBX" => 1,
                "ECX" => 2,
                "EDX" => 3,
                _ => continue,
            };
            if let Some(register) = answer.get_mut(number) {
                *register |= word.features;
            }
        }
        registers.data(table()).features
    };
    Observed {
        told,
        enabled: features(enabled),
        missing: features(filtered),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_features() {
        let word = |eax, ecx, register: &str, features| CpuFeatureWord {
            cpuid_input_eax: eax,
            cpuid_input_ecx: ecx,
            cpuid_register: register.to_owned(),
            features,
        };
        let enabled = [
            word(1, None, "ECX", 1 << 25),
            word(7, Some(0), "EBX", 1 << 5),
        ];
        let filtered = [word(7, Some(0), "EBX", 1 << 4)];
        let seen = observed(&enabled, &filtered);
        assert_eq!(seen.enabled.names(table()), ["aes", "avx2"]);
        assert_eq!(seen.missing.names(table()), ["hle"]);
        assert!(seen.told.contains(table().feature("svm").unwrap()));
        assert!(!seen.told.contains(table().feature("rdctl-no").unwrap()));
    }
}

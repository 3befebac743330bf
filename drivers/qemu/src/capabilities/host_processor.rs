//! The host's own processor, described as documents describe one.

use cpu::x86::decode::{Wish, decode};
use cpu::x86::{Data, Registers, table};
use cpu::{Definition, Role};
use documents::domain::{Cpu, CpuFeature, CpuModel};
use host::kvm::TimeStampCounter;

use super::Arch;

/// The host's own processor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostProcessor {
    /// Architecture, model, maker and features; missing where they cannot be told.
    pub definition: Option<Definition>,
    /// The time stamp counter, where guests can rely on it.
    pub counter: Option<TimeStampCounter>,
}

impl HostProcessor {
    /// One of which nothing is known.
    pub fn unknown() -> Self {
        Self {
            definition: None,
            counter: None,
        }
    }

    /// Asks the processor, and KVM for what only the kernel can read. It blocks for some milliseconds.
    pub fn read() -> Self {
        let registers = Registers {
            cpuid: host::cpuid::leaves(&Registers::leaves_of_features()),
            msr: host::kvm::registers(&Registers::numbers_of_features()),
        };
        let data = registers.data(table());
        let native = Arch::native().filter(|arch| arch.is_x86());
        let definition = native.and_then(|arch| describe(arch, &data));
        // Only a counter that never stops says anything about time.
        let steady = table()
            .feature("invtsc")
            .is_some_and(|invtsc| data.features.contains(invtsc));
        Self {
            definition,
            counter: steady.then(host::kvm::time_stamp_counter).flatten(),
        }
    }
}

fn describe(arch: Arch, data: &Data) -> Option<Definition> {
    let wish = Wish {
        role: Role::Host,
        hypervisor: None,
        preferred: &[],
        migratable: false,
    };
    let description = match decode(data, &wish, table()) {
        Ok(description) => description,
        Err(error) => {
            tracing::warn!(%error, "the host's processor cannot be described");
            return None;
        }
    };
    let feature = |(name, _): (&str, _)| CpuFeature {
        name: name.to_owned(),
        ..CpuFeature::default()
    };
    Some(Definition {
        role: Role::Host,
        cpu: Cpu {
            arch: Some(arch.name().to_owned()),
            model: Some(CpuModel {
                name: Some(description.model.to_owned()),
                ..CpuModel::default()
            }),
            vendor: description.vendor.map(|vendor| vendor.name().to_owned()),
            features: description.features.into_iter().map(feature).collect(),
            ..Cpu::default()
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_host_can_give_what_it_is_described_as() {
        let Some(host) = HostProcessor::read().definition else {
            assert_ne!(
                std::env::consts::ARCH,
                "x86_64",
                "every x86 processor has a description"
            );
            return;
        };
        let same = cpu::compare("x86_64", Some(&host), &host);
        assert_eq!(same, Ok(cpu::Comparison::Identical));
        assert!(host.model().is_some());
    }
}

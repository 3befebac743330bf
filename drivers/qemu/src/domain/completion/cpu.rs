//! The virtual CPU's model.

use documents::domain::{
    Cpu, CpuCheck, CpuFallback, CpuFeaturePolicy, CpuMatch, CpuMode, CpuModel, Domain, DomainKind,
    MaxPhysAddrMode,
};

use crate::capabilities::{Arch, Capabilities};
use crate::domain::Host;
use crate::domain::error::CpuError;
use crate::domain::machine::{machine_arch, machine_name};

/// A guest's addresses are no longer than the host's.
///
/// # Errors
/// When the document asks for more bits than the host has.
pub(super) fn check_address_bits(domain: &Domain, host: &dyn Host) -> Result<(), CpuError> {
    let cpu = domain.cpu.as_deref();
    let asked = cpu.and_then(|cpu| cpu.maxphysaddr.as_ref());
    let asked = asked.filter(|it| it.mode == MaxPhysAddrMode::Emulate);
    let Some(bits) = asked.and_then(|it| it.bits) else {
        return Ok(());
    };
    match host.address_bits() {
        Some(limit) if bits > limit => Err(CpuError::AddressBits { limit }),
        _ => Ok(()),
    }
}

/// Fills in the CPU: a guest that names none gets its machine's default one.
pub(super) fn complete(domain: &mut Domain, capabilities: &Capabilities) -> Result<(), CpuError> {
    let kind = domain.kind;
    let arch = Arch::from_name(machine_arch(domain));
    let default = capabilities
        .machine(machine_name(domain))
        .and_then(|machine| machine.default_cpu.clone());
    // A 64-bit emulator's default is no model of a 32-bit guest's own emulator, but it runs it all the same.
    let default = default.filter(|_| arch.is_some());
    let Some(cpu) = domain.cpu.as_deref_mut() else {
        domain.cpu = default.map(|model| Box::new(by_default(Cpu::default(), model)));
        return Ok(());
    };
    complete_topology(cpu);
    let names_none = matches!(cpu.mode, None | Some(CpuMode::Custom))
        && cpu.model.as_ref().is_none_or(|model| model.name.is_none());
    if names_none {
        if let Some(model) = default {
            *cpu = by_default(std::mem::take(cpu), model);
        }
    } else {
        complete_named(cpu, kind, capabilities);
    }
    for feature in &mut cpu.features {
        feature.policy.get_or_insert(CpuFeaturePolicy::Require);
    }
    Ok(())
}

/// The default model: nothing is compared with the host, QEMU leaves out what the host lacks.
fn by_default(cpu: Cpu, model: String) -> Cpu {
    Cpu {
        mode: Some(CpuMode::Custom),
        matching: Some(CpuMatch::Exact),
        check: Some(CpuCheck::None),
        model: Some(CpuModel {
            fallback: Some(CpuFallback::Forbid),
            name: Some(model),
            ..CpuModel::default()
        }),
        ..cpu
    }
}

fn complete_named(cpu: &mut Cpu, kind: DomainKind, capabilities: &Capabilities) {
    match cpu.mode.unwrap_or_default() {
        CpuMode::Custom => {
            cpu.mode = Some(CpuMode::Custom);
            cpu.matching.get_or_insert(CpuMatch::Exact);
            if let Some(model) = &mut cpu.model {
                model.fallback.get_or_insert(CpuFallback::Allow);
            }
            let check = if kind == DomainKind::Qemu {
                CpuCheck::None
            } else {
                CpuCheck::Partial
            };
            cpu.check.get_or_insert(check);
        }
        CpuMode::HostModel => {
            cpu.check.get_or_insert(CpuCheck::Partial);
            cpu.matching = None;
            if let Some(model) = cpu.model.as_mut().filter(|model| model.name.is_some()) {
                model.fallback.get_or_insert(CpuFallback::Allow);
            }
        }
        mode @ (CpuMode::HostPassthrough | CpuMode::Maximum) => {
            cpu.check.get_or_insert(CpuCheck::None);
            cpu.matching = None;
            if mode == CpuMode::HostPassthrough && capabilities.arch.is_x86() {
                // What can migrate is known of 64-bit CPUs alone.
                let known = capabilities.arch == Arch::X86_64;
                cpu.migratable.get_or_insert(known);
            }
        }
    }
}

fn complete_topology(cpu: &mut Cpu) {
    if let Some(topology) = &mut cpu.topology {
        topology.dies.get_or_insert(1);
        topology.clusters.get_or_insert(1);
    }
}

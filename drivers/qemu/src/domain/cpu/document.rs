//! What a document may say of a guest's CPU, whatever the host.

use cpu::Definition;
use documents::domain::{Cpu, CpuCacheMode, CpuMode, CpuModel, MaxPhysAddrMode};

use super::GuestCpuError;

/// Leaves out what means nothing: a model beside a mode that has none, or without a name.
///
/// # Errors
/// When the document contradicts itself.
pub(crate) fn settle(cpu: &mut Cpu) -> Result<(), GuestCpuError> {
    // A guest's CPU is of the guest's architecture: saying so is saying nothing.
    cpu.arch = None;
    let checked = Definition::guest(std::mem::take(cpu))?;
    *cpu = checked.cpu;
    let named = |cpu: &Cpu| {
        let name = cpu.model.as_ref().and_then(|model| model.name.as_deref());
        name.is_some_and(|name| !name.is_empty())
    };
    match cpu.mode {
        Some(CpuMode::HostPassthrough | CpuMode::Maximum) => {
            cpu.model = None;
            cpu.vendor = None;
        }
        Some(CpuMode::HostModel) if !named(cpu) => {
            // The maker may still be another one than the host's.
            let vendor_id = cpu.model.take().and_then(|model| model.vendor_id);
            cpu.model = vendor_id.map(|vendor_id| CpuModel {
                vendor_id: Some(vendor_id),
                ..CpuModel::default()
            });
        }
        _ => {}
    }
    Ok(())
}

/// Checks what QEMU can do with caches and addresses.
///
/// # Errors
/// When it cannot do that.
pub(crate) fn check(cpu: &Cpu) -> Result<(), GuestCpuError> {
    let passes = matches!(cpu.mode, Some(CpuMode::HostPassthrough | CpuMode::Maximum));
    if let Some(cache) = &cpu.cache {
        match cache.mode {
            CpuCacheMode::Emulate if cache.level != Some(3) => {
                return Err(GuestCpuError::CacheEmulation);
            }
            CpuCacheMode::Emulate => {}
            CpuCacheMode::Passthrough if !passes => return Err(GuestCpuError::CachePassthrough),
            CpuCacheMode::Passthrough if cache.level.is_some() => {
                return Err(GuestCpuError::CacheLevel {
                    mode: "passthrough",
                });
            }
            CpuCacheMode::Disable if cache.level.is_some() => {
                return Err(GuestCpuError::CacheLevel { mode: "disable" });
            }
            CpuCacheMode::Passthrough | CpuCacheMode::Disable => {}
        }
    }
    match &cpu.maxphysaddr {
        Some(address) if address.mode == MaxPhysAddrMode::Passthrough && address.bits.is_some() => {
            Err(GuestCpuError::AddressBits)
        }
        _ => Ok(()),
    }
}

//! How many CPUs and threads there are, and how they are arranged.

use documents::domain::{CpuMode, Domain, DomainKind};

use crate::capabilities::Capabilities;
use crate::domain::completion::os::word;
use crate::domain::error::CpuError;

pub(super) fn check(domain: &Domain, capabilities: &Capabilities) -> Result<(), CpuError> {
    let os = domain.os.kind.as_ref();
    let machine = os.and_then(|os| os.machine.as_deref()).unwrap_or_default();
    let maximum = domain.vcpu.as_ref().map_or(1, |vcpu| vcpu.max);
    if let Some(limit) = capabilities
        .machine(machine)
        .map(|machine| machine.max_cpus)
        && limit > 0
        && maximum > limit
    {
        return Err(CpuError::TooMany { limit });
    }
    check_threads(domain)?;
    let Some(cpu) = domain.cpu.as_deref() else {
        return Ok(());
    };
    if cpu.mode == Some(CpuMode::HostPassthrough) && domain.kind != DomainKind::Kvm {
        return Err(CpuError::Mode {
            mode: word(CpuMode::HostPassthrough),
            arch: os.and_then(|os| os.arch.clone()).unwrap_or_default(),
            kind: word(domain.kind),
            host: std::env::consts::ARCH.to_owned(),
        });
    }
    if let Some(topology) = &cpu.topology {
        let product = [
            topology.sockets,
            topology.dies.unwrap_or(1),
            topology.clusters.unwrap_or(1),
            topology.cores,
            topology.threads,
        ]
        .into_iter()
        .try_fold(1u32, u32::checked_mul);
        if product != Some(maximum) {
            return Err(CpuError::Topology);
        }
    }
    Ok(())
}

fn check_threads(domain: &Domain) -> Result<(), CpuError> {
    for (at, thread) in domain.iothreadids.iter().enumerate() {
        if thread.id == 0 {
            return Err(CpuError::IoThreadZero);
        }
        if domain
            .iothreadids
            .iter()
            .take(at)
            .any(|other| other.id == thread.id)
        {
            return Err(CpuError::DuplicateIoThread { id: thread.id });
        }
    }
    Ok(())
}

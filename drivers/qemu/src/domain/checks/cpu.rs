//! How many CPUs and threads there are, and how they are arranged.

use documents::domain::Domain;

use crate::capabilities::Capabilities;
use crate::domain::cpu_list;
use crate::domain::error::CpuError;
use crate::domain::machine::machine_name;
use crate::domain::repeated::repeated;

pub(super) fn check(domain: &Domain, capabilities: &Capabilities) -> Result<(), CpuError> {
    let maximum = domain.vcpu.as_ref().map_or(1, |vcpu| vcpu.max);
    if let Some(limit) = capabilities
        .machine(machine_name(domain))
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
    let cells = cpu.numa.iter().flat_map(|numa| &numa.cells);
    let named = cells
        .filter_map(|cell| cpu_list::parse(cell.cpus.as_deref()?))
        .flatten()
        .max();
    if named.is_some_and(|highest| highest >= maximum) {
        return Err(CpuError::NumaCpus);
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
    match repeated(&domain.iothreadids, |thread| thread.id) {
        Some(thread) => Err(CpuError::DuplicateIoThread { id: thread.id }),
        None => Ok(()),
    }
}

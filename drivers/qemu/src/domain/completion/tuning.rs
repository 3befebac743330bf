//! `<cputune>`, `<blkiotune>`, `<numatune>`: lists in one form and order, and nothing that says nothing.

use std::collections::BTreeSet;

use documents::domain::{
    BlkioDevice, BlkioTune, CpuTune, Domain, IoThreadSched, NumaMemory, NumaTune, Placement,
    Scheduler, VcpuSched,
};

use super::resctrl;
use crate::domain::cpu_list;
use crate::domain::disk_limits::for_each_limit;

/// Writes what tunes the guest in the form in which it is kept.
pub(super) fn complete(domain: &mut Domain) {
    let count = domain.vcpu.as_ref().map_or(1, |vcpu| vcpu.max);
    if let Some(tune) = domain.cputune.as_deref_mut() {
        complete_cpus(tune, count);
    }
    if let Some(tune) = domain.blkiotune.as_deref_mut() {
        complete_disks(tune);
    }
    domain
        .blkiotune
        .take_if(|tune| **tune == BlkioTune::default());
    for group in &mut domain.throttlegroups {
        for_each_limit(&mut group.limits, &mut group.lengths, |_, limit| {
            limit.take_if(|limit| *limit == 0);
        });
    }
    if let Some(perf) = &mut domain.perf {
        perf.events.sort_by_key(|event| event.name);
    }
    complete_nodes(domain);
}

fn canonical(text: &mut String) {
    if let Some(numbers) = cpu_list::parse(text) {
        *text = cpu_list::format(&numbers);
    }
}

fn complete_cpus(tune: &mut CpuTune, count: u32) {
    let zero = |value: &mut u64| *value == 0;
    let none = |value: &mut i64| *value == 0;
    tune.period.take_if(zero);
    tune.global_period.take_if(zero);
    tune.emulator_period.take_if(zero);
    tune.iothread_period.take_if(zero);
    tune.quota.take_if(none);
    tune.global_quota.take_if(none);
    tune.emulator_quota.take_if(none);
    tune.iothread_quota.take_if(none);
    // A place of a virtual CPU that does not exist waits for nobody.
    tune.vcpupins.retain(|pin| pin.vcpu < count);
    tune.vcpupins.sort_by_key(|pin| pin.vcpu);
    tune.vcpupins
        .iter_mut()
        .for_each(|pin| canonical(&mut pin.cpuset));
    tune.emulatorpin.iter_mut().for_each(canonical);
    tune.iothreadpins.sort_by_key(|pin| pin.iothread);
    tune.iothreadpins
        .iter_mut()
        .for_each(|pin| canonical(&mut pin.cpuset));
    complete_schedulers(tune);
    resctrl::complete(tune, count);
}

/// One entry a thread, in order.
fn complete_schedulers(tune: &mut CpuTune) {
    let vcpus = std::mem::take(&mut tune.vcpuscheds);
    let vcpus = vcpus
        .into_iter()
        .map(|it| (it.vcpus, it.scheduler, it.priority));
    tune.vcpuscheds = one_by_one(vcpus)
        .into_iter()
        .map(|(vcpu, scheduler, priority)| VcpuSched {
            vcpus: vcpu.to_string(),
            scheduler,
            priority,
        })
        .collect();
    let threads = std::mem::take(&mut tune.iothreadscheds);
    let threads = threads
        .into_iter()
        .map(|it| (it.iothreads, it.scheduler, it.priority));
    tune.iothreadscheds = one_by_one(threads)
        .into_iter()
        .map(|(thread, scheduler, priority)| IoThreadSched {
            iothreads: thread.to_string(),
            scheduler,
            priority,
        })
        .collect();
    if let Some(emulator) = &mut tune.emulatorsched {
        emulator.priority = priority(emulator.scheduler, emulator.priority);
    }
}

type Threads = (String, Scheduler, Option<i32>);

fn one_by_one(all: impl Iterator<Item = Threads>) -> Vec<(u32, Scheduler, Option<i32>)> {
    let mut threads = Vec::new();
    for (list, scheduler, value) in all {
        let numbers = numbers(&list);
        let value = priority(scheduler, value);
        threads.extend(numbers.into_iter().map(|number| (number, scheduler, value)));
    }
    threads.sort_by_key(|(number, ..)| *number);
    threads
}

/// Only real time has priorities.
fn priority(scheduler: Scheduler, priority: Option<i32>) -> Option<i32> {
    priority.filter(|_| matches!(scheduler, Scheduler::Fifo | Scheduler::Rr))
}

fn complete_disks(tune: &mut BlkioTune) {
    let zero = |value: &mut u32| *value == 0;
    let none = |value: &mut u64| *value == 0;
    tune.weight.take_if(zero);
    for device in &mut tune.devices {
        device.weight.take_if(zero);
        device.read_iops_sec.take_if(zero);
        device.write_iops_sec.take_if(zero);
        device.read_bytes_sec.take_if(none);
        device.write_bytes_sec.take_if(none);
    }
    tune.devices.retain(|device| {
        let empty = BlkioDevice {
            path: device.path.clone(),
            ..BlkioDevice::default()
        };
        *device != empty
    });
}

/// Where memory lies follows where the CPUs run, when the host's NUMA daemon says so, and the other way round.
fn complete_nodes(domain: &mut Domain) {
    if let Some(tune) = &mut domain.numatune {
        for node in &mut tune.memnodes {
            canonical(&mut node.nodeset);
        }
        tune.memory
            .take_if(|memory| *memory == NumaMemory::default());
        if let Some(memory) = &mut tune.memory {
            memory.mode.get_or_insert_default();
            memory.nodeset.iter_mut().for_each(canonical);
            match memory.placement {
                Some(Placement::Auto) => memory.nodeset = None,
                _ if memory.nodeset.is_some() => memory.placement = None,
                _ => memory.placement = Some(Placement::Auto),
            }
        }
    }
    let automatic = |domain: &Domain| {
        let memory = domain
            .numatune
            .as_ref()
            .and_then(|tune| tune.memory.as_ref());
        memory.is_some_and(|memory| memory.placement == Some(Placement::Auto))
    };
    let tune = domain.cputune.as_deref();
    let pinned = domain.vcpu.as_ref().is_some_and(|it| it.cpuset.is_some())
        || tune.is_some_and(|tune| {
            !tune.vcpupins.is_empty() || tune.emulatorpin.is_some() || !tune.iothreadpins.is_empty()
        });
    let asked = |domain: &Domain| {
        let placement = domain.vcpu.as_ref().and_then(|vcpu| vcpu.placement);
        placement == Some(Placement::Auto)
    };
    if automatic(domain)
        && !pinned
        && let Some(vcpu) = &mut domain.vcpu
    {
        vcpu.placement = Some(Placement::Auto);
    }
    let placed = domain
        .numatune
        .as_ref()
        .is_some_and(|tune| tune.memory.is_some() || !tune.memnodes.is_empty());
    if asked(domain) && !placed {
        domain.numatune.get_or_insert_with(NumaTune::default).memory = Some(NumaMemory {
            mode: Some(documents::domain::NumaMode::Strict),
            nodeset: None,
            placement: Some(Placement::Auto),
        });
    }
}

/// The numbers of a list that has been checked.
pub(crate) fn numbers(text: &str) -> BTreeSet<u32> {
    cpu_list::parse(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(content: &str, expected: &str) {
        let text =
            format!("<domain type='qemu'><name>a</name><vcpu>2</vcpu>{content}<os/></domain>");
        let mut domain: Domain = xml::parse(&text, &xml::Options::lenient()).unwrap();
        complete(&mut domain);
        let text = xml::format(&domain);
        let flat: String = text.lines().map(str::trim).collect();
        assert!(flat.contains(expected), "{flat}");
    }

    #[test]
    fn each_thread_has_an_entry_of_its_own() {
        check(
            "<cputune><vcpusched vcpus='0-1' scheduler='batch' priority='1'/></cputune>",
            "<vcpusched vcpus='0' scheduler='batch'/><vcpusched vcpus='1' scheduler='batch'/>",
        );
        check(
            "<cputune><vcpupin vcpu='9' cpuset='0'/><vcpupin vcpu='1' cpuset='1,0'/></cputune>",
            "<cputune><vcpupin vcpu='1' cpuset='0-1'/></cputune>",
        );
    }

    #[test]
    fn what_says_nothing_is_dropped() {
        check(
            "<blkiotune><weight>0</weight><device><path>/dev/sda</path></device></blkiotune>",
            "</vcpu><os",
        );
        check("<cputune><period>0</period></cputune>", "</vcpu><os");
        check("<numatune><memory/></numatune>", "</vcpu><os");
    }

    #[test]
    fn automatic_placement_is_of_cpus_and_memory() {
        let both = "<numatune><memory mode='strict' placement='auto'/></numatune>";
        check("<numatune><memory placement='auto'/></numatune>", both);
        check(
            "<numatune><memory placement='auto'/></numatune>",
            "<vcpu placement='auto'>2</vcpu>",
        );
    }
}

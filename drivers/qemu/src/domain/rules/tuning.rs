//! `<cputune>`, `<blkiotune>`, `<resource>`, `<perf>`: values and lists.

use std::collections::BTreeSet;

use documents::domain::{CpuTune, Domain, IdMapEntry, Scheduler};

use super::numbers;
use crate::domain::completion::os::word;
use crate::domain::error::TuningError;
use crate::domain::repeated::repeated;

/// The shortest period or quota of CPU time, in microseconds.
pub(crate) const SHORTEST: u64 = 1_000;
/// The longest period of CPU time, in microseconds.
pub(crate) const LONGEST_PERIOD: u64 = 1_000_000;
/// The largest quota of CPU time, in microseconds: the kernel counts nanoseconds.
pub(crate) const LARGEST_QUOTA: u64 = 17_592_186_044_415;

pub(super) fn check(domain: &Domain) -> Result<(), TuningError> {
    check_devices(domain)?;
    if let Some(tune) = domain.cputune.as_deref() {
        check_bandwidth(tune)?;
        check_pins(tune)?;
        check_schedulers(tune)?;
        check_vcpus(domain, tune)?;
        super::super::completion::resctrl::groups(domain)?;
    }
    if let Some(text) = domain.vcpu.as_ref().and_then(|vcpu| vcpu.cpuset.as_deref()) {
        numbers(text)?;
    }
    if let Some(resource) = &domain.resource {
        let named = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.is_empty());
        if !named(&resource.partition) && !named(&resource.fibrechannel) {
            return Err(TuningError::EmptyResource);
        }
    }
    if let Some(map) = &domain.idmap {
        if map.uids.is_empty() != map.gids.is_empty() {
            return Err(TuningError::HalfIdMap);
        }
        let rootless = |all: &[IdMapEntry]| !all.is_empty() && all.iter().all(|it| it.start != 0);
        if rootless(&map.uids) || rootless(&map.gids) {
            return Err(TuningError::IdMapWithoutRoot);
        }
    }
    let mut events = Vec::new();
    for event in domain.perf.iter().flat_map(|perf| &perf.events) {
        if events.contains(&event.name) {
            let name = word(event.name);
            return Err(TuningError::DuplicateEvent { name });
        }
        events.push(event.name);
    }
    Ok(())
}

fn check_devices(domain: &Domain) -> Result<(), TuningError> {
    let Some(tune) = domain.blkiotune.as_deref() else {
        return Ok(());
    };
    match repeated(&tune.devices, |device| device.path.as_str()) {
        Some(device) => Err(TuningError::DuplicateDevice {
            path: device.path.clone(),
        }),
        None => Ok(()),
    }
}

/// Virtual CPUs that are scheduled exist.
fn check_vcpus(domain: &Domain, tune: &CpuTune) -> Result<(), TuningError> {
    let count = domain.vcpu.as_ref().map_or(1, |vcpu| vcpu.max);
    for sched in &tune.vcpuscheds {
        if let Some(id) = numbers(&sched.vcpus)?
            .into_iter()
            .find(|vcpu| *vcpu >= count)
        {
            return Err(TuningError::NoVcpu { id });
        }
    }
    Ok(())
}

/// Zero says nothing; a negative quota says "none".
fn check_bandwidth(tune: &CpuTune) -> Result<(), TuningError> {
    let quota = |quota: Option<i64>| quota.and_then(|it| u64::try_from(it).ok());
    let values = [
        ("period", tune.period, LONGEST_PERIOD),
        ("quota", quota(tune.quota), LARGEST_QUOTA),
        ("global_period", tune.global_period, LONGEST_PERIOD),
        ("global_quota", quota(tune.global_quota), LARGEST_QUOTA),
        ("emulator_period", tune.emulator_period, LONGEST_PERIOD),
        ("emulator_quota", quota(tune.emulator_quota), LARGEST_QUOTA),
        ("iothread_period", tune.iothread_period, LONGEST_PERIOD),
        ("iothread_quota", quota(tune.iothread_quota), LARGEST_QUOTA),
    ];
    for (name, value, max) in values {
        if value.is_some_and(|value| value > 0 && !(SHORTEST..=max).contains(&value)) {
            let min = SHORTEST;
            return Err(TuningError::Range { name, min, max });
        }
    }
    Ok(())
}

fn check_pins(tune: &CpuTune) -> Result<(), TuningError> {
    for (at, pin) in tune.vcpupins.iter().enumerate() {
        let vcpu = pin.vcpu;
        if tune
            .vcpupins
            .iter()
            .take(at)
            .any(|other| other.vcpu == vcpu)
        {
            return Err(TuningError::DuplicatePin { vcpu });
        }
        numbers(&pin.cpuset)?;
    }
    if let Some(cpus) = &tune.emulatorpin {
        numbers(cpus)?;
    }
    for (at, pin) in tune.iothreadpins.iter().enumerate() {
        let iothread = pin.iothread;
        if iothread == 0 {
            return Err(TuningError::IoThreadZero);
        }
        let mut before = tune.iothreadpins.iter().take(at);
        if before.any(|other| other.iothread == iothread) {
            return Err(TuningError::DuplicateThreadPin { iothread });
        }
        numbers(&pin.cpuset)?;
    }
    Ok(())
}

fn check_schedulers(tune: &CpuTune) -> Result<(), TuningError> {
    let vcpus = tune
        .vcpuscheds
        .iter()
        .map(|it| (it.vcpus.as_str(), it.scheduler, it.priority));
    check_scheduler("vcpusched", "vcpus", vcpus)?;
    let threads = tune
        .iothreadscheds
        .iter()
        .map(|it| (it.iothreads.as_str(), it.scheduler, it.priority));
    check_scheduler("iothreadsched", "iothreads", threads)?;
    tune.emulatorsched.as_ref().map_or(Ok(()), |it| {
        check_priority("emulatorsched", it.scheduler, it.priority)
    })
}

fn check_scheduler<'a>(
    element: &'static str,
    name: &'static str,
    all: impl Iterator<Item = (&'a str, Scheduler, Option<i32>)>,
) -> Result<(), TuningError> {
    let mut taken = BTreeSet::new();
    for (threads, scheduler, priority) in all {
        let threads = numbers(threads)?;
        check_priority(element, scheduler, priority)?;
        for thread in threads {
            if !taken.insert(thread) {
                return Err(TuningError::SchedulersOverlap { element, name });
            }
        }
    }
    Ok(())
}

fn check_priority(
    element: &'static str,
    scheduler: Scheduler,
    priority: Option<i32>,
) -> Result<(), TuningError> {
    match (scheduler, priority) {
        (Scheduler::Fifo | Scheduler::Rr, None) => Err(TuningError::NoPriority { element }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use protocol::error::{Code, Origin};

    const ARGUMENT: Option<(Code, Origin)> = Some((Code::InvalidArg, Origin::None));
    const INTERNAL: Option<(Code, Origin)> = Some((Code::InternalError, Origin::Domain));
    const NOWHERE: Option<(Code, Origin)> = Some((Code::ConfigUnsupported, Origin::Domain));

    fn tune(content: &str, expected: Option<(Code, Origin)>) {
        check(&format!("<cputune>{content}</cputune>"), expected);
    }

    #[test]
    fn bandwidths_have_limits() {
        tune("<period>1000</period><quota>-1</quota>", None);
        tune("<period>0</period>", None);
        tune("<period>999</period>", NOWHERE);
        tune("<emulator_period>1000001</emulator_period>", NOWHERE);
        tune("<global_quota>17592186044416</global_quota>", NOWHERE);
    }

    #[test]
    fn a_thread_is_pinned_once_and_to_a_list() {
        let pin = "<vcpupin vcpu='0' cpuset='0'/>";
        tune(pin, None);
        tune(&format!("{pin}{pin}"), INTERNAL);
        tune("<vcpupin vcpu='0' cpuset=''/>", ARGUMENT);
        tune("<emulatorpin cpuset='x'/>", ARGUMENT);
        let pin = "<iothreadpin iothread='1' cpuset='0'/>";
        tune(&format!("{pin}{pin}"), INTERNAL);
    }

    #[test]
    fn real_time_needs_a_priority() {
        tune("<vcpusched vcpus='0' scheduler='batch'/>", None);
        tune(
            "<vcpusched vcpus='0' scheduler='fifo'/>",
            Some((Code::XmlError, Origin::Xml)),
        );
        tune(
            "<vcpusched vcpus='0-1' scheduler='batch'/><vcpusched vcpus='1' scheduler='idle'/>",
            Some((Code::XmlDetail, Origin::Domain)),
        );
    }

    #[test]
    fn a_virtual_cpu_that_is_scheduled_exists() {
        let sched = |vcpus: &str| {
            format!("<cputune><vcpusched vcpus='{vcpus}' scheduler='batch'/></cputune>")
        };
        check(&format!("<vcpu>2</vcpu>{}", sched("0-1")), None);
        let absent = Some((Code::ConfigUnsupported, Origin::Domain));
        check(&format!("<vcpu>2</vcpu>{}", sched("2")), absent);
    }

    #[test]
    fn a_map_of_users_has_root() {
        let map = |uid: u32, gid: u32| {
            let entry = |start: u32| format!("start='{start}' target='1000' count='10'");
            let (user, group) = (entry(uid), entry(gid));
            format!(
                "<idmap><uid {user}/><uid start='9' target='9' count='1'/><gid {group}/></idmap>"
            )
        };
        check(&map(0, 0), None);
        check(&map(1, 0), NOWHERE);
        check(&map(0, 65536), NOWHERE);
    }

    #[test]
    fn names_appear_once() {
        let device = "<device><path>/dev/sda</path></device>";
        check(&format!("<blkiotune>{device}{device}</blkiotune>"), NOWHERE);
        let event = "<event name='cmt' enabled='yes'/>";
        check(
            &format!("<perf>{event}{event}</perf>"),
            Some((Code::XmlError, Origin::Domain)),
        );
        check("<resource/>", Some((Code::InternalError, Origin::None)));
    }
}

//! Where and when a guest's threads run: each on the CPUs, with the scheduler and in the group that the document
//! gives it.

use std::collections::BTreeSet;
use std::io;

use documents::domain::{CpuTune, Domain, NumaMode, Placement, Scheduler};
use process::{Policy, schedule};
use protocol::error::Code;
use qmp::commands::IothreadInfo;
use rustix::process::Pid;
use rustix::thread::{CpuSet, sched_setaffinity};

use super::advice::Advice;
use crate::domain::completion::tuning::numbers;
use crate::domain::cpu_list;
use crate::vm::control_group::{ControlGroup, CpuLimits, CpuPlaces, GroupError};
use crate::vm::resctrl::{ResourceError, ResourceGroups};

/// The threads of a process that QEMU has named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::vm) struct Threads {
    /// Those of the virtual CPUs, by their number.
    pub(in crate::vm) vcpus: Vec<(u32, i32)>,
    /// Those for I/O, by their number.
    pub(in crate::vm) iothreads: Vec<(u32, i32)>,
}

/// What was made and found out for a VM before its threads were there.
#[derive(Debug, Clone, Default)]
pub(in crate::vm) struct Allotted {
    /// Its control group, where it has one.
    pub(super) group: Option<ControlGroup>,
    /// Its resource groups.
    pub(super) shares: ResourceGroups,
    /// Where the host's NUMA daemon would put it.
    pub(super) advice: Option<Advice>,
}

impl Allotted {
    /// A control group alone.
    pub(in crate::vm) fn in_group(group: Option<ControlGroup>) -> Self {
        Self {
            group,
            ..Self::default()
        }
    }
}

/// Why a thread is not where it should be.
#[derive(Debug, thiserror::Error)]
pub enum PlaceError {
    /// Its control group.
    #[error(transparent)]
    Group(#[from] GroupError),
    /// Its resource group.
    #[error(transparent)]
    Resource(#[from] ResourceError),
    /// The threads of the process cannot be listed.
    #[error("cannot list the threads of process {pid}")]
    List {
        /// The process.
        pid: i32,
        /// What the kernel said.
        source: io::Error,
    },
    /// Its CPUs.
    #[error("cannot run {what} on the CPUs {cpus}")]
    Affinity {
        /// Which thread: `vcpu0`.
        what: String,
        /// The host's CPUs, as a list: `0-3,8`.
        cpus: String,
        /// What the kernel said.
        source: io::Error,
    },
    /// Its scheduler.
    #[error(
        "cannot set the scheduler of {what}: real time takes root, and time for its control group (cpu.rt_runtime_us)"
    )]
    Scheduler {
        /// Which thread: `iothread1`.
        what: String,
        /// What the kernel said.
        source: io::Error,
    },
}

impl PlaceError {
    /// The public error number.
    pub(crate) fn code(&self) -> Code {
        match self {
            Self::Group(error) => error.code(),
            Self::Resource(error) => error.code(),
            Self::List { .. } | Self::Affinity { .. } | Self::Scheduler { .. } => Code::SystemError,
        }
    }
}

/// The number of an I/O thread of the document, and its thread of the host.
pub(in crate::vm) fn iothread(info: &IothreadInfo) -> Option<(u32, i32)> {
    let number = info.id.strip_prefix("iothread")?.parse().ok()?;
    Some((number, info.thread_id))
}

/// What some threads get.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Share {
    /// Their group's name.
    name: String,
    threads: Vec<i32>,
    cpus: Option<BTreeSet<u32>>,
    nodes: Option<String>,
    time: CpuLimits,
    policy: Option<Policy>,
}

/// Puts every thread of a process where the document says.
///
/// # Errors
/// When the kernel refuses. A thread that has ended needs nothing.
pub(in crate::vm) fn place(
    domain: &Domain,
    pid: Pid,
    threads: &Threads,
    allotted: &Allotted,
) -> Result<(), PlaceError> {
    let all = process::threads(pid).map_err(|source| PlaceError::List {
        pid: number(pid),
        source,
    })?;
    let all: Vec<_> = all.into_iter().map(number).collect();
    let Allotted {
        group,
        shares: resources,
        advice,
    } = allotted;
    let shares = shares(domain, threads, &all, advice.as_ref());
    let mut shares = shares.iter();
    shares.try_for_each(|share| share.give(group.as_ref()))?;
    let mut vcpus = threads.vcpus.iter();
    vcpus.try_for_each(|(vcpu, thread)| Ok(resources.add(*vcpu, *thread)?))
}

fn shares(domain: &Domain, threads: &Threads, all: &[i32], advice: Option<&Advice>) -> Vec<Share> {
    let tune = domain.cputune.as_deref().cloned().unwrap_or_default();
    let usual = usual(domain, advice);
    let cpus = |pin: Option<&str>| pin.map(numbers).or_else(|| usual.clone());
    let nodes = |vcpu| nodes(domain, vcpu, advice);
    let vcpus = threads.vcpus.iter().map(|(id, thread)| {
        let pin = tune.vcpupins.iter().find(|pin| pin.vcpu == *id);
        Share {
            name: format!("vcpu{id}"),
            threads: vec![*thread],
            cpus: cpus(pin.map(|pin| pin.cpuset.as_str())),
            nodes: nodes(Some(*id)),
            time: time(tune.period, tune.quota),
            policy: vcpu_policy(&tune, *id),
        }
    });
    let iothreads = threads.iothreads.iter().map(|(id, thread)| {
        let pin = tune.iothreadpins.iter().find(|pin| pin.iothread == *id);
        Share {
            name: format!("iothread{id}"),
            threads: vec![*thread],
            cpus: cpus(pin.map(|pin| pin.cpuset.as_str())),
            nodes: nodes(None),
            time: time(tune.iothread_period, tune.iothread_quota),
            policy: iothread_policy(&tune, *id),
        }
    });
    let named = |thread: &&i32| {
        let mut named = threads.vcpus.iter().chain(&threads.iothreads);
        named.any(|(_, other)| other == *thread)
    };
    let emulator = Share {
        name: "emulator".to_owned(),
        threads: all.iter().filter(|it| !named(it)).copied().collect(),
        cpus: cpus(tune.emulatorpin.as_deref()),
        nodes: nodes(None),
        time: time(tune.emulator_period, tune.emulator_quota),
        policy: tune
            .emulatorsched
            .as_ref()
            .map(|sched| policy(sched.scheduler, sched.priority)),
    };
    vcpus.chain(iothreads).chain([emulator]).collect()
}

/// The CPUs of every thread that has none of its own.
fn usual(domain: &Domain, advice: Option<&Advice>) -> Option<BTreeSet<u32>> {
    let vcpu = domain.vcpu.as_ref()?;
    match &vcpu.cpuset {
        Some(cpus) => Some(numbers(cpus)),
        None if vcpu.placement == Some(Placement::Auto) => Some(advice?.cpus.clone()),
        None => None,
    }
}

fn time(period: Option<u64>, quota: Option<i64>) -> CpuLimits {
    CpuLimits {
        shares: None,
        period,
        quota,
    }
}

fn policy(scheduler: Scheduler, priority: Option<i32>) -> Policy {
    let priority = priority.unwrap_or(0);
    match scheduler {
        Scheduler::Batch => Policy::Batch,
        Scheduler::Idle => Policy::Idle,
        Scheduler::Fifo => Policy::Fifo(priority),
        Scheduler::Rr => Policy::RoundRobin(priority),
    }
}

fn vcpu_policy(tune: &CpuTune, id: u32) -> Option<Policy> {
    let has = |list: &str| numbers(list).contains(&id);
    let sched = tune.vcpuscheds.iter().find(|sched| has(&sched.vcpus))?;
    Some(policy(sched.scheduler, sched.priority))
}

fn iothread_policy(tune: &CpuTune, id: u32) -> Option<Policy> {
    let has = |list: &str| numbers(list).contains(&id);
    let sched = tune.iothreadscheds.iter().find(|it| has(&it.iothreads))?;
    Some(policy(sched.scheduler, sched.priority))
}

/// The nodes that control groups keep a thread's memory on: those of the virtual CPU's cell, else those of all. The
/// other modes are told to QEMU.
fn nodes(domain: &Domain, vcpu: Option<u32>, advice: Option<&Advice>) -> Option<String> {
    let tune = domain.numatune.as_ref()?;
    let cell = vcpu.and_then(|vcpu| cell(domain, vcpu));
    let own = tune.memnodes.iter().find(|node| Some(node.cellid) == cell);
    let own = own.filter(|node| node.mode == NumaMode::Restrictive);
    let whole = tune.memory.as_ref();
    let whole = whole.filter(|memory| memory.mode == Some(NumaMode::Restrictive));
    let advised = || Some(cpu_list::format(&advice?.nodes));
    let whole = whole.and_then(|memory| memory.nodeset.clone().or_else(advised));
    own.map(|node| node.nodeset.clone()).or(whole)
}

/// The guest's cell in which a virtual CPU is.
fn cell(domain: &Domain, vcpu: u32) -> Option<u32> {
    let numa = domain.cpu.as_ref()?.numa.as_ref()?;
    let mut cells = (0..).zip(&numa.cells);
    let (index, cell) = cells.find(|(_, cell)| {
        let cpus = cell.cpus.as_deref().map(numbers);
        cpus.is_some_and(|cpus| cpus.contains(&vcpu))
    })?;
    Some(cell.id.unwrap_or(index))
}

impl Share {
    fn give(&self, group: Option<&ControlGroup>) -> Result<(), PlaceError> {
        if let Some(group) = group {
            self.enter(group)?;
        }
        let affinity = self.cpus.as_ref().map(set_of);
        for thread in &self.threads {
            let thread = Pid::from_raw(*thread);
            if let Some(cpus) = &affinity {
                let set = sched_setaffinity(thread, cpus).map_err(io::Error::from);
                ignore_ended(set).map_err(|source| PlaceError::Affinity {
                    what: self.name.clone(),
                    cpus: self.cpu_list().unwrap_or_default(),
                    source,
                })?;
            }
            if let Some((thread, policy)) = thread.zip(self.policy) {
                ignore_ended(schedule(thread, policy)).map_err(|source| PlaceError::Scheduler {
                    what: self.name.clone(),
                    source,
                })?;
            }
        }
        Ok(())
    }

    fn enter(&self, group: &ControlGroup) -> Result<(), GroupError> {
        use crate::vm::control_group::Controller;
        let group = group.make_threads(&self.name)?;
        self.time.set(&group)?;
        let places = CpuPlaces {
            cpus: self.cpu_list(),
            nodes: self.nodes.clone(),
        };
        // Without this controller the affinity alone keeps threads where they are to be.
        if group.has(Controller::Cpuset) {
            places.set(&group)?;
        }
        let mut threads = self.threads.iter();
        threads.try_for_each(|thread| group.add_thread(*thread))
    }

    fn cpu_list(&self) -> Option<String> {
        self.cpus.as_ref().map(cpu_list::format)
    }
}

fn number(thread: Pid) -> i32 {
    thread.as_raw_nonzero().get()
}

fn set_of(cpus: &BTreeSet<u32>) -> CpuSet {
    let mut set = CpuSet::new();
    for cpu in cpus {
        // A number beyond the kernel's own is no CPU of this host.
        if let Some(cpu) = usize::try_from(*cpu)
            .ok()
            .filter(|it| *it < CpuSet::MAX_CPU)
        {
            set.set(cpu);
        }
    }
    set
}

fn ignore_ended(result: io::Result<()>) -> io::Result<()> {
    let ended = rustix::io::Errno::SRCH.raw_os_error();
    match result {
        Err(error) if error.raw_os_error() == Some(ended) => Ok(()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(content: &str) -> Vec<Share> {
        let text = format!("<domain type='qemu'><name>a</name>{content}<os/></domain>");
        let domain: Domain = xml::parse(&text, &xml::Options::lenient()).unwrap();
        let threads = Threads {
            vcpus: vec![(0, 10), (1, 11)],
            iothreads: vec![(7, 12)],
        };
        let advice = Advice {
            nodes: [1].into(),
            cpus: [4, 5].into(),
        };
        shares(&domain, &threads, &[9, 10, 11, 12, 13], Some(&advice))
    }

    #[test]
    fn what_the_document_leaves_open_is_where_it_is_advised() {
        let shares = of(
            "<vcpu placement='auto'>2</vcpu><cputune><vcpupin vcpu='1' cpuset='1'/>\
             </cputune><numatune><memory mode='restrictive' placement='auto'/></numatune>",
        );
        let cpus: Vec<_> = shares.iter().filter_map(Share::cpu_list).collect();
        assert_eq!(cpus, ["4-5", "1", "4-5", "4-5"]);
        assert_eq!(shares[0].nodes.as_deref(), Some("1"));
    }

    #[test]
    fn each_thread_has_its_own_cpus_or_the_usual_ones() {
        let shares = of("<vcpu cpuset='0-3'>2</vcpu><cputune>\
             <vcpupin vcpu='1' cpuset='1'/><emulatorpin cpuset='2'/>\
             <iothreadpin iothread='7' cpuset='3'/></cputune>");
        let found: Vec<_> = shares
            .iter()
            .map(|share| {
                let cpus = share.cpu_list().unwrap();
                (share.name.as_str(), share.threads.as_slice(), cpus)
            })
            .collect();
        let expected: [(&str, &[i32], String); 4] = [
            ("vcpu0", &[10], "0-3".to_owned()),
            ("vcpu1", &[11], "1".to_owned()),
            ("iothread7", &[12], "3".to_owned()),
            ("emulator", &[9, 13], "2".to_owned()),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn each_thread_has_its_own_scheduler_and_time() {
        let shares = of(
            "<vcpu>2</vcpu><cputune><period>5000</period><quota>2000</quota>\
             <emulator_quota>1000</emulator_quota>\
             <vcpusched vcpus='1' scheduler='fifo' priority='3'/>\
             <iothreadsched iothreads='7' scheduler='idle'/></cputune>",
        );
        let policies: Vec<_> = shares.iter().map(|share| share.policy).collect();
        let expected = [None, Some(Policy::Fifo(3)), Some(Policy::Idle), None];
        assert_eq!(policies, expected);
        let quotas: Vec<_> = shares.iter().map(|share| share.time.quota).collect();
        assert_eq!(quotas, [Some(2000), Some(2000), None, Some(1000)]);
    }

    #[test]
    fn a_virtual_cpu_uses_the_nodes_of_its_cell() {
        let shares = of(
            "<vcpu>2</vcpu><numatune><memory mode='restrictive' nodeset='0-1'/>\
             <memnode cellid='1' mode='restrictive' nodeset='1'/></numatune>\
             <cpu><numa><cell id='0' cpus='0' memory='1'/><cell id='1' cpus='1' memory='1'/></numa></cpu>",
        );
        let nodes: Vec<_> = shares.iter().map(|it| it.nodes.as_deref()).collect();
        assert_eq!(nodes, [Some("0-1"), Some("1"), Some("0-1"), Some("0-1")]);
    }

    #[test]
    fn a_thread_runs_where_it_is_put() {
        let own = rustix::thread::gettid();
        let allowed = rustix::thread::sched_getaffinity(None).unwrap();
        let first = (0..64).find(|cpu| allowed.is_set(*cpu)).unwrap();
        let share = Share {
            name: "vcpu0".to_owned(),
            threads: vec![own.as_raw_nonzero().get()],
            cpus: Some([u32::try_from(first).unwrap()].into()),
            nodes: None,
            time: CpuLimits::default(),
            policy: Some(Policy::Batch),
        };
        share.give(None).unwrap();
        let now = rustix::thread::sched_getaffinity(None).unwrap();
        assert_eq!(now.count(), 1);
    }
}

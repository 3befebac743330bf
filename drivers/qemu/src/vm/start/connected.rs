//! The phase in which QEMU listens to us.

use std::sync::Arc;

use documents::domain::{Domain, LifecycleAction};
use qmp::commands::{
    Action, CpuFeatureWord, CpuInfoFast, QomGet, QueryChardev, QueryCpusFast,
    QueryHotpluggableCpus, QueryIothreads, SetAction,
};
use qmp::{Events, Monitor};

use ::cpu::x86::update::Observed;
use rustix::process::Pid;
use serde_json::Value;

use super::configured::Configured;
use super::passwords::passwords;
use super::spawned::Spawned;
use super::threads::{self, Threads};
use super::{Abort, Interruption, StartError, plug, settings, terminals};
use crate::domain::{DomainError, cpu};
use crate::vm::perf::Counters;

/// A process whose monitor is connected.
#[derive(Debug)]
pub(super) struct Connected {
    pub(super) spawned: Spawned,
    pub(super) monitor: Monitor,
    pub(super) events: Events,
}

/// What QEMU was asked about itself.
struct Answers {
    chardevs: Vec<qmp::commands::ChardevInfo>,
    threads: Threads,
    cpu: Option<Observed>,
}

impl Connected {
    /// Asks what only QEMU knows and tells what cannot be said in arguments, all in one go.
    pub(super) async fn configure(self, abort: &mut Abort) -> Result<Configured, StartError> {
        let process = self.spawned.process.clone();
        let dialogue = dialogue(&self.monitor, &self.spawned.prepared.document);
        match abort.guard(&process, dialogue).await {
            Ok(Ok(answers)) => {
                let counters = match self.place(&answers.threads).await {
                    Ok(counters) => counters,
                    Err(error) => {
                        self.spawned.unwind().await;
                        return Err(error);
                    }
                };
                let mut document = self.spawned.prepared.document.clone();
                let seen = answers.cpu.as_ref();
                let written = seen.map_or(Ok(()), |seen| cpu::write(&mut document, seen));
                match written {
                    Ok(()) => Ok(self.configured(answers, document, counters)),
                    Err(error) => {
                        self.spawned.unwind().await;
                        Err(DomainError::from(error).into())
                    }
                }
            }
            Ok(Err(qmp::Error::Disconnected { .. })) if self.spawned.is_ending().await => {
                Err(self.spawned.interrupted(Interruption::Exited).await)
            }
            Ok(Err(source)) => {
                let name = self.spawned.prepared.name.clone();
                self.spawned.unwind().await;
                Err(StartError::Configure { name, source })
            }
            Err(interruption) => Err(self.spawned.interrupted(interruption).await),
        }
    }

    /// Puts the threads where the document says and counts what they do, before any of them runs the guest.
    async fn place(&self, threads: &Threads) -> Result<Counters, StartError> {
        let prepared = &self.spawned.prepared;
        let (allotted, name) = (prepared.allotted(), prepared.name.clone());
        let (document, threads) = (prepared.document.clone(), threads.clone());
        let Some(pid) = Pid::from_raw(self.spawned.process.pid()) else {
            return Ok(Counters::default());
        };
        // Moving a thread from group to group waits for the kernel.
        let placing = tokio::task::spawn_blocking(move || {
            let placed = threads::place(&document, pid, &threads, &allotted);
            placed.map_err(|source| StartError::Place {
                name: name.clone(),
                source,
            })?;
            Counters::of(&document, pid).map_err(|source| StartError::Count { name, source })
        });
        match placing.await {
            Ok(placed) => placed,
            // It is cancelled only with the runtime.
            Err(_) => Err(StartError::ShuttingDown),
        }
    }

    fn configured(self, answers: Answers, mut document: Domain, counters: Counters) -> Configured {
        let Self {
            spawned: Spawned { prepared, process },
            monitor,
            events,
        } = self;
        terminals::fill_in(&mut document, &answers.chardevs);
        let (resources, autodestroy) = prepared.into_resources();
        let vcpus = answers.threads.vcpus;
        let vcpu_threads = vcpus.into_iter().map(|(_, thread)| thread).collect();
        Configured {
            process,
            monitor,
            events,
            document,
            vcpu_threads,
            counters: Arc::new(counters),
            resources,
            autodestroy,
        }
    }
}

async fn dialogue(monitor: &Monitor, document: &Domain) -> Result<Answers, qmp::Error> {
    plug_cpus(monitor, document).await?;
    let chardevs = monitor.submit(&QueryChardev);
    let cpus = monitor.submit(&QueryCpusFast);
    let iothreads = monitor.submit(&QueryIothreads);
    // A guest that must not reboot powers off instead, which ends the process.
    let action = (document.on_reboot == Some(LifecycleAction::Destroy)).then(|| {
        monitor.submit(&SetAction {
            reboot: Some(Action::Shutdown),
            ..SetAction::default()
        })
    });
    let passwords: Vec<_> = passwords(document)
        .map(|(set, expire)| (monitor.submit(&set), monitor.submit(&expire)))
        .collect();
    let settings: Vec<_> = settings::commands(document)
        .into_iter()
        .map(|(name, arguments)| monitor.submit_raw(name, Some(arguments)))
        .collect();
    let chardevs = chardevs.await?;
    let mut cpus = cpus.await?;
    let iothreads = iothreads.await?;
    if let Some(action) = action {
        action.await?;
    }
    for (set, expire) in passwords {
        set.await?;
        expire.await?;
    }
    for setting in settings {
        setting.await?;
    }
    cpus.sort_by_key(|cpu| cpu.cpu_index);
    let cpu = match cpus.first().filter(|_| document.cpu.is_some()) {
        Some(first) => observed(monitor, first).await?,
        None => None,
    };
    Ok(Answers {
        chardevs,
        cpu,
        threads: Threads {
            vcpus: cpus
                .iter()
                .map(|cpu| (cpu.cpu_index, cpu.thread_id))
                .collect(),
            iothreads: iothreads.iter().filter_map(threads::iothread).collect(),
        },
    })
}

/// Plugs in the virtual CPUs that QEMU started without, one after the other: their order is what the guest sees.
async fn plug_cpus(monitor: &Monitor, document: &Domain) -> Result<(), qmp::Error> {
    let wanted = plug::wanted(document);
    if wanted.is_empty() {
        return Ok(());
    }
    let slots = monitor.execute(&QueryHotpluggableCpus).await?;
    for device in plug::devices(&wanted, slots) {
        monitor.execute_raw("device_add", Some(device)).await?;
    }
    Ok(())
}

/// Asks which features the guest's first processor has. Only those of the x86 line tell.
async fn observed(monitor: &Monitor, cpu: &CpuInfoFast) -> Result<Option<Observed>, qmp::Error> {
    let ask = |property: &str| {
        monitor.submit(&QomGet {
            path: cpu.qom_path.clone(),
            property: property.to_owned(),
        })
    };
    let (enabled, filtered) = (ask("feature-words"), ask("filtered-features"));
    let words = |answer: Result<Value, qmp::Error>| match answer {
        Ok(value) => Ok(serde_json::from_value::<Vec<CpuFeatureWord>>(value).ok()),
        Err(error) if error.refused().is_some() => Ok(None),
        Err(error) => Err(error),
    };
    let (enabled, filtered) = (words(enabled.await)?, words(filtered.await)?);
    Ok(enabled
        .zip(filtered)
        .map(|(enabled, filtered)| cpu::observed(&enabled, &filtered)))
}

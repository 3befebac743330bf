//! The phase in which QEMU listens to us.

use documents::domain::{Domain, LifecycleAction};
use qmp::commands::{
    Action, CpuFeatureWord, CpuInfoFast, QomGet, QueryChardev, QueryCpusFast, SetAction,
};
use qmp::{Events, Monitor};

use ::cpu::x86::update::Observed;
use serde_json::Value;

use super::configured::Configured;
use super::passwords::passwords;
use super::spawned::Spawned;
use super::{Abort, Interruption, StartError, settings, terminals};
use crate::domain::{DomainError, cpu};

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
    vcpu_threads: Vec<i32>,
    cpu: Option<Observed>,
}

impl Connected {
    /// Asks what only QEMU knows and tells what cannot be said in arguments, all in one go.
    pub(super) async fn configure(self, abort: &mut Abort) -> Result<Configured, StartError> {
        let process = self.spawned.process.clone();
        let dialogue = dialogue(&self.monitor, &self.spawned.prepared.document);
        match abort.guard(&process, dialogue).await {
            Ok(Ok(answers)) => {
                let mut document = self.spawned.prepared.document.clone();
                let seen = answers.cpu.as_ref();
                let written = seen.map_or(Ok(()), |seen| cpu::write(&mut document, seen));
                match written {
                    Ok(()) => Ok(self.configured(answers, document)),
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

    fn configured(self, answers: Answers, mut document: Domain) -> Configured {
        let Self {
            spawned: Spawned { prepared, process },
            monitor,
            events,
        } = self;
        terminals::fill_in(&mut document, &answers.chardevs);
        let (resources, autodestroy) = prepared.into_resources();
        let vcpu_threads = answers.vcpu_threads;
        Configured {
            process,
            monitor,
            events,
            document,
            vcpu_threads,
            resources,
            autodestroy,
        }
    }
}

async fn dialogue(monitor: &Monitor, document: &Domain) -> Result<Answers, qmp::Error> {
    let chardevs = monitor.submit(&QueryChardev);
    let cpus = monitor.submit(&QueryCpusFast);
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
        vcpu_threads: cpus.into_iter().map(|cpu| cpu.thread_id).collect(),
    })
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

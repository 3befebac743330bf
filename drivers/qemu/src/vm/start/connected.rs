//! The phase in which QEMU listens to us.

use documents::domain::{Domain, LifecycleAction};
use qmp::commands::{Action, QueryChardev, QueryCpusFast, SetAction};
use qmp::{Events, Monitor};

use super::configured::Configured;
use super::passwords::passwords;
use super::spawned::Spawned;
use super::{Abort, Interruption, StartError, settings, terminals};

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
}

impl Connected {
    /// Asks what only QEMU knows and tells what cannot be said in arguments, all in one go.
    pub(super) async fn configure(self, abort: &mut Abort) -> Result<Configured, StartError> {
        let process = self.spawned.process.clone();
        let dialogue = dialogue(&self.monitor, &self.spawned.prepared.document);
        match abort.guard(&process, dialogue).await {
            Ok(Ok(answers)) => Ok(self.configured(answers)),
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

    fn configured(self, answers: Answers) -> Configured {
        let Self {
            spawned: Spawned { prepared, process },
            monitor,
            events,
        } = self;
        let mut document = prepared.document.clone();
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
    Ok(Answers {
        chardevs,
        vcpu_threads: cpus.into_iter().map(|cpu| cpu.thread_id).collect(),
    })
}

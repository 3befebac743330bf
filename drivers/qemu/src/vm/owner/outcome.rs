//! What becomes of a VM when its job, or its process, has ended.

use std::sync::Arc;
use std::time::Duration;

use qmp::commands::{RunState, StatusInfo};
use tokio::time::timeout;

use super::Owner;
use super::job::{Command, Job, Outcome};
use super::machine::Machine;
use crate::vm::admission::Busy;
use crate::vm::announcement::Lifecycle;
use crate::vm::definition::Facts;
use crate::vm::error::VmError;
use crate::vm::live::Live;
use crate::vm::log;
use crate::vm::reconnect::{Adopted, LostReason};
use crate::vm::request::{Reply, answer};
use crate::vm::start::{Configured, StartError};
use crate::vm::state::{Activity, OffReason, PausedReason, RunningReason, State};
use crate::vm::status;
use crate::vm::stop::Manner;
use crate::vm::swtpm;

/// What QEMU wrote before its end is in the socket already; so long it may take to be read.
const LAST_WORDS: Duration = Duration::from_secs(1);

impl Owner {
    /// The job has ended.
    pub(super) async fn outcome(&mut self, outcome: Outcome) {
        let Some(job) = self.job.take() else { return };
        match outcome {
            Outcome::Configured(Ok(configured), paused) => {
                self.configured(*configured, paused, job).await;
            }
            Outcome::Configured(Err(error), _) => self.not_started(error, job),
            Outcome::Adopted(result) => match *result {
                Ok(adopted) => self.adopted(adopted, job.reply).await,
                Err(lost) => self.lost(lost, job),
            },
            Outcome::Commanded(command, result) => self.commanded(command, result, job.reply).await,
            Outcome::Status(Ok(status)) => self.resync(&status).await,
            Outcome::Status(Err(error)) => {
                tracing::warn!(name = %self.name(), %error, "a VM's state is not known for sure");
            }
            Outcome::Ended(Ok(())) => {
                self.job = Some(Job::new(Busy::Stopping, std::future::pending(), job.reply));
                self.exited().await;
            }
            Outcome::Ended(Err(error)) => {
                self.hints.destroyed = false;
                answer(job.reply, Err(error));
            }
        }
    }

    /// The chain of start phases has come to its end: the process is ours now.
    async fn configured(&mut self, configured: Configured, paused: bool, job: Job) {
        let Some(id) = self.vm.snapshot().state.id() else {
            return;
        };
        let Configured {
            process,
            monitor,
            events,
            document,
            vcpu_threads,
            counters,
            resources,
            autodestroy,
        } = configured;
        let live = Live {
            id,
            pid: process.pid(),
            start_time: process.start_time(),
            balloon_kib: Facts::of(&document).memory_kib,
            document: Arc::new(document),
            monitor: monitor.clone(),
            answers: Arc::default(),
            paths: resources.paths.clone(),
            autodestroy,
            updated: false,
            vcpu_threads: vcpu_threads.into(),
            counters,
            run: Arc::new(status::of_new_run(self.driver.config())),
            changes: Arc::new(resources.changes.clone()),
            ports: resources.ports.as_slice().into(),
        };
        self.machine = Some(Machine::new(process, monitor, events, resources));
        let reason = if paused {
            PausedReason::User
        } else {
            PausedReason::StartingUp
        };
        self.vm.publish(|snapshot| {
            snapshot.state = State::Active(Arc::new(live), Activity::Paused(reason));
        });
        if job.destroyed {
            // The destruction came when there was nothing left to break off.
            self.hints.destroyed = true;
            return self.end(Manner::Firm, job.reply);
        }
        if !paused {
            return self.command(Command::Launch, job.reply);
        }
        self.save_status().await;
        self.tell([
            Lifecycle::StartedBooted.into(),
            Lifecycle::SuspendedPaused.into(),
        ]);
        answer(job.reply, Ok(()));
    }

    fn not_started(&mut self, error: StartError, job: Job) {
        self.off(OffReason::Failed, None);
        self.remove_if_nothing_left();
        let destroyed = job.destroyed && matches!(error, StartError::Aborted);
        answer(
            job.reply,
            if destroyed { Ok(()) } else { Err(error.into()) },
        );
    }

    async fn adopted(&mut self, adopted: Adopted, reply: Option<Reply>) {
        let Adopted {
            process,
            monitor,
            events,
            live,
            activity,
            resources,
            changed,
        } = adopted;
        self.machine = Some(Machine::new(process, monitor, events, resources));
        self.vm
            .publish(|snapshot| snapshot.state = State::Active(Arc::new(live), activity));
        self.save_status().await;
        self.tell(changed);
        answer(reply, Ok(()));
        if activity == Activity::ShuttingDown {
            self.ask_to_end();
        }
    }

    /// The process of an earlier daemon is not there any more, or cannot be talked to.
    fn lost(&mut self, why: LostReason, job: Job) {
        let (reason, told) = match why {
            LostReason::Ended {
                after: Activity::ShuttingDown,
            } => (OffReason::Shutdown, Lifecycle::StoppedShutdown),
            LostReason::Ended { .. } => (OffReason::Crashed, Lifecycle::StoppedFailed),
            LostReason::NeverStarted => (OffReason::Failed, Lifecycle::StoppedFailed),
            LostReason::Autodestroyed | LostReason::Destroyed => {
                (OffReason::Destroyed, Lifecycle::StoppedDestroyed)
            }
            LostReason::Unreachable => (OffReason::Daemon, Lifecycle::StoppedFailed),
        };
        self.off(reason, Some(told));
        self.remove_if_nothing_left();
        answer(job.reply, Ok(()));
    }

    /// A monitor command has ended. Its event has been heard before, if there was one; what it was to bring
    /// about holds in any case.
    async fn commanded(
        &mut self,
        command: Command,
        result: Result<(), qmp::Error>,
        reply: Option<Reply>,
    ) {
        if let Err(source) = result {
            if command == Command::Reboot {
                self.hints.reboot_asked = false;
            }
            let error = VmError::Monitor {
                what: command.verb(),
                name: self.name(),
                source,
            };
            answer(reply, Err(error));
            if command == Command::Launch {
                self.end(Manner::Kill, None);
            }
            return;
        }
        let activity = match self.vm.snapshot().state {
            State::Active(_, activity) => activity,
            State::Off(_) | State::Starting(_) => return answer(reply, Ok(())),
        };
        match command {
            Command::Launch => {
                self.now_running(activity, RunningReason::Booted).await;
                self.tell([Lifecycle::StartedBooted.into()]);
            }
            Command::Resume => self.now_running(activity, RunningReason::Unpaused).await,
            Command::Suspend => self.now_paused(activity).await,
            Command::Restart(reason) => {
                self.hints.reboot_asked = false;
                self.now_running(activity, reason).await;
            }
            Command::Shutdown | Command::Reboot | Command::Reset => {}
        }
        self.hints.pause = PausedReason::Unknown;
        answer(reply, Ok(()));
    }

    async fn now_running(&mut self, was: Activity, reason: RunningReason) {
        if !matches!(was, Activity::Running(_)) {
            self.update(|_, activity| *activity = Activity::Running(reason));
            self.tell([Lifecycle::ResumedUnpaused.into()]);
            self.save_status().await;
        }
    }

    async fn now_paused(&mut self, was: Activity) {
        if matches!(was, Activity::Running(_)) {
            self.update(|_, activity| *activity = Activity::Paused(PausedReason::User));
            self.tell([Lifecycle::SuspendedPaused.into()]);
            self.save_status().await;
        }
    }

    /// Brings the published state in line with QEMU's own word.
    async fn resync(&mut self, status: &StatusInfo) {
        let State::Active(_, was) = self.vm.snapshot().state else {
            return;
        };
        match (was, activity_of(status)) {
            (Activity::Running(_), Activity::Running(_))
            | (Activity::Paused(_), Activity::Paused(_)) => {}
            (was, now) if was == now => {}
            (_, now) => {
                self.update(|_, activity| *activity = now);
                self.tell(told_by(now).map(Into::into));
                self.save_status().await;
                if now == Activity::ShuttingDown {
                    self.ask_to_end();
                }
            }
        }
    }

    /// The monitor is gone: the process is about to end. Should it stay, it can still be destroyed.
    pub(super) fn monitor_gone(&mut self) {
        if let Some(machine) = &mut self.machine {
            machine.events = None;
        }
    }

    /// The process has ended.
    pub(super) async fn exited(&mut self) {
        self.hear_last_words().await;
        let Some(machine) = self.machine.take() else {
            return;
        };
        let (reason, told, word) = self.why_ended();
        log::end(&machine.resources.paths.log, word);
        machine.resources.release(&self.driver).await;
        self.drop_transient_tpm();
        self.vm.consoles.close_all();
        let job = self.job.take();
        let name = self.name();
        self.off(reason, Some(told));
        self.remove_if_nothing_left();
        let Some(job) = job else {
            return self.resume_waiting_boxed().await;
        };
        let result = match job.busy {
            Busy::Stopping => Ok(()),
            Busy::No | Busy::Starting | Busy::Monitor => Err(VmError::Stopped(name)),
        };
        answer(job.reply, result);
        self.resume_waiting_boxed().await;
    }

    /// A transient VM is gone for good when it stops, and the state of its emulated TPM with it.
    fn drop_transient_tpm(&self) {
        let snapshot = self.vm.snapshot();
        let State::Active(live, _) = &snapshot.state else {
            return;
        };
        let emulator = swtpm::emulator(&live.document);
        if snapshot.definition.is_none()
            && emulator.is_some_and(|emulator| emulator.persistent_state != Some(true))
        {
            self.remove_tpm();
        }
    }

    async fn resume_waiting_boxed(&mut self) {
        Box::pin(self.resume_waiting()).await;
    }

    /// What QEMU said before its end decides on how it ended.
    async fn hear_last_words(&mut self) {
        let events = self
            .machine
            .as_mut()
            .and_then(|machine| machine.events.take());
        let Some(mut events) = events else { return };
        self.hints.dying = true;
        while let Ok(Some(notice)) = timeout(LAST_WORDS, events.recv()).await {
            self.notice(notice).await;
        }
    }

    fn why_ended(&self) -> (OffReason, Lifecycle, &'static str) {
        if self.hints.destroyed {
            return (
                OffReason::Destroyed,
                Lifecycle::StoppedDestroyed,
                "destroyed",
            );
        }
        match self.vm.snapshot().state {
            State::Active(_, Activity::ShuttingDown) => {
                (OffReason::Shutdown, Lifecycle::StoppedShutdown, "shutdown")
            }
            State::Active(_, Activity::Crashed) => {
                (OffReason::Crashed, Lifecycle::StoppedCrashed, "crashed")
            }
            _ => (OffReason::Crashed, Lifecycle::StoppedFailed, "crashed"),
        }
    }

    /// Writes the status file of an active VM.
    pub(super) async fn save_status(&mut self) {
        let snapshot = self.vm.snapshot();
        let State::Active(live, activity) = &snapshot.state else {
            return;
        };
        let Some(machine) = &self.machine else { return };
        let text = self.driver.status_text(&status::of(live, *activity));
        if let Err(error) = self
            .driver
            .status_files()
            .write(&machine.resources.file, text)
            .await
        {
            tracing::error!(name = %snapshot.name, %error, "the status of a VM was not saved; a restarted daemon will find an older one");
        }
    }
}

/// QEMU's own state as ours (QMP: `RunState`).
pub(in crate::vm) fn activity_of(status: &StatusInfo) -> Activity {
    match status.status {
        RunState::Shutdown => Activity::ShuttingDown,
        RunState::GuestPanicked => Activity::Crashed,
        RunState::Suspended => Activity::PmSuspended,
        RunState::IoError => Activity::Paused(PausedReason::IoError),
        RunState::Watchdog => Activity::Paused(PausedReason::Watchdog),
        _ if status.running => Activity::Running(RunningReason::Unknown),
        _ => Activity::Paused(PausedReason::Unknown),
    }
}

/// What to tell of a state that was found, not heard of.
pub(in crate::vm) fn told_by(activity: Activity) -> Option<Lifecycle> {
    Some(match activity {
        Activity::Running(_) => Lifecycle::ResumedUnpaused,
        Activity::Paused(PausedReason::IoError) => Lifecycle::SuspendedIoError,
        Activity::Paused(PausedReason::Watchdog) => Lifecycle::SuspendedWatchdog,
        Activity::Paused(_) => Lifecycle::SuspendedPaused,
        Activity::ShuttingDown => Lifecycle::ShutdownFinished,
        Activity::Crashed => Lifecycle::CrashedPanicked,
        Activity::PmSuspended => Lifecycle::PmSuspendedMemory,
    })
}

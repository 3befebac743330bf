//! Starting, ending, and everything that takes a monitor command.

use std::sync::Arc;

use process::Signal;
use qmp::Monitor;
use qmp::commands::{Cont, QueryStatus, Stop, SystemPowerdown, SystemReset};
use tokio::sync::oneshot;

use super::job::{Command, Job, Outcome};
use super::{Hints, Owner};
use crate::vm::admission::Busy;
use crate::vm::error::VmError;
use crate::vm::reconnect::{self, Found};
use crate::vm::request::{Reply, Start, answer};
use crate::vm::start::{self, Plan, StartError};
use crate::vm::state::{PausedReason, RunningReason, Starting, State};
use crate::vm::stop::{self, Manner};

impl Owner {
    /// Begins the chain of start phases.
    pub(super) fn start(&mut self, start: Start, reply: Option<Reply>) {
        let snapshot = self.vm.snapshot();
        let name = snapshot.name.clone();
        let document = match (start.document, &snapshot.definition) {
            (Some(document), _) => Arc::unwrap_or_clone(document),
            (None, Some(definition)) => match definition.document() {
                Ok(document) => document,
                Err(source) => {
                    let error = StartError::Unreadable { name, source };
                    return answer(reply, Err(error.into()));
                }
            },
            (None, None) => {
                answer(reply, Err(VmError::Gone(name)));
                return self.remove_if_nothing_left();
            }
        };
        let id = self.driver.next_id();
        self.driver.registry().bind_id(id, self.vm.uuid);
        self.vm
            .publish(|snapshot| snapshot.state = State::Starting(Starting { id }));
        self.hints = Hints::NONE;
        let autodestroy = start.autodestroy;
        let plan = Plan {
            driver: self.driver.clone(),
            name,
            id,
            document,
            autodestroy,
            reset_nvram: start.reset_nvram,
        };
        let (abort, aborted) = oneshot::channel();
        let work =
            async move { Outcome::Configured(start::bring_up(plan, aborted).await, start.paused) };
        let job = Job::new(Busy::Starting, work, reply);
        self.job = Some(Job {
            abort: Some(abort),
            autodestroy,
            ..job
        });
    }

    /// Begins taking over a process of an earlier daemon.
    pub(super) fn adopt(&mut self, found: Found, reply: Option<Reply>) {
        let driver = self.driver.clone();
        let (abort, aborted) = oneshot::channel();
        let work = async move {
            Outcome::Adopted(Box::new(reconnect::adopt(found, &driver, aborted).await))
        };
        let job = Job::new(Busy::Starting, work, reply);
        self.job = Some(Job {
            abort: Some(abort),
            takes_over: true,
            ..job
        });
    }

    /// Begins a monitor command.
    pub(super) fn command(&mut self, command: Command, reply: Option<Reply>) {
        let Some(machine) = &self.machine else {
            let error = VmError::Stopped(self.name());
            return answer(reply, Err(error));
        };
        match command {
            Command::Suspend => self.hints.pause = PausedReason::User,
            Command::Launch => self.hints.run = RunningReason::Booted,
            Command::Resume => self.hints.run = RunningReason::Unpaused,
            Command::Reboot => self.hints.reboot_asked = true,
            Command::Shutdown => self.hints.reboot_asked = false,
            Command::Reset | Command::Restart(_) => {}
        }
        let busy = if command == Command::Launch {
            Busy::Starting
        } else {
            Busy::Monitor
        };
        let monitor = machine.monitor.clone();
        let work = async move { Outcome::Commanded(command, carry_out(&monitor, command).await) };
        self.job = Some(Job::new(busy, work, reply));
    }

    /// Asks QEMU what it is doing.
    pub(super) fn ask_status(&mut self) {
        let Some(machine) = &self.machine else { return };
        let monitor = machine.monitor.clone();
        let work = async move { Outcome::Status(monitor.execute(&QueryStatus).await) };
        self.job = Some(Job::new(Busy::Monitor, work, None));
    }

    /// Begins to end the process. The end itself is noticed by its exit.
    pub(super) fn end(&mut self, manner: Manner, reply: Option<Reply>) {
        let Some(machine) = &self.machine else {
            let error = VmError::Stopped(self.name());
            return answer(reply, Err(error));
        };
        let (process, name) = (machine.process.clone(), self.name());
        let work = async move { Outcome::Ended(stop::end(process, manner, name).await) };
        self.job = Some(Job::new(Busy::Stopping, work, reply));
    }

    /// The guest is done: asks the process to end, and does not wait for it.
    pub(super) fn ask_to_end(&self) {
        let Some(machine) = &self.machine else { return };
        if let Err(error) = stop::send(&machine.process, Signal::TERM, &self.name()) {
            tracing::error!(%error, "a process whose guest has ended stays");
        }
    }
}

async fn carry_out(monitor: &Monitor, command: Command) -> Result<(), qmp::Error> {
    match command {
        Command::Launch | Command::Resume => monitor.execute(&Cont).await.map(drop),
        Command::Suspend => monitor.execute(&Stop).await.map(drop),
        Command::Shutdown | Command::Reboot => monitor.execute(&SystemPowerdown).await.map(drop),
        Command::Reset => monitor.execute(&SystemReset).await.map(drop),
        Command::Restart(_) => {
            let reset = monitor.submit(&SystemReset);
            let run = monitor.submit(&Cont);
            reset.await?;
            run.await.map(drop)
        }
    }
}

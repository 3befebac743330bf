//! The task that owns a VM.
//!
//! It listens to everything that can happen to the VM at once: requests, QEMU's events, the end of the process,
//! and the one job that runs beside it (a start, a stop, a monitor command). It alone changes the VM's state: it
//! publishes the new state first and tells the world then.

mod config;
mod job;
mod machine;
mod outcome;
pub(in crate::vm) use outcome::{activity_of, told_by};
mod power;
mod requests;

use std::collections::VecDeque;
use std::fmt;
use std::future::Future;
use std::sync::Arc;

use qmp::Notice;
use tokio::sync::watch;

use super::Vm;
use super::admission::Busy;
use super::announcement::{Announcement, Lifecycle};
use super::error::VmError;
use super::live::Live;
use super::reaction::{self, Follow, Reaction, Situation};
use super::request::{Action, Request, answer};
use super::start::Configured;
use super::state::{Activity, OffReason, PausedReason, RunningReason, State};
use super::stop::{self, Manner};
use crate::driver::QemuDriver;
use job::{Job, Outcome};
use machine::Machine;

/// The owner of a VM.
pub struct Owner {
    driver: Arc<QemuDriver>,
    vm: Arc<Vm>,
    machine: Option<Machine>,
    job: Option<Job>,
    /// Requests that admission has put off.
    waiting: VecDeque<Request>,
    hints: Hints,
    /// The VM is gone for good.
    removed: bool,
    /// The driver is closed.
    closing: watch::Receiver<bool>,
}

impl fmt::Debug for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Owner")
            .field("vm", &self.vm)
            .field("job", &self.job)
            .finish_non_exhaustive()
    }
}

/// What is expected of QEMU, so that its words are understood.
#[derive(Debug, Clone, Copy)]
struct Hints {
    /// Why it would stop the processors.
    pause: PausedReason,
    /// Why it would start them.
    run: RunningReason,
    /// A reboot was asked for that goes by way of a power-off.
    reboot_asked: bool,
    /// Somebody asked for the end of the process.
    destroyed: bool,
    /// The process is gone; only its last words are still being read.
    dying: bool,
}

impl Hints {
    const NONE: Self = Self {
        pause: PausedReason::Unknown,
        run: RunningReason::Unpaused,
        reboot_asked: false,
        destroyed: false,
        dying: false,
    };
}

/// What happened.
enum Word {
    Request(Request),
    Notice(Option<Notice>),
    Exited,
    Outcome(Outcome),
    /// The driver is ending; the VM's process is not the owner's business any more.
    Leave,
}

impl Owner {
    /// The owner of `vm`, which has none yet.
    pub fn new(driver: Arc<QemuDriver>, vm: Arc<Vm>) -> Self {
        Self {
            closing: driver.closing(),
            driver,
            vm,
            machine: None,
            job: None,
            waiting: VecDeque::new(),
            hints: Hints::NONE,
            removed: false,
        }
    }

    /// Owns the VM until there is nothing to do for it any more.
    pub async fn run(mut self) {
        loop {
            if self.is_idle() && (self.removed || self.vm.mailbox().leave()) {
                return;
            }
            match self.next().await {
                Word::Request(request) => self.request(request).await,
                Word::Notice(Some(notice)) => self.notice(notice).await,
                Word::Notice(None) => self.monitor_gone(),
                Word::Exited => self.exited().await,
                Word::Outcome(outcome) => {
                    self.outcome(outcome).await;
                    self.resume_waiting().await;
                }
                Word::Leave => return self.leave().await,
            }
        }
    }

    /// Leaves the process alone. Queries would not be told of it any more, and its monitor must be free for the
    /// next driver. A process whose start has not come to its end is nobody's yet, and is ended; one that was to
    /// be taken over is left to the next driver.
    async fn leave(mut self) {
        let starting = matches!(self.vm.snapshot().state, State::Starting(_));
        if let Some(job) = self.job.take().filter(|job| starting && !job.takes_over)
            && let Some(abort) = job.abort
        {
            let _ = abort.send(());
            if let Outcome::Configured(Ok(late), _) = job.work.await {
                self.give_up(*late).await;
            }
        }
        self.vm.publish(|snapshot| {
            if snapshot.state.is_active() {
                snapshot.state = State::Off(OffReason::Unknown);
            }
        });
    }

    /// Ends a process that came up when it was not wanted any more.
    async fn give_up(&mut self, late: Configured) {
        if let Err(error) = stop::end(late.process, Manner::Kill, self.name()).await {
            tracing::error!(%error, "a process that is not wanted any more stays");
        }
        late.resources.release(&self.driver).await;
    }

    fn is_idle(&self) -> bool {
        self.machine.is_none() && self.job.is_none() && self.waiting.is_empty()
    }

    /// The next word. QEMU's events come before the end of a command that caused them, and both before new
    /// requests, so that whoever asks sees what has happened before.
    async fn next(&mut self) -> Word {
        let (events, exited) = match &mut self.machine {
            Some(machine) => (machine.events.as_mut(), Some(&mut machine.exited)),
            None => (None, None),
        };
        tokio::select! {
            biased;
            notice = or_never(events.map(qmp::Events::recv)) => Word::Notice(notice),
            () = or_never(exited) => Word::Exited,
            outcome = or_never(self.job.as_mut().map(|job| &mut job.work)) => Word::Outcome(outcome),
            _ = self.closing.wait_for(|closing| *closing) => Word::Leave,
            request = self.vm.mailbox().next() => Word::Request(request),
        }
    }

    fn busy(&self) -> Busy {
        self.job.as_ref().map_or(Busy::No, |job| job.busy)
    }

    /// Requests that had to wait are looked at again, in their order, until one has to wait still.
    async fn resume_waiting(&mut self) {
        for request in std::mem::take(&mut self.waiting) {
            self.request(request).await;
        }
    }

    /// A word from QEMU.
    async fn notice(&mut self, notice: Notice) {
        match notice {
            Notice::Event(event) => {
                self.driver.announce_monitor(&self.vm, &event);
                self.heard(&event.name, &event.data).await;
            }
            Notice::Lost(count) => {
                let name = self.name();
                tracing::warn!(%name, count, "QEMU sent more events than could be taken; asking for its state");
                Box::pin(self.request(Request::own(Action::Resync))).await;
            }
        }
    }

    async fn heard(&mut self, name: &str, data: &serde_json::Value) {
        let State::Active(live, activity) = &self.vm.snapshot().state else {
            return;
        };
        let now = Situation {
            activity: *activity,
            policy: machine::policy(&live.document),
            reboot_asked: self.hints.reboot_asked,
            pause: self.hints.pause,
            run: self.hints.run,
        };
        let mut reaction = reaction::react(name, data, &now);
        for announcement in &mut reaction.announce {
            if let Announcement::IoError(error) = announcement {
                error.path = machine::image_of(&live.document, &error.device);
            }
        }
        if reaction != Reaction::default() {
            self.apply(reaction).await;
        }
    }

    /// Publishes what has changed, tells the world, and does what follows.
    async fn apply(&mut self, reaction: Reaction) {
        let Reaction {
            activity,
            balloon_kib,
            announce,
            follow,
        } = reaction;
        self.update(|live, now| {
            if let Some(kib) = balloon_kib {
                live.balloon_kib = kib;
            }
            if let Some(activity) = activity {
                *now = activity;
            }
        });
        self.tell(announce);
        if activity.is_some() {
            self.save_status().await;
        }
        match follow {
            _ if self.hints.dying => {}
            Follow::Nothing => {}
            Follow::End => self.ask_to_end(),
            Follow::Restart(reason) => {
                Box::pin(self.request(Request::own(Action::Restart(reason)))).await;
            }
        }
    }

    /// Changes the published state of an active VM.
    fn update(&self, change: impl FnOnce(&mut Live, &mut Activity)) {
        self.vm.publish(|snapshot| {
            if let State::Active(live, activity) = &mut snapshot.state {
                change(Arc::make_mut(live), activity);
            }
        });
    }

    fn tell(&self, announcements: impl IntoIterator<Item = Announcement>) {
        for announcement in announcements {
            self.driver.announce(&self.vm, announcement);
        }
    }

    fn name(&self) -> Arc<str> {
        self.vm.snapshot().name.clone()
    }

    fn live(&self) -> Option<Arc<Live>> {
        self.vm.snapshot().state.live().cloned()
    }

    /// Takes the VM out of the world: it has neither a process nor a definition.
    fn remove_if_nothing_left(&mut self) {
        let snapshot = self.vm.snapshot();
        if snapshot.is_visible() || self.job.is_some() {
            return;
        }
        self.driver.registry().remove(&self.vm);
        self.removed = true;
        for request in self
            .vm
            .mailbox()
            .close()
            .into_iter()
            .chain(std::mem::take(&mut self.waiting))
        {
            request.answer(Err(VmError::Gone(snapshot.name.clone())));
        }
    }

    /// The VM has stopped; who waits for the guest hears so.
    fn off(&mut self, reason: OffReason, told: Option<Lifecycle>) {
        if let Some(id) = self.vm.snapshot().state.id() {
            self.driver.registry().unbind_id(id);
        }
        self.vm
            .publish(|snapshot| snapshot.state = State::Off(reason));
        self.hints = Hints::NONE;
        self.tell(told.map(Announcement::from));
    }

    /// A job that is broken off; whoever waits for it is told why.
    fn drop_job(&mut self, why: VmError) {
        if let Some(job) = self.job.take() {
            answer(job.reply, Err(why));
        }
    }
}

/// The future if there is one; otherwise one that never ends.
async fn or_never<F: Future>(future: Option<F>) -> F::Output {
    match future {
        Some(future) => future.await,
        None => std::future::pending().await,
    }
}

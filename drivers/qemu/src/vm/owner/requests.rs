//! What becomes of a request.

use crate::vm::admission::{self, Verdict};
use crate::vm::error::VmError;
use crate::vm::owner::Owner;
use crate::vm::owner::job::Command;
use crate::vm::request::{Action, Request, answer};
use crate::vm::state::{Activity, State};
use crate::vm::stop::Manner;

impl Owner {
    /// Decides about a request and acts accordingly.
    pub(super) async fn request(&mut self, request: Request) {
        if self.removed {
            let name = self.name();
            return request.answer(Err(VmError::Gone(name)));
        }
        let Some(wish) = request.action.wish() else {
            return self.own(request).await;
        };
        match admission::admit(wish, self.vm.snapshot().state.kind(), self.busy()) {
            Verdict::Run => self.run_request(request).await,
            Verdict::Queue => self.queue(request),
            Verdict::Ignore => request.answer(Ok(())),
            Verdict::Deny(reason) => {
                request.answer(Err(reason.into()));
                self.remove_if_nothing_left();
            }
            Verdict::Interrupt => self.interrupt(request),
        }
    }

    fn queue(&mut self, request: Request) {
        let limit = self.driver.config().max_queued.unwrap_or(usize::MAX);
        if self.waiting.len() >= limit {
            let error = VmError::TooMany(self.waiting.len(), self.name());
            return request.answer(Err(error));
        }
        self.waiting.push_back(request);
    }

    /// What runs is broken off for a destruction.
    fn interrupt(&mut self, request: Request) {
        let name = self.name();
        let Some(job) = &mut self.job else {
            return self.queue(request);
        };
        if let Some(abort) = job.abort.take() {
            // It unwinds, and ends as a start that failed; there is nothing left to destroy then.
            let _ = abort.send(());
            answer(job.reply.take(), Err(VmError::Destroyed(name)));
            job.reply = request.reply;
            job.destroyed = true;
            return;
        }
        if job.destroyed {
            return self.queue(request);
        }
        self.drop_job(VmError::Destroyed(name));
        self.begin_destroy(request);
    }

    async fn run_request(&mut self, request: Request) {
        let Request { action, reply } = request;
        match action {
            Action::Start(start) => self.start(*start, reply),
            Action::Destroy { .. } => self.begin_destroy(Request { action, reply }),
            Action::Suspend => self.command(Command::Suspend, reply),
            Action::Resume => self.command(Command::Resume, reply),
            Action::Shutdown => self.command(Command::Shutdown, reply),
            Action::Reboot => self.command(Command::Reboot, reply),
            Action::Reset => self.command(Command::Reset, reply),
            Action::Define(definition) => {
                let result = self.define(definition).await;
                answer(reply, result);
                self.remove_if_nothing_left();
            }
            Action::Undefine(undefine) => {
                let result = self.undefine(undefine).await;
                answer(reply, result);
                self.remove_if_nothing_left();
            }
            Action::Rename(name) => answer(reply, self.rename(name).await),
            Action::SetAutostart(enabled) => answer(reply, self.set_autostart(enabled).await),
            Action::SetAutostartOnce(enabled) => {
                answer(reply, self.set_autostart_once(enabled).await);
            }
            Action::Edit(edit) => answer(reply, self.edit(edit).await),
            // These carry no wish and have been dealt with.
            Action::Adopt(_) | Action::SessionEnded(_) | Action::Restart(_) | Action::Resync => {}
        }
    }

    /// Destroys as asked.
    fn begin_destroy(&mut self, request: Request) {
        let graceful = matches!(request.action, Action::Destroy { graceful: true });
        let responsive = self
            .machine
            .as_ref()
            .is_none_or(|machine| *machine.monitor.responsive().borrow());
        let manner = match (graceful, responsive) {
            (true, _) => Manner::Graceful,
            (false, true) => Manner::Firm,
            (false, false) => Manner::Kill,
        };
        self.hints.destroyed = true;
        self.end(manner, request.reply);
    }

    /// What admission has no say in.
    async fn own(&mut self, request: Request) {
        let Request { action, reply } = request;
        match action {
            Action::Adopt(found) => self.adopt(*found, reply),
            Action::SessionEnded(session) => {
                let bound = self.bound_to();
                if bound == Some(session) {
                    let destroy = Action::Destroy { graceful: false };
                    Box::pin(self.request(Request {
                        action: destroy,
                        reply,
                    }))
                    .await;
                } else {
                    answer(reply, Ok(()));
                }
            }
            Action::Restart(reason) => match self.vm.snapshot().state {
                State::Active(_, Activity::ShuttingDown | Activity::Crashed)
                    if self.job.is_none() =>
                {
                    self.command(Command::Restart(reason), reply);
                }
                State::Active(_, Activity::ShuttingDown | Activity::Crashed) => {
                    self.waiting.push_front(Request {
                        action: Action::Restart(reason),
                        reply,
                    });
                }
                _ => answer(reply, Ok(())),
            },
            Action::Resync if self.job.is_none() => self.ask_status(),
            other => self.waiting.push_back(Request {
                action: other,
                reply,
            }),
        }
    }

    /// The session whose end ends the VM.
    fn bound_to(&self) -> Option<u64> {
        match &self.job {
            Some(job) if job.autodestroy.is_some() => job.autodestroy,
            _ => self.live().and_then(|live| live.autodestroy),
        }
    }
}

//! The thread on which programs are started that die with us.
//!
//! The kernel sends the parent-death signal when the *thread* that started the process ends, not
//! when the process does. Threads of a runtime come and go; this one never ends.

use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Mutex, PoisonError};

use crate::child;
use crate::error::SpawnError;
use crate::plan::Plan;
use crate::process::Process;

struct Job {
    plan: Plan,
    reply: SyncSender<Result<Process, SpawnError>>,
}

static THREAD: Mutex<Option<Sender<Job>>> = Mutex::new(None);

/// As [`child::start`], on the thread that never ends.
pub(crate) fn start(plan: Plan) -> Result<Process, SpawnError> {
    let program = plan.program.clone();
    let failed = |source| SpawnError::Spawner {
        program: program.clone(),
        source,
    };
    let (reply, answer) = sync_channel(1);
    let thread = thread().map_err(|e| failed(Some(e)))?;
    thread.send(Job { plan, reply }).map_err(|_| failed(None))?;
    answer.recv().map_err(|_| failed(None))?
}

fn thread() -> std::io::Result<Sender<Job>> {
    let mut thread = THREAD.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(jobs) = &*thread {
        return Ok(jobs.clone());
    }
    let (jobs, queue) = channel();
    std::thread::Builder::new()
        .name("process-starter".to_owned())
        .stack_size(128 * 1024)
        .spawn(move || work(&queue))?;
    *thread = Some(jobs.clone());
    Ok(jobs)
}

fn work(queue: &Receiver<Job>) {
    while let Ok(job) = queue.recv() {
        // Nobody waits for the answer only if the caller's thread was ended; the process is then
        // dropped here like any other.
        let _ = job.reply.send(child::start(&job.plan));
    }
}

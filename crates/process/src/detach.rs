//! Leaving the foreground: what `--daemon` does.
#![allow(unsafe_code, reason = "`fork` has no safe interface")]

use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::OwnedFd;

/// The process that started us waits for this: whether we came to serve or not is its exit code.
#[derive(Debug)]
#[must_use = "dropping it tells the waiting process that the start failed"]
pub struct Readiness(File);

/// Why the foreground could not be left.
#[derive(Debug, thiserror::Error)]
pub enum DetachError {
    /// There are other threads, which a new process would not have.
    #[error("cannot detach: {0} threads run already")]
    Threads(usize),
    /// A system call failed.
    #[error("cannot {step} to detach")]
    Failed {
        /// What was tried.
        step: &'static str,
        /// What the kernel said.
        source: io::Error,
    },
}

/// Continues in a background process: of a session of its own, not its leader (so that it can
/// never get a terminal), in the root directory. The calling process does not return from this: it
/// waits for [`Readiness::ready`] and ends with code 0, or with 1 when the new process ended
/// before that.
///
/// To be called first thing in `main`, before a runtime or thread exists.
///
/// # Errors
/// When threads run already or the kernel refuses.
pub fn detach() -> Result<Readiness, DetachError> {
    let failed = |step| move |source| DetachError::Failed { step, source };
    let threads = std::fs::read_dir("/proc/self/task")
        .map_err(failed("count threads"))?
        .count();
    if threads != 1 {
        return Err(DetachError::Threads(threads));
    }
    let (reader, writer) = rustix::pipe::pipe_with(rustix::pipe::PipeFlags::CLOEXEC)
        .map_err(|e| failed("create a pipe")(e.into()))?;
    if fork().map_err(failed("create a process"))? {
        drop(writer);
        end(wait_for(reader));
    }
    drop(reader);
    rustix::process::setsid().map_err(|e| failed("start a session")(e.into()))?;
    if fork().map_err(failed("create a process"))? {
        end(0);
    }
    rustix::process::chdir("/").map_err(|e| failed("enter the root directory")(e.into()))?;
    Ok(Readiness(File::from(writer)))
}

impl Readiness {
    /// Tells the waiting process that we serve, and lets go of the standard descriptors.
    ///
    /// # Errors
    /// When `/dev/null` cannot be opened; the waiting process has been told all the same.
    pub fn ready(mut self) -> io::Result<()> {
        // A starter that did not wait for us is no reason to stop.
        let _ = self.0.write_all(&[0]);
        let null = File::options().read(true).write(true).open("/dev/null")?;
        rustix::stdio::dup2_stdin(&null)?;
        rustix::stdio::dup2_stdout(&null)?;
        rustix::stdio::dup2_stderr(&null)?;
        Ok(())
    }
}

/// The exit code for whoever started us.
fn wait_for(reader: OwnedFd) -> i32 {
    let mut told = [1];
    match File::from(reader).read_exact(&mut told) {
        Ok(()) => i32::from(told != [0]),
        Err(_) => 1,
    }
}

/// Whether we are the parent.
fn fork() -> io::Result<bool> {
    // SAFETY: this is the only thread, so that the child has all that it needs: no lock can be
    // held by a thread that the child lacks.
    match unsafe { libc::fork() } {
        -1 => Err(io::Error::last_os_error()),
        0 => Ok(false),
        _ => Ok(true),
    }
}

/// Ends this process at once: what runs at a normal exit belongs to the process that goes on.
fn end(code: i32) -> ! {
    // SAFETY: it does not return and has no preconditions.
    unsafe { libc::_exit(code) }
}

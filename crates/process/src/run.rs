//! Running a program to its end, for its output.

use std::io;
use std::time::Duration;

use rustix::pipe::{PipeFlags, pipe_with};
use rustix::process::Signal;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::unix::pipe;

use crate::error::SpawnError;
use crate::fds::Stdio;
use crate::process::{Process, WaitError};
use crate::spawn::Spawn;
use crate::status::ExitStatus;

/// The most that one of the two outputs may hold.
const OUTPUT_MAX: usize = 16 * 1024 * 1024;

/// What a program left behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// How it ended.
    pub status: ExitStatus,
    /// Its standard output.
    pub stdout: Vec<u8>,
    /// Its standard error output.
    pub stderr: Vec<u8>,
}

/// Why a program did not come to its end.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// It could not be started.
    #[error(transparent)]
    Spawn(#[from] SpawnError),
    /// It took too long and was killed.
    #[error("'{program}' did not end within {deadline:?} and was killed")]
    Deadline {
        /// The program.
        program: String,
        /// The time it had.
        deadline: Duration,
    },
    /// It wrote too much and was killed.
    #[error("'{program}' wrote more than {OUTPUT_MAX} bytes and was killed")]
    TooMuchOutput {
        /// The program.
        program: String,
    },
    /// Its descriptors could not be used.
    #[error("cannot talk to '{program}'")]
    Io {
        /// The program.
        program: String,
        /// What the kernel said.
        source: io::Error,
    },
    /// Its end could not be watched.
    #[error(transparent)]
    Wait(#[from] WaitError),
}

/// Runs a program to its end within the deadline, gives it `input` and collects its outputs
/// (which replace those set on `spawn`). Its exit status is in the answer: a program that reports
/// failure is not an error here.
///
/// When the deadline passes or the future is dropped, the program is killed.
///
/// # Errors
/// When it cannot be started or did not come to its end by itself.
pub async fn run(mut spawn: Spawn, input: &[u8], deadline: Duration) -> Result<Output, RunError> {
    let program = spawn.program.to_string();
    let io = |source| RunError::Io {
        program: program.clone(),
        source,
    };
    let (stdin, mut writer) = pipe_with(PipeFlags::CLOEXEC)
        .map_err(io::Error::from)
        .and_then(|(r, w)| Ok((r, pipe::Sender::from_owned_fd(nonblocking(w)?)?)))
        .map_err(io)?;
    let (mut stdout, stdout_end) = output().map_err(io)?;
    let (mut stderr, stderr_end) = output().map_err(io)?;
    spawn
        .stdin(Stdio::Fd(stdin))
        .stdout(Stdio::Fd(stdout_end))
        .stderr(Stdio::Fd(stderr_end));

    let process = KillOnDrop(spawn.spawn()?);
    let work = async {
        let feed = async move {
            // A program that does not read all of its input is no error.
            let _ = writer.write_all(input).await;
            Ok(())
        };
        let (stdout, stderr) = (
            collect(&mut stdout, &program),
            collect(&mut stderr, &program),
        );
        let ((), stdout, stderr) = tokio::try_join!(feed, stdout, stderr)?;
        Ok(Output {
            status: process.0.wait().await?,
            stdout,
            stderr,
        })
    };
    match tokio::time::timeout(deadline, work).await {
        Ok(result) => result,
        Err(_) => Err(RunError::Deadline {
            program: program.clone(),
            deadline,
        }),
    }
}

/// Ends the program when nobody waits for it any more.
struct KillOnDrop(Process);

impl Drop for KillOnDrop {
    fn drop(&mut self) {
        if matches!(self.0.try_wait(), Ok(None)) {
            let _ = self.0.kill(Signal::KILL);
        }
    }
}

/// Our end of an output pipe, and the program's.
fn output() -> io::Result<(pipe::Receiver, std::os::fd::OwnedFd)> {
    let (reader, writer) = pipe_with(PipeFlags::CLOEXEC)?;
    Ok((pipe::Receiver::from_owned_fd(nonblocking(reader)?)?, writer))
}

fn nonblocking(fd: std::os::fd::OwnedFd) -> io::Result<std::os::fd::OwnedFd> {
    rustix::io::ioctl_fionbio(&fd, true)?;
    Ok(fd)
}

/// All that comes, up to the limit.
async fn collect(from: &mut pipe::Receiver, program: &str) -> Result<Vec<u8>, RunError> {
    let mut all = Vec::new();
    let limit = u64::try_from(OUTPUT_MAX)
        .unwrap_or(u64::MAX)
        .saturating_add(1);
    let read = from.take(limit).read_to_end(&mut all).await;
    read.map_err(|source| RunError::Io {
        program: program.to_owned(),
        source,
    })?;
    if all.len() > OUTPUT_MAX {
        return Err(RunError::TooMuchOutput {
            program: program.to_owned(),
        });
    }
    Ok(all)
}

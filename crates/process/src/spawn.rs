//! What a program is started with.

use std::ffi::OsString;
use std::os::fd::{OwnedFd, RawFd};
use std::path::PathBuf;

use rustix::process::{Gid, Resource, Rlimit, Signal, Uid};

use crate::error::SpawnError;
use crate::fds::{NumberTaken, Passed, Stdio};
use crate::plan::Plan;
use crate::process::Process;
use crate::program::Program;
use crate::{child, spawner};

/// A user, its group and its supplementary groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// The user.
    pub uid: Uid,
    /// The primary group.
    pub gid: Gid,
    /// The supplementary groups, replacing ours.
    pub groups: Vec<Gid>,
}

/// A program about to be started.
///
/// The environment is empty, the standard descriptors are `/dev/null`, every other descriptor
/// is closed, signals have their default actions and none is blocked; user, limits, directory,
/// session and cgroup are ours, unless said otherwise.
#[derive(Debug)]
#[must_use = "nothing runs before `spawn`"]
pub struct Spawn {
    pub(crate) program: Program,
    pub(crate) args: Vec<OsString>,
    pub(crate) env: Vec<(OsString, OsString)>,
    pub(crate) stdio: [Stdio; 3],
    pub(crate) passed: Passed,
    pub(crate) directory: Option<PathBuf>,
    pub(crate) umask: Option<u32>,
    pub(crate) nice: Option<i32>,
    pub(crate) limits: Vec<(Resource, Rlimit)>,
    pub(crate) credentials: Option<Credentials>,
    pub(crate) cgroups: Vec<PathBuf>,
    pub(crate) new_session: bool,
    pub(crate) no_capabilities: bool,
    pub(crate) no_new_privileges: bool,
    pub(crate) parent_death: Option<Signal>,
    pub(crate) pid_file: Option<PathBuf>,
}

impl Spawn {
    /// Starts describing how `program` is to run.
    pub fn new(program: Program) -> Self {
        Spawn {
            program,
            args: Vec::new(),
            env: Vec::new(),
            stdio: [Stdio::Null, Stdio::Null, Stdio::Null],
            passed: Passed::default(),
            directory: None,
            umask: None,
            nice: None,
            limits: Vec::new(),
            credentials: None,
            cgroups: Vec::new(),
            new_session: false,
            no_capabilities: false,
            no_new_privileges: false,
            parent_death: None,
            pid_file: None,
        }
    }

    /// Adds an argument. The first one, the program's path, is there already.
    pub fn arg(&mut self, arg: impl Into<OsString>) -> &mut Self {
        self.args.push(arg.into());
        self
    }

    /// Adds arguments.
    pub fn args<A: Into<OsString>>(&mut self, args: impl IntoIterator<Item = A>) -> &mut Self {
        self.args.extend(args.into_iter().map(Into::into));
        self
    }

    /// Sets a variable of the environment, which is empty at first.
    pub fn env(&mut self, name: impl Into<OsString>, value: impl Into<OsString>) -> &mut Self {
        let name = name.into();
        self.env.retain(|(n, _)| *n != name);
        self.env.push((name, value.into()));
        self
    }

    /// Copies a variable from our own environment, if it is set there.
    pub fn env_inherit(&mut self, name: &str) -> &mut Self {
        if let Some(value) = std::env::var_os(name) {
            self.env(name, value);
        }
        self
    }

    /// Passes a descriptor under the lowest free number from 3, which is returned so that it can
    /// be named in the arguments.
    pub fn pass(&mut self, fd: impl Into<OwnedFd>) -> RawFd {
        self.passed.pass(fd.into())
    }

    /// Passes a descriptor under a chosen number.
    ///
    /// # Errors
    /// When the number is a standard one or taken.
    pub fn pass_at(&mut self, fd: impl Into<OwnedFd>, number: RawFd) -> Result<(), NumberTaken> {
        self.passed.pass_at(fd.into(), number)
    }

    /// Sets the standard input.
    pub fn stdin(&mut self, stdio: Stdio) -> &mut Self {
        let [stdin, _, _] = &mut self.stdio;
        *stdin = stdio;
        self
    }

    /// Sets the standard output.
    pub fn stdout(&mut self, stdio: Stdio) -> &mut Self {
        let [_, stdout, _] = &mut self.stdio;
        *stdout = stdio;
        self
    }

    /// Sets the standard error output.
    pub fn stderr(&mut self, stdio: Stdio) -> &mut Self {
        let [_, _, stderr] = &mut self.stdio;
        *stderr = stdio;
        self
    }

    /// Runs the program as this user.
    pub fn credentials(&mut self, credentials: Credentials) -> &mut Self {
        self.credentials = Some(credentials);
        self
    }

    /// Sets a resource limit, soft and hard; `None` is "unlimited".
    pub fn limit(&mut self, resource: Resource, limit: Option<u64>) -> &mut Self {
        self.limits.push((
            resource,
            Rlimit {
                current: limit,
                maximum: limit,
            },
        ));
        self
    }

    /// Sets the working directory.
    pub fn directory(&mut self, dir: impl Into<PathBuf>) -> &mut Self {
        self.directory = Some(dir.into());
        self
    }

    /// Sets the file mode creation mask.
    pub fn umask(&mut self, mask: u32) -> &mut Self {
        self.umask = Some(mask);
        self
    }

    /// Sets the scheduling priority (−20 to 19).
    pub fn nice(&mut self, nice: i32) -> &mut Self {
        self.nice = Some(nice);
        self
    }

    /// Starts the program in a session of its own, away from our terminal and process group.
    pub fn new_session(&mut self) -> &mut Self {
        self.new_session = true;
        self
    }

    /// Starts the program inside the cgroup with this directory; once per hierarchy.
    pub fn cgroup(&mut self, dir: impl Into<PathBuf>) -> &mut Self {
        self.cgroups.push(dir.into());
        self
    }

    /// Takes every capability away, also from a program that runs as root, for good.
    pub fn no_capabilities(&mut self) -> &mut Self {
        self.no_capabilities = true;
        self
    }

    /// Forbids that set-user-ID programs give privileges to the program and its children.
    pub fn no_new_privileges(&mut self) -> &mut Self {
        self.no_new_privileges = true;
        self
    }

    /// Sends the program this signal when *our process* ends, however it ends.
    pub fn dies_with_us(&mut self, signal: Signal) -> &mut Self {
        self.parent_death = Some(signal);
        self
    }

    /// Has the process write its number into this file, before the program runs, and hold the file's lock for as long
    /// as it does: [`Process::of_pid_file`] finds it there, whoever starts it and is killed meanwhile.
    pub fn pid_file(&mut self, path: impl Into<PathBuf>) -> &mut Self {
        self.pid_file = Some(path.into());
        self
    }

    /// Starts the program. On return it executes: its file was found and everything above
    /// applied.
    ///
    /// This blocks for the time of `execve`, less than a millisecond whatever our own size.
    ///
    /// # Errors
    /// When a step failed; it is named, and no process is left behind.
    pub fn spawn(self) -> Result<Process, SpawnError> {
        crate::process::reap_orphans();
        let plan = Plan::new(self)?;
        if plan.parent_death.is_some() {
            return spawner::start(plan);
        }
        child::start(&plan)
    }
}

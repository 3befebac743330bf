//! Why a program could not be started: every step between us and the program has its name.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::program::ProgramError;

/// Why [`Spawn::spawn`](crate::Spawn::spawn) failed. No process is left behind in any case.
#[derive(Debug, thiserror::Error)]
pub enum SpawnError {
    /// The program is not there or not executable.
    #[error("cannot start the program")]
    Program(#[from] ProgramError),
    /// An argument, path or variable holds a zero byte, which the kernel's interface cannot carry.
    #[error("{what} of '{program}' contains a zero byte")]
    ZeroByte {
        /// The program.
        program: PathBuf,
        /// Which text it was.
        what: &'static str,
    },
    /// A cgroup that the program should start in cannot be opened.
    #[error("cannot open the cgroup '{}' for '{program}'", .path.display())]
    Cgroup {
        /// The program.
        program: PathBuf,
        /// The `cgroup.procs` file.
        path: PathBuf,
        /// What the kernel said.
        source: io::Error,
    },
    /// `/dev/null` cannot be opened.
    #[error("cannot open /dev/null for '{program}'")]
    DevNull {
        /// The program.
        program: PathBuf,
        /// What the kernel said.
        source: io::Error,
    },
    /// No process could be made.
    #[error("cannot create a process for '{program}'")]
    Create {
        /// The program.
        program: PathBuf,
        /// What the kernel said.
        source: io::Error,
    },
    /// A step in the new process failed before the program began.
    #[error("cannot {step} for '{program}'")]
    Setup {
        /// The program.
        program: PathBuf,
        /// The step.
        step: Step,
        /// What the kernel said.
        source: io::Error,
    },
    /// The thread on which programs that die with us are started is gone.
    #[error("cannot start '{program}': the starter thread cannot run")]
    Spawner {
        /// The program.
        program: PathBuf,
        /// What the kernel said when the thread was created, if it was that.
        source: Option<io::Error>,
    },
}

/// A step in the new process, before the program runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
#[non_exhaustive]
pub enum Step {
    /// Start a session of its own.
    Session,
    /// Place a descriptor at its number.
    PassDescriptor,
    /// Close what was not passed.
    CloseRest,
    /// Enter the cgroup.
    EnterCgroup,
    /// Write the process number into its file.
    PidFile,
    /// Apply a resource limit.
    Limit,
    /// Set the scheduling priority.
    Nice,
    /// Enter the working directory.
    Directory,
    /// Drop capabilities.
    Capabilities,
    /// Set the supplementary groups.
    Groups,
    /// Set the group.
    Group,
    /// Set the user.
    User,
    /// Forbid gaining privileges.
    NoNewPrivileges,
    /// Tie its life to ours.
    ParentDeath,
    /// Execute the file.
    Execute,
}

impl Step {
    /// What [`SpawnError::Setup`] says was tried.
    const fn as_str(self) -> &'static str {
        match self {
            Step::Session => "start a session",
            Step::PassDescriptor => "pass a descriptor",
            Step::CloseRest => "close the descriptors that are not passed",
            Step::EnterCgroup => "enter the cgroup",
            Step::PidFile => "write its number into the pid file",
            Step::Limit => "apply a resource limit",
            Step::Nice => "set the scheduling priority",
            Step::Directory => "enter the working directory",
            Step::Capabilities => "drop capabilities",
            Step::Groups => "set the supplementary groups",
            Step::Group => "set the group",
            Step::User => "set the user",
            Step::NoNewPrivileges => "forbid new privileges",
            Step::ParentDeath => "tie the process to its parent",
            Step::Execute => "execute the file",
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

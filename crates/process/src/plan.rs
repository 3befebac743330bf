//! Everything that the new process needs, laid out before it exists: between its creation and
//! the program's first instruction nothing may be allocated or looked up.

use std::ffi::{CStr, CString, OsString, c_char};
use std::io;
use std::os::fd::{AsFd, OwnedFd, RawFd};
use std::os::unix::ffi::OsStringExt;
use std::path::{Path, PathBuf};
use std::ptr;

use rustix::process::{Resource, Rlimit, Signal};

use crate::error::SpawnError;
use crate::fds::gaps;
use crate::spawn::{Credentials, Spawn};

/// A [`Spawn`] made ready.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) program: PathBuf,
    pub(crate) argv: Texts,
    pub(crate) envp: Texts,
    pub(crate) fds: Vec<(Source, RawFd)>,
    /// Numbers to close; see [`gaps`].
    pub(crate) gaps: Vec<(u32, u32)>,
    /// Above every number that is given to the program.
    pub(crate) free_number: RawFd,
    pub(crate) new_session: bool,
    pub(crate) cgroups: Vec<OwnedFd>,
    pub(crate) limits: Vec<(Resource, Rlimit)>,
    pub(crate) nice: Option<i32>,
    pub(crate) umask: Option<u32>,
    pub(crate) directory: Option<CString>,
    pub(crate) credentials: Option<Credentials>,
    pub(crate) no_capabilities: bool,
    pub(crate) no_new_privileges: bool,
    pub(crate) parent_death: Option<Signal>,
    pub(crate) pid_file: Option<CString>,
}

/// Where a descriptor of the program comes from.
#[derive(Debug)]
pub(crate) enum Source {
    Owned(OwnedFd),
    /// One of our own standard descriptors.
    Inherited(RawFd),
}

/// Zero-terminated texts together with the array of pointers that `execve` takes.
#[derive(Debug)]
pub(crate) struct Texts {
    texts: Vec<CString>,
}

impl Texts {
    /// The first text: the program's path in the case of arguments.
    pub(crate) fn first(&self) -> Option<&CStr> {
        self.texts.first().map(CString::as_c_str)
    }

    /// The pointers, with a null at the end. They live as long as `self`.
    pub(crate) fn pointers(&self) -> Vec<*const c_char> {
        self.texts
            .iter()
            .map(|t| t.as_ptr())
            .chain([ptr::null()])
            .collect()
    }
}

impl Plan {
    pub(crate) fn new(spawn: Spawn) -> Result<Self, SpawnError> {
        let program = spawn.program.locate()?;
        let zero = |what| SpawnError::ZeroByte {
            program: program.clone(),
            what,
        };
        let argv = texts([program.clone().into()].into_iter().chain(spawn.args))
            .ok_or_else(|| zero("an argument"))?;
        let envp = texts(spawn.env.into_iter().map(variable))
            .ok_or_else(|| zero("an environment variable"))?;
        let directory = spawn
            .directory
            .map(|d| CString::new(d.into_os_string().into_vec()));
        let directory = directory
            .transpose()
            .map_err(|_| zero("the working directory"))?;
        let pid_file = spawn
            .pid_file
            .map(|path| CString::new(path.into_os_string().into_vec()));
        let pid_file = pid_file
            .transpose()
            .map_err(|_| zero("the pid file's path"))?;

        let null = |source| SpawnError::DevNull {
            program: program.clone(),
            source,
        };
        let mut fds: Vec<(Source, RawFd)> = Vec::with_capacity(8);
        for (stdio, number) in spawn.stdio.into_iter().zip(0..) {
            fds.push((stdio.into_source(number).map_err(null)?, number));
        }
        let passed = spawn.passed.into_inner().into_iter();
        fds.extend(passed.map(|(fd, number)| (Source::Owned(fd), number)));

        Ok(Plan {
            argv,
            envp,
            directory,
            gaps: gaps(fds.iter().map(|(_, n)| *n)),
            free_number: fds
                .iter()
                .map(|(_, n)| n.saturating_add(1))
                .max()
                .unwrap_or(3),
            fds,
            cgroups: open_cgroups(&program, &spawn.cgroups)?,
            program,
            new_session: spawn.new_session,
            limits: spawn.limits,
            nice: spawn.nice,
            umask: spawn.umask,
            credentials: spawn.credentials,
            no_capabilities: spawn.no_capabilities,
            no_new_privileges: spawn.no_new_privileges,
            parent_death: spawn.parent_death,
            pid_file,
        })
    }
}

impl crate::Stdio {
    fn into_source(self, number: RawFd) -> io::Result<Source> {
        Ok(match self {
            crate::Stdio::Null => {
                let null = std::fs::File::options()
                    .read(true)
                    .write(true)
                    .open("/dev/null")?;
                Source::Owned(null.into())
            }
            crate::Stdio::Inherit => Source::Inherited(number),
            crate::Stdio::Fd(fd) => Source::Owned(fd),
        })
    }
}

/// A process enters a cgroup by writing `0` to its `cgroup.procs`; opened now, while we may.
fn open_cgroups(program: &Path, dirs: &[PathBuf]) -> Result<Vec<OwnedFd>, SpawnError> {
    let open = |dir: &PathBuf| {
        let path = dir.join("cgroup.procs");
        let file = std::fs::File::options().write(true).open(&path);
        file.map(OwnedFd::from)
            .map_err(|source| SpawnError::Cgroup {
                program: program.to_path_buf(),
                path,
                source,
            })
    };
    dirs.iter().map(open).collect()
}

fn texts(all: impl Iterator<Item = OsString>) -> Option<Texts> {
    let texts = all
        .map(|t| CString::new(t.into_vec()))
        .collect::<Result<_, _>>()
        .ok()?;
    Some(Texts { texts })
}

fn variable((name, value): (OsString, OsString)) -> OsString {
    let mut text = name;
    text.push("=");
    text.push(value);
    text
}

impl Source {
    /// The number in our own process.
    pub(crate) fn raw(&self) -> RawFd {
        use std::os::fd::AsRawFd;
        match self {
            Source::Owned(fd) => fd.as_fd().as_raw_fd(),
            Source::Inherited(number) => *number,
        }
    }
}

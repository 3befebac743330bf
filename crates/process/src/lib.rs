//! The only place that starts another program.
//!
//! A [`Spawn`] says everything about the program to be: which one of the fixed list of
//! [`Program`]s, its arguments, its whole environment, the descriptors it gets and under which
//! numbers, its user, limits, cgroup and what happens to it when we die. Nothing is inherited
//! that was not named. [`Process`] is the running program, held by a pidfd: its exit is an event,
//! its number can never be mistaken for another's.
//!
//! This crate never knows *why* a program is started: what QEMU's arguments mean, or which user
//! it should run as, is decided by the drivers.
//!
//! Linux 5.11 or newer is needed (`close_range` with `CLOSE_RANGE_CLOEXEC`, pidfds).

mod child;
mod counter;
mod detach;
mod error;
mod fds;
mod identity;
mod inherited;
mod memory;
mod pid_file;
mod plan;
mod process;
mod program;
mod run;
mod schedule;
mod spawn;
mod spawner;
mod status;
mod tap;
mod vsock;
mod watch;

pub use counter::{Counter, Event};
pub use detach::{DetachError, Readiness, detach};
pub use error::{SpawnError, Step};
pub use fds::{NumberTaken, Stdio};
pub use identity::{start_time, start_time_in, threads};
pub use inherited::{duplicate, inherited_descriptors};
pub use memory::give_back_free_memory;
pub use pid_file::PidFileError;
pub use process::{AdoptError, KillError, Process, WaitError};
pub use program::{DaemonName, Program, ProgramError};
pub use run::{Output, RunError, run};
pub use rustix::process::{Resource, Signal};
pub use schedule::{Policy, schedule};
pub use spawn::{Credentials, Spawn};
pub use status::ExitStatus;
pub use tap::{
    Tap, TapError, TapOptions, bring_up, join_bridge, open_macvtap, open_tap, set_coalesce, set_mtu,
};

#[cfg(test)]
mod tests;
pub use vsock::open_vsock;

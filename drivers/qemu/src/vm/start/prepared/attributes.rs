//! The process of QEMU, apart from its arguments: its output, limits and credentials.

use std::io;

use documents::domain::Domain;
use process::{Resource, Signal, Spawn, Stdio};

use crate::config::{Config, CoreLimit};
use crate::driver::QemuDriver;
use crate::mode::Mode;
use crate::vm::log::Log;
use crate::vm::start::memory_lock;

/// Everything about the process that is not in its arguments.
pub(super) fn configure(
    spawn: &mut Spawn,
    driver: &QemuDriver,
    domain: &Domain,
    log: &Log,
    args: &[String],
    env: &[(String, String)],
) -> io::Result<()> {
    spawn
        .args(args)
        .stdout(Stdio::Fd(log.descriptor()?))
        .stderr(Stdio::Fd(log.descriptor()?));
    for (name, value) in env {
        spawn.env(name, value);
    }
    spawn.directory("/").umask(0o027).new_session();
    limits(spawn, driver.config());
    if let Some(limit) = memory_lock::to_raise(domain).filter(|_| may_raise()) {
        spawn.limit(Resource::Memlock, limit.bytes());
    }
    if let Some(identity) = driver.identity() {
        spawn.credentials(identity.credentials());
        spawn.no_capabilities();
    }
    if matches!(driver.mode(), Mode::Embed { .. }) && !driver.mode().outlives() {
        spawn.dies_with_us(Signal::KILL);
    }
    Ok(())
}

fn limits(spawn: &mut Spawn, config: &Config) {
    if let Some(max) = config.max_files {
        spawn.limit(Resource::Nofile, Some(max));
    }
    if let Some(max) = config.max_processes {
        spawn.limit(Resource::Nproc, Some(max));
    }
    match config.max_core {
        CoreLimit::Unlimited if may_raise() => {
            spawn.limit(Resource::Core, None);
        }
        CoreLimit::Bytes(bytes) => {
            spawn.limit(Resource::Core, Some(bytes));
        }
        CoreLimit::Unlimited | CoreLimit::Inherit => {}
    }
}

/// Only root may raise a limit; for others the daemon's own is the most there is.
fn may_raise() -> bool {
    rustix::process::geteuid().is_root()
}

//! The ways in which the guest ends.

use std::fs::File;
use std::io::{self, Write};

use rustix::system::{RebootCommand, reboot};

/// Writes disks out and powers the machine off.
pub(crate) fn off() -> io::Result<()> {
    end(RebootCommand::PowerOff)
}

/// Writes disks out and restarts the machine.
pub(crate) fn restart() -> io::Result<()> {
    end(RebootCommand::Restart)
}

/// Writes disks out and stops the CPUs; the machine stays powered.
pub(crate) fn halt() -> io::Result<()> {
    end(RebootCommand::Halt)
}

/// Crashes the kernel.
pub(crate) fn crash() -> io::Result<()> {
    File::options()
        .write(true)
        .open("/proc/sysrq-trigger")?
        .write_all(b"c")
}

fn end(command: RebootCommand) -> io::Result<()> {
    rustix::fs::sync();
    Ok(reboot(command)?)
}

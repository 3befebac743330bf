//! The commands of the guest, one table.

mod channel;
mod devices;
mod disk;
mod network;
mod platform;
mod rng;
mod watchdog;

use std::io;

use crate::shell::{Failure, Outcome};
use crate::{facts, power, sys};

/// One command.
#[derive(Debug)]
pub(crate) struct Command {
    /// Its name, then its arguments in capitals.
    pub(crate) usage: &'static str,
    pub(crate) about: &'static str,
    /// Gets the line after the name.
    pub(crate) run: fn(&str) -> Outcome,
}

impl Command {
    /// The first word of the usage.
    pub(crate) fn name(&self) -> &'static str {
        self.usage.split(' ').next().unwrap_or_default()
    }
}

/// Every command, in the order in which `help` shows them.
pub(crate) const COMMANDS: &[Command] = &[
    Command {
        usage: "poweroff",
        about: "power off",
        run: |_| ended(power::off()),
    },
    Command {
        usage: "reboot",
        about: "restart",
        run: |_| ended(power::restart()),
    },
    Command {
        usage: "halt",
        about: "stop the CPUs, stay powered",
        run: |_| ended(power::halt()),
    },
    Command {
        usage: "panic",
        about: "crash the kernel",
        run: |_| ended(power::crash()),
    },
    Command {
        usage: "echo TEXT",
        about: "say it back",
        run: |text| Ok(text.to_owned()),
    },
    Command {
        usage: "cpus",
        about: "CPUs online",
        run: |_| Ok(facts::cpus().to_string()),
    },
    Command {
        usage: "memory",
        about: "total and free memory in KiB",
        run: memory,
    },
    Command {
        usage: "cmdline",
        about: "the kernel's arguments",
        run: cmdline,
    },
    Command {
        usage: "uptime",
        about: "seconds since boot",
        run: |_| Ok(facts::uptime()),
    },
    Command {
        usage: "devices",
        about: "buses, disks, networks, inputs, ports",
        run: devices::list,
    },
    Command {
        usage: "dmi",
        about: "the firmware's strings",
        run: platform::dmi,
    },
    Command {
        usage: "topology",
        about: "CPUs, NUMA nodes, memory blocks",
        run: platform::topology,
    },
    Command {
        usage: "disk-read DEV OFFSET LENGTH",
        about: "bytes in hexadecimal",
        run: disk::read,
    },
    Command {
        usage: "disk-write DEV OFFSET HEX",
        about: "write through to the disk",
        run: disk::write,
    },
    Command {
        usage: "net IFACE [ADDRESS/PREFIX]",
        about: "bring up; by DHCP without address",
        run: network::up,
    },
    Command {
        usage: "channel-read NAME",
        about: "one line from a virtio port",
        run: channel::read,
    },
    Command {
        usage: "channel-write NAME TEXT",
        about: "one line to a virtio port",
        run: channel::write,
    },
    Command {
        usage: "rng",
        about: "16 bytes of the hardware generator",
        run: rng::read,
    },
    Command {
        usage: "watchdog",
        about: "arm the watchdog and let it expire",
        run: watchdog::arm,
    },
];

fn ended(result: io::Result<()>) -> Outcome {
    result
        .map(|()| String::new())
        .map_err(Failure::system("the kernel"))
}

fn memory(_: &str) -> Outcome {
    let free = facts::meminfo("MemFree:").unwrap_or(0);
    Ok(format!("total {} free {free}", facts::memory_kib()))
}

fn cmdline(_: &str) -> Outcome {
    sys::text("/proc/cmdline").ok_or_else(|| Failure::Absent {
        what: "/proc/cmdline".into(),
    })
}

/// Exactly so many words, or the usage.
fn words<const N: usize>(rest: &str) -> Result<[&str; N], Failure> {
    let words: Vec<&str> = rest.split_whitespace().collect();
    words.try_into().map_err(|_| Failure::Usage(""))
}

fn number(word: &str) -> Result<u64, Failure> {
    word.parse().map_err(|_| Failure::Value {
        value: word.to_owned(),
        wanted: "a number",
    })
}

/// Bytes as two hexadecimal digits each.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

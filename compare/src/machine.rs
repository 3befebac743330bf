//! What the figures were measured on.

use std::path::Path;
use std::process::Command;

use crate::failure::Failure;

/// The machine, its programs and the date.
#[derive(Debug)]
pub(crate) struct Machine {
    pub(crate) date: String,
    pub(crate) processors: String,
    pub(crate) memory: String,
    pub(crate) kernel: String,
    pub(crate) qemu: String,
    pub(crate) libvirt: String,
    pub(crate) ferrovirt: String,
}

/// Looks at the machine.
pub(crate) fn describe() -> Result<Machine, Failure> {
    let cpuinfo = read("/proc/cpuinfo")?;
    let count = cpuinfo.matches("processor\t").count();
    let model = field(&cpuinfo, "model name");
    let memory = field(&read("/proc/meminfo")?, "MemTotal");
    Ok(Machine {
        date: jiff::Timestamp::now().strftime("%Y-%m-%d").to_string(),
        processors: format!("{count} × {model}"),
        memory,
        kernel: read("/proc/sys/kernel/osrelease")?.trim().to_owned(),
        qemu: first_line("/usr/bin/qemu-system-x86_64"),
        libvirt: first_line("/usr/sbin/libvirtd"),
        ferrovirt: env!("CARGO_PKG_VERSION").to_owned(),
    })
}

fn read(path: &str) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(Failure::io(format!("read {path}")))
}

fn field(text: &str, name: &str) -> String {
    text.lines()
        .find_map(|line| line.strip_prefix(name)?.split_once(':'))
        .map(|(_, value)| value.trim().to_owned())
        .unwrap_or_default()
}

fn first_line(program: &str) -> String {
    if !Path::new(program).exists() {
        return "not installed".to_owned();
    }
    Command::new(program)
        .arg("--version")
        .output()
        .ok()
        .and_then(|output| {
            let text = String::from_utf8_lossy(&output.stdout).into_owned();
            text.lines().next().map(str::to_owned)
        })
        .unwrap_or_else(|| "unknown".to_owned())
}

//! What the groups of VMs are called.

use std::path::{Path, PathBuf};

use driver::Layout;
use driver::layout::Scope;

/// The group of all VMs that name no other.
pub(in crate::vm) const DEFAULT_PARTITION: &str = "/machine";

/// Groups at the top that carry their names as they are.
const TOP: [&str; 6] = [
    "machine",
    "machine.slice",
    "system",
    "system.slice",
    "user",
    "user.slice",
];

/// The longest name of a machine that the host's registry takes.
const LONGEST: usize = 64;

/// The directory of a partition: `/machine/web` is `/machine/web.partition`, so that no partition has the name of one
/// of the kernel's files or of a VM ("Control Groups Resource Management": partitions).
pub(in crate::vm) fn partition(path: &str) -> PathBuf {
    let names = path.split('/').filter(|name| !name.is_empty());
    let names = names.enumerate().map(|(at, name)| {
        let keeps = (at == 0 && TOP.contains(&name)) || name.contains('.');
        let name = match keeps {
            true => name.to_owned(),
            false => format!("{name}.partition"),
        };
        match is_kernels(&name) {
            true => format!("_{name}"),
            false => name,
        }
    });
    Path::new("/").join(names.collect::<PathBuf>())
}

/// Whether a name is, or could be, a file of the kernel's, or was changed because it is.
fn is_kernels(name: &str) -> bool {
    const PREFIXES: [&str; 5] = ["_", "cgroup.", "cpu.", "cpuset.", "memory."];
    PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

/// The name of a VM's group: `qemu-3-web.libvirt-qemu`.
pub(in crate::vm) fn group(machine: &str) -> String {
    format!("{machine}.libvirt-qemu")
}

/// The name of a VM among the machines of the host: `qemu-3-web`. A driver with a root of its own numbers its VMs by
/// itself and has the root's in the name, so that two of them do not meet.
pub(in crate::vm) fn machine(layout: &Layout, id: i32, name: &str) -> String {
    let whose = match layout.scope() {
        Scope::System => String::new(),
        Scope::Session => "session-".to_owned(),
        Scope::Root => format!("embed-{:016x}-", fingerprint(layout.lib_base())),
    };
    let mut machine = format!("qemu-{whose}{id}-");
    for letter in name.chars() {
        let is_dot = matches!(letter, '-' | '.');
        let valid = letter.is_ascii_alphanumeric() || is_dot;
        let repeats = is_dot && machine.ends_with(['-', '.']);
        if valid && !repeats {
            machine.push(letter);
        }
    }
    machine.truncate(LONGEST);
    machine.trim_end_matches(['-', '.']).to_owned()
}

/// FNV-1a with 64 bits: small, and the same in every version of this program.
fn fingerprint(path: &Path) -> u64 {
    let bytes = path.as_os_str().as_encoded_bytes().iter();
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partitions_are_marked_as_such() {
        for (path, expected) in [
            ("/machine", "/machine"),
            ("/machine/production", "/machine/production.partition"),
            ("/web/a.slice", "/web.partition/a.slice"),
            ("/machine/cgroup.x", "/machine/_cgroup.x"),
        ] {
            assert_eq!(partition(path), Path::new(expected));
        }
    }

    #[test]
    fn a_machine_is_named_as_libvirt_names_it() {
        let system = Layout::system();
        let web = machine(&system, 3, "web");
        assert_eq!(group(&web), "qemu-3-web.libvirt-qemu");
        assert_eq!(machine(&system, 3, "w/e b--1"), "qemu-3-web-1");
        assert_eq!(machine(&system, 3, &"x".repeat(100)).len(), LONGEST);
    }

    #[test]
    fn two_roots_do_not_meet() {
        let one = machine(&Layout::root("/srv/one"), 1, "a");
        let two = machine(&Layout::root("/srv/two"), 1, "a");
        assert_ne!(one, two);
        assert!(one.starts_with("qemu-embed-"), "{one}");
    }
}

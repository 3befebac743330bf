//! What a guest sees of its machine: two definitions that differ in any of it are two machines to the guest.
//!
//! Each family of elements tells its facts, a path and a value each; comparing is finding the paths whose values
//! differ. What only the host sees (sources, names of files, limits, passwords) is no fact.

use std::collections::BTreeMap;
use std::fmt;

use documents::domain::Domain;
use protocol::error::{Code, Origin};

mod cpu;
mod devices;
mod disk;
mod identity;
mod interface;
mod memory;
mod platform;

/// A fact that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What it is about, such as `disk 0 target`.
    pub what: String,
    /// Its value before; nothing where there was none.
    pub before: Option<String>,
    /// Its value now; nothing where there is none.
    pub after: Option<String>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let none = "none";
        let (before, after) = (self.before.as_deref(), self.after.as_deref());
        write!(
            f,
            "{}: {} became {}",
            self.what,
            before.unwrap_or(none),
            after.unwrap_or(none)
        )
    }
}

/// A definition that would change the guest's machine.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the guest of domain '{name}' would see another machine: {}",
    list(differences)
)]
pub struct AbiError {
    /// The domain.
    pub name: String,
    /// All that differs.
    pub differences: Vec<Difference>,
}

impl AbiError {
    /// The public error number.
    pub fn code(&self) -> Code {
        Code::ConfigUnsupported
    }

    /// The part of the system that the error comes from.
    pub fn origin(&self) -> Origin {
        Origin::Domain
    }
}

/// Checks that a guest of one definition sees the same machine with another one.
///
/// # Errors
/// When it does not; the error names each difference.
pub fn check(before: &Domain, after: &Domain) -> Result<(), AbiError> {
    let differences = differences(before, after);
    if differences.is_empty() {
        return Ok(());
    }
    Err(AbiError {
        name: before.name.clone(),
        differences,
    })
}

/// All that a guest would see differently, in the order of the paths.
pub fn differences(before: &Domain, after: &Domain) -> Vec<Difference> {
    let (before, mut after) = (Facts::of(before).0, Facts::of(after).0);
    let mut found = Vec::new();
    for (what, value) in before {
        let now = after.remove(&what);
        if now.as_ref() != Some(&value) {
            found.push(Difference {
                what,
                before: Some(value),
                after: now,
            });
        }
    }
    found.extend(after.into_iter().map(|(what, value)| Difference {
        what,
        before: None,
        after: Some(value),
    }));
    found.sort_by(|a, b| a.what.cmp(&b.what));
    found
}

fn list(differences: &[Difference]) -> String {
    let texts: Vec<_> = differences.iter().map(ToString::to_string).collect();
    texts.join("; ")
}

/// The facts of one definition.
#[derive(Debug, Default)]
struct Facts(BTreeMap<String, String>);

impl Facts {
    fn of(domain: &Domain) -> Self {
        let mut facts = Self::default();
        identity::tell(&mut facts, domain);
        platform::tell(&mut facts, domain);
        memory::tell(&mut facts, domain);
        cpu::tell(&mut facts, domain);
        disk::tell(&mut facts, &domain.devices.disks);
        interface::tell(&mut facts, &domain.devices.interfaces);
        devices::tell(&mut facts, &domain.devices);
        facts
    }

    fn tell(&mut self, what: impl Into<String>, value: impl ToString) {
        self.0.insert(what.into(), value.to_string());
    }

    fn optional(&mut self, what: impl Into<String>, value: Option<impl ToString>) {
        if let Some(value) = value {
            self.tell(what, value);
        }
    }

    /// An element as it is written.
    fn element(&mut self, what: impl Into<String>, element: &dyn xml::Record, root: &str) {
        let text = xml::format_root(element, root);
        let words: Vec<_> = text.split_ascii_whitespace().collect();
        self.tell(what, words.join(" "));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEFORE: &str = "<domain type='qemu'>
        <name>guest</name><uuid>11111111-1111-1111-1111-111111111111</uuid><title>one</title>
        <memory unit='MiB'>64</memory><vcpu current='1'>2</vcpu>
        <os><type arch='x86_64' machine='pc-q35-10.0'>hvm</type></os>
        <features><acpi/></features>
        <cpu mode='custom' match='exact'><model fallback='forbid'>qemu64</model></cpu>
        <devices>
            <disk type='file' device='disk'><source file='/a'/><target dev='vda' bus='virtio'/><serial>s1</serial></disk>
            <controller type='usb' index='0' model='qemu-xhci'/>
            <interface type='user'><mac address='52:54:00:00:00:01'/><model type='virtio'/></interface>
            <input type='tablet' bus='usb'/>
            <video><model type='vga' vram='16384'/></video>
            <memballoon model='virtio'/>
        </devices></domain>";

    fn check(change: (&str, &str), expected: &[&str]) {
        let parse = |text: &str| -> Domain { xml::parse(text, &xml::Options::lenient()).unwrap() };
        let changed = BEFORE.replace(change.0, change.1);
        assert_ne!(changed, BEFORE, "nothing was changed");
        let found = differences(&parse(BEFORE), &parse(&changed));
        let texts: Vec<_> = found.iter().map(ToString::to_string).collect();
        assert_eq!(texts, expected);
    }

    #[test]
    fn what_only_the_host_sees_may_change() {
        check(("<title>one", "<title>two"), &[]);
        check(("file='/a'", "file='/b'"), &[]);
        check(("current='1'", "current='2'"), &[]);
    }

    #[test]
    fn each_change_that_the_guest_sees_is_named() {
        check(("type='qemu'", "type='kvm'"), &["type: qemu became kvm"]);
        check(
            ("<name>guest", "<name>other"),
            &["name: guest became other"],
        );
        check(
            ("pc-q35-10.0", "pc-q35-9.2"),
            &["os machine: pc-q35-10.0 became pc-q35-9.2"],
        );
        check(
            ("<acpi/>", ""),
            &["features: <features> <acpi/> </features> became none"],
        );
        check((">64<", ">128<"), &["memory: 65536 KiB became 131072 KiB"]);
        check((">2</vcpu>", ">3</vcpu>"), &["vcpu: 2 became 3"]);
        check((">qemu64<", ">486<"), &["cpu model: qemu64 became 486"]);
        check(
            ("dev='vda'", "dev='vdb'"),
            &["disk 0 target: vda became vdb"],
        );
        check(
            ("<serial>s1</serial>", ""),
            &["disk 0 serial: s1 became none"],
        );
        check(
            ("qemu-xhci", "nec-xhci"),
            &["controller 0 model: qemu-xhci became nec-xhci"],
        );
        check(
            ("00:01'/>", "00:02'/>"),
            &["interface 0 mac: 52:54:00:00:00:01 became 52:54:00:00:00:02"],
        );
        check(
            ("'tablet'", "'mouse'"),
            &["input 0 type: tablet became mouse"],
        );
        check(
            ("'16384'", "'32768'"),
            &["video 0 vram: 16384 became 32768"],
        );
        check(
            ("<memballoon model='virtio'/>", "<memballoon model='none'/>"),
            &["memballoon model: virtio became none"],
        );
    }

    #[test]
    fn a_device_that_came_or_went_is_named() {
        check(
            ("<input type='tablet' bus='usb'/>", ""),
            &[
                "input 0 bus: usb became none",
                "input 0 type: tablet became none",
                "input count: 1 became none",
            ],
        );
    }

    #[test]
    fn the_error_names_the_domain_and_is_one_of_configuration() {
        let parse = |text: &str| -> Domain { xml::parse(text, &xml::Options::lenient()).unwrap() };
        let after = parse(&BEFORE.replace(">64<", ">128<"));
        let error = super::check(&parse(BEFORE), &after).unwrap_err();
        assert_eq!(
            (error.code(), error.origin()),
            (Code::ConfigUnsupported, Origin::Domain)
        );
        assert_eq!(
            error.to_string(),
            "the guest of domain 'guest' would see another machine: memory: 65536 KiB became 131072 KiB"
        );
    }
}

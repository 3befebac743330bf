//! A document a file: what completing makes of it, and the arguments that it starts with.
//!
//! `tests/data/FAMILY/NAME.xml` is compared with `NAME.completed.xml` and `NAME.args`, or with `NAME.error` where it is
//! to be refused (with `NAME.completed.xml` too, if there is one, where only the start is); interfaces besides with
//! `NAME.start`, what they start with. Where there is `NAME.lacks`, QEMU has none of what its words name, and where
//! there is `NAME.has`, it has that too.
//! `capabilities-ARCH.domain.xml` is what the domain capabilities say. Each rule that is declared has a document that
//! breaks it.
//! `REGENERATE=1 cargo test -p ferrovirt-qemu-driver --test documents` writes them anew, and with
//! `REGENERATE=capabilities` it stores what the installed QEMU, and those that `cargo xtask guest` unpacks, answer: all
//! documents are held against that.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::exit,
    reason = "a test ends where something is not as it must be, and says so"
)]

use std::fmt::Display;
use std::path::{Path, PathBuf};

use documents::domain::DomainKind;
use libtest_mimic::{Arguments, Failed, Trial};
use qemu_driver::capabilities::{Arch, Cache, Capabilities, find_emulator};
use qemu_driver::domain::{DiskRule, InterfaceRule};
use qemu_driver::domain_capabilities::{Host, Question, document};
use qemu_driver::firmware::installed;

mod common;

use common::{
    Refusal, STORED, answers, arguments, capabilities_for, cases, data, define, having, lacking,
    started_interfaces, stored, unpacked_emulator,
};

fn main() {
    if regenerating() == Some("capabilities") {
        return store_capabilities();
    }
    let arguments = Arguments::from_args();
    let documents = cases(".xml")
        .into_iter()
        .filter(|name| !name.ends_with(".completed") && name.contains('/'))
        .map(|name| Trial::test(name.clone(), move || check_document(&name)));
    let capabilities = STORED.iter().map(|arch| {
        let name = format!("capabilities/{arch}");
        Trial::test(name, move || check_capabilities(*arch))
    });
    let rules = [
        Trial::test("rules/disk", || check_rules(DiskRule::ALL, &[])),
        Trial::test("rules/interface", || {
            check_rules(InterfaceRule::ALL, OF_STARTS)
        }),
    ];
    let trials = documents.chain(capabilities).chain(rules).collect();
    libtest_mimic::run(&arguments, trials).exit();
}

fn check_document(name: &str) -> Result<(), Failed> {
    let text = std::fs::read_to_string(file(name, "xml"))?;
    let words = |suffix| std::fs::read_to_string(file(name, suffix)).unwrap_or_default();
    let stored = lacking(capabilities_for(&text), &words("lacks"));
    let capabilities = &having(stored, &words("has"));
    let checked = match define(&text, capabilities) {
        Err(refusal) => return compare(&file(name, "error"), &describe(&refusal)),
        Ok(checked) => checked,
    };
    let completed = xml::format(checked.document());
    let again = define(&completed, capabilities).map_err(|refusal| describe(&refusal))?;
    if xml::format(again.document()) != completed {
        return Err("completing a completed document changes it".into());
    }
    let shown = match arguments(&checked, capabilities) {
        Err(refusal) => {
            if file(name, "completed.xml").exists() {
                compare(&file(name, "completed.xml"), &completed)?;
            }
            return compare(&file(name, "error"), &describe(&refusal));
        }
        Ok(shown) => shown,
    };
    if file(name, "error").exists() && regenerating().is_none() {
        return Err("the document is accepted, but an error is expected".into());
    }
    compare(&file(name, "completed.xml"), &completed)?;
    compare(&file(name, "args"), &shown.to_shell())?;
    if name.starts_with("interface/") {
        // What is shown to people has no other ends: a start has.
        let started = started_interfaces(&checked, capabilities);
        compare(&file(name, "start"), &started)?;
    }
    Ok(())
}

/// Rules of interfaces that are held only to a start on a host.
const OF_STARTS: &[InterfaceRule] = &[
    InterfaceRule::NetworkDriver,
    InterfaceRule::FilterDriver,
    InterfaceRule::Vlan,
    InterfaceRule::PortProfile,
];

/// Whether each rule, but for some, is broken by a document.
fn check_rules<R: Copy + PartialEq + Display>(all: &[R], but: &[R]) -> Result<(), Failed> {
    let refusals = [".error", ".start"]
        .map(cases)
        .into_iter()
        .zip(["error", "start"]);
    let mut said = String::new();
    for (names, suffix) in refusals {
        for name in names {
            said.push_str(&std::fs::read_to_string(file(&name, suffix))?);
        }
    }
    let unbroken = |rule: &&R| !but.contains(rule) && !said.contains(&rule.to_string());
    match all.iter().find(unbroken) {
        Some(rule) => Err(format!("no document breaks the rule: {rule}").into()),
        None => Ok(()),
    }
}

/// What the domain capabilities say of an architecture's default machine.
fn check_capabilities(arch: Arch) -> Result<(), Failed> {
    let capabilities = answers(arch);
    let firmware = installed(&[data().join("firmware.d")]);
    let host = Host {
        tpm_versions: vec!["2.0"],
        ..Host::default()
    };
    let question = Question {
        capabilities: &capabilities,
        arch,
        machine: capabilities.default_machine().map(|it| it.name.as_str()),
        kind: DomainKind::Qemu,
        host: &host.with_firmware(firmware, |_| true),
    };
    let text = xml::format(&document(&question)?);
    compare(
        &data().join(format!("capabilities-{arch}.domain.xml")),
        &text,
    )
}

fn file(name: &str, suffix: &str) -> PathBuf {
    data().join(format!("{name}.{suffix}"))
}

fn describe(refusal: &Refusal) -> String {
    let (code, origin) = refusal.public();
    format!("{code:?} {origin:?}\n{refusal}\n")
}

/// What is to be written anew, if anything is.
fn regenerating() -> Option<&'static str> {
    match std::env::var_os("REGENERATE")?.to_str() {
        Some("capabilities") => Some("capabilities"),
        _ => Some("documents"),
    }
}

/// Asks the emulators, and stores their answers for a few machines, without what no document needs.
fn store_capabilities() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    for arch in STORED {
        let unpacked = || unpacked_emulator(*arch).expect("an emulator");
        let emulator = find_emulator(*arch).unwrap_or_else(unpacked);
        let answers = runtime.block_on(Cache::new(None).get(&emulator));
        store(*arch, &answers.expect("QEMU answers"));
    }
}

fn store(arch: Arch, answers: &Capabilities) {
    const MACHINES: &[&str] = &[
        "pc-i440fx-10.0",
        "pc-q35-10.0",
        "pc-q35-9.2",
        "pc-i440fx-6.1",
        "pc-q35-5.1",
        "pc-q35-3.1",
        "isapc",
        "microvm",
        "virt",
        "virt-10.0",
        "virt-9.2",
        "raspi3b",
        "sbsa-ref",
    ];
    let mut answers = answers.clone();
    answers.emulator = PathBuf::from(format!("/usr/bin/qemu-system-{}", arch.qemu()));
    answers
        .machines
        .retain(|machine| MACHINES.contains(&machine.name.as_str()));
    answers.commands.clear();
    answers.version.package.clear();
    let text = serde_json::to_string_pretty(&answers).expect("capabilities are JSON");
    std::fs::File::create(stored(arch))
        .and_then(|mut file| std::io::Write::write_all(&mut file, text.as_bytes()))
        .expect("the file can be written");
}

fn compare(path: &Path, actual: &str) -> Result<(), Failed> {
    use std::io::Write;
    if regenerating().is_some() {
        std::fs::File::create(path)?.write_all(actual.as_bytes())?;
        return Ok(());
    }
    let expected = std::fs::read_to_string(path)
        .map_err(|error| format!("{}: {error}; got:\n{actual}", path.display()))?;
    if expected == actual {
        return Ok(());
    }
    let differs = expected
        .lines()
        .zip(actual.lines())
        .find(|(old, new)| old != new);
    let (old, new) = differs.unwrap_or(("(the end)", "(the end)"));
    Err(format!("{} differs:\n- {old}\n+ {new}", path.display()).into())
}

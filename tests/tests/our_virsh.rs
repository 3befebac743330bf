//! Our own `virsh` beside the C one: the same script on two daemons, word for word.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a failing expectation is how a test reports"
)]

use std::thread;

use e2e::{Answer, Daemon, domain, our_virsh};

const UUID: &str = "<uuid>6695eb01-f6a4-8304-79aa-97f2502e193f</uuid>";

/// What is typed, one line a command; `FILE` is a domain document, `TRANSIENT` another.
const SCRIPT: &[&str] = &[
    "list --all",
    "define FILE",
    "list --all",
    "list --name --all",
    "list --uuid --all",
    "dominfo a",
    "domstate a --reason",
    "domid a",
    "domname 6695eb01-f6a4-8304-79aa-97f2502e193f",
    "domuuid a",
    "dumpxml a",
    "start a",
    "list",
    "domid a",
    "dumpxml a --inactive",
    "domcontrol a",
    "domjobinfo a",
    "vcpucount a",
    "suspend a",
    "domstate a --reason",
    "list --state-paused",
    "resume a",
    "domstate a --reason",
    "reset a",
    "reboot a",
    "qemu-monitor-command a --hmp info version",
    "metadata a --uri urn:x --key k --set <v/>",
    "metadata a --uri urn:x",
    "autostart a",
    "list --all --autostart",
    "autostart a --disable",
    "ttyconsole a",
    "domblklist a --details",
    "domiflist a",
    "vncdisplay a",
    "start a",
    "undefine a",
    "dominfo a",
    "destroy a --graceful",
    "dominfo a",
    "create TRANSIENT --paused",
    "domstate t --reason",
    "domrename t u",
    "destroy t",
    "define FILE",
    "domrename a b",
    "list --all --name",
    "destroy b",
    "suspend b",
    "shutdown b",
    "undefine b --managed-save --snapshots-metadata --nvram",
    "undefine b",
    "start nope",
    "hostname",
    "uri",
    "version",
    "nodeinfo",
    "maxvcpus qemu",
];

type Client = fn(&Daemon, &[&str]) -> Answer;

/// What a client answers to each line on a daemon of its own, without what differs between roots.
fn transcript(client: Client) -> Vec<String> {
    let daemon = Daemon::start();
    let document = domain("a")
        .behaviour(UUID)
        .device("<disk type='file' device='cdrom'><target dev='hda'/></disk>")
        .device("<interface type='user'><mac address='52:54:00:01:02:03'/></interface>")
        .device("<serial type='pty'/>");
    let file = daemon.file("a.xml", &document.xml());
    let transient = daemon.file("t.xml", &domain("t").xml());
    let root = daemon.root().display().to_string();
    let answers = SCRIPT.iter().map(|line| {
        let line = line.replace("FILE", &file).replace("TRANSIENT", &transient);
        let answer = client(&daemon, &line.split(' ').collect::<Vec<_>>());
        // Hints are what ours has over the other.
        let err = answer
            .err
            .lines()
            .filter(|line| !line.starts_with("hint: "));
        let err: String = err.map(|line| format!("{line}\n")).collect();
        let text = format!("{:?}\n{}{err}", answer.code, answer.out);
        steady(&text.replace(&root, "ROOT"))
    });
    answers.collect()
}

/// The text without what no two runs share: terminals, processor time and the clock's frequency.
fn steady(text: &str) -> String {
    let lines = text.lines().map(|line| match line.split_once(':') {
        Some((name @ ("CPU time" | "CPU frequency"), _)) => format!("{name}: …"),
        _ if line.contains("/dev/pts/") => "/dev/pts/…".to_owned(),
        _ => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_script_of_the_c_virsh_gets_the_same_answers_from_ours() {
    let ours = thread::spawn(|| transcript(|daemon, line| our_virsh(&daemon.uri(), line)));
    let theirs = transcript(Daemon::virsh);
    let ours = ours.join().expect("our own transcript");
    let mut differences = String::new();
    for ((line, theirs), ours) in SCRIPT.iter().zip(&theirs).zip(&ours) {
        if theirs != ours {
            differences.push_str(&format!("$ {line}\n- C\n{theirs}\n- ours\n{ours}\n\n"));
        }
    }
    assert!(differences.is_empty(), "{differences}");
}

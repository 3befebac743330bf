//! The driver inside an application's process: `qemu:///embed?root=DIR`.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a failing expectation is how a test reports"
)]
#![allow(
    clippy::disallowed_methods,
    reason = "a test ends an application that embeds, and runs the example"
)]

use std::io::{BufRead, BufReader};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use e2e::{Dialogue, GREETING, Watched, domain, guest_in, qemus_below};
use ferrovirt::enums::{DomainEventType, DomainState};
use ferrovirt::flags::{DomainCreateFlags, DomainUndefineFlagsValues};
use ferrovirt::{Code, Connection, DomainEvent, EventKind, XmlOptions};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

/// A process may take so long to end on a busy machine.
const ENDING: Duration = Duration::from_secs(60);

/// A root of its own; what still runs below it at the end of the test is ended.
struct Root(TempDir);

impl Root {
    fn new() -> Self {
        Self(tempfile::Builder::new().prefix("fv").tempdir().unwrap())
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn uri(&self) -> String {
        uri(self.path())
    }

    fn qemus(&self) -> Vec<Pid> {
        qemus_below(self.path())
    }
}

impl Drop for Root {
    fn drop(&mut self) {
        for pid in self.qemus() {
            let _ = kill_process(pid, Signal::KILL);
        }
    }
}

fn uri(root: &Path) -> String {
    format!("qemu:///embed?root={}", root.display())
}

async fn open(uri: &str) -> Connection {
    ferrovirt::open(uri).await.expect("the embedded driver")
}

#[tokio::test]
async fn a_guest_boots_and_talks_inside_an_application() {
    let root = Root::new();
    let host = open(&root.uri()).await;
    let mut events = host
        .domain_events(&[EventKind::Lifecycle], None)
        .await
        .unwrap();
    let vm = host
        .define_domain(&domain("g").boots_guest(root.path()).xml())
        .await
        .unwrap();
    let vm = vm.start().await.unwrap();
    let mut console = Dialogue::open(&vm).await;
    console.greeted().await;
    assert_eq!(console.ask("echo inside").await, ["inside"]);
    console.say("poweroff").await;
    console.closed().await;
    let mut steps = Vec::new();
    while steps.last() != Some(&DomainEventType::Stopped) {
        match events.next().await.expect("an event") {
            DomainEvent::Lifecycle { event, .. } => steps.push(event),
            other => panic!("not asked for: {other:?}"),
        }
    }
    assert_eq!(
        steps,
        [
            DomainEventType::Defined,
            DomainEventType::Resumed,
            DomainEventType::Started,
            DomainEventType::Shutdown,
            DomainEventType::Stopped,
        ]
    );
    assert_eq!(vm.state().await.unwrap().state(), DomainState::Shutoff);
    vm.undefine(DomainUndefineFlagsValues::empty())
        .await
        .unwrap();
    assert!(root.qemus().is_empty());
}

#[tokio::test]
async fn two_roots_in_one_process_are_two_worlds() {
    let (one, two) = (Root::new(), Root::new());
    let (first, second) = (open(&one.uri()).await, open(&two.uri()).await);
    let in_first = first.create_domain(&domain("same").xml()).await.unwrap();
    let in_second = second.create_domain(&domain("same").xml()).await.unwrap();
    assert_ne!(in_first.uuid(), in_second.uuid());
    assert_eq!((one.qemus().len(), two.qemus().len()), (1, 1));
    let further = open(&one.uri()).await;
    assert_eq!(
        further.lookup_domain("same").await.unwrap(),
        in_first,
        "a second connection to a root meets the same driver"
    );
    in_first.destroy().await.unwrap();
    assert!(in_second.is_active().await.unwrap());
    assert_eq!(first.num_of_domains().await.unwrap(), 0);
    in_second.destroy().await.unwrap();
}

#[tokio::test]
async fn another_process_is_kept_out_of_a_root_that_is_open() {
    let root = Root::new();
    let _host = open(&root.uri()).await;
    let document = root.path().join("d.xml");
    std::fs::File::create(&document).unwrap();
    let second = embedder(&root.uri(), &document).output().unwrap();
    assert!(!second.status.success());
    let words = String::from_utf8_lossy(&second.stderr);
    assert!(
        words.contains("virtqemud.pid"),
        "the lock is named: {words}"
    );
}

#[tokio::test]
async fn a_domain_bound_to_a_connection_ends_with_it() {
    let root = Root::new();
    let (keeper, starter) = (open(&root.uri()).await, open(&root.uri()).await);
    let mut events = keeper
        .domain_events(&[EventKind::Lifecycle], None)
        .await
        .unwrap();
    let how = DomainCreateFlags::START_AUTODESTROY;
    starter
        .create_domain_with(&domain("bound").xml(), how)
        .await
        .unwrap();
    keeper.create_domain(&domain("free").xml()).await.unwrap();
    starter.close().await.unwrap();
    let gone = loop {
        if let DomainEvent::Lifecycle {
            domain,
            event: DomainEventType::Stopped,
            ..
        } = events.next().await.expect("an event")
        {
            break domain;
        }
    };
    assert_eq!(gone.name(), "bound");
    assert_eq!(
        keeper.lookup_domain("bound").await.unwrap_err().code(),
        Code::NoDomain
    );
    assert_eq!(root.qemus().len(), 1, "the other domain stays");
}

#[tokio::test]
async fn the_last_connection_takes_its_domains_along() {
    let root = Root::new();
    let host = open(&root.uri()).await;
    host.create_domain(&domain("a").xml()).await.unwrap();
    let [pid] = root.qemus()[..] else {
        panic!("one QEMU")
    };
    let qemu = Watched::new(pid);
    host.close().await.unwrap();
    tokio::task::spawn_blocking(move || qemu.ends_within(ENDING))
        .await
        .unwrap();
    // The root is free again: the same process opens it anew, with nothing left in it.
    let host = open(&root.uri()).await;
    assert_eq!(host.num_of_domains().await.unwrap(), 0);
}

/// An application that embeds, in a process of its own.
struct Application {
    child: Child,
    qemu: Watched,
}

fn embedder(uri: &str, document: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_embedder"));
    command.arg(uri).arg(document).stdin(Stdio::piped());
    command
}

impl Application {
    fn start(root: &Root, parameters: &str) -> Self {
        let document = root.path().join("a.xml");
        std::fs::File::create(&document)
            .and_then(|mut file| std::io::Write::write_all(&mut file, domain("a").xml().as_bytes()))
            .unwrap();
        let uri = format!("{}{parameters}", root.uri());
        let mut child = embedder(&uri, &document)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let output = child.stdout.as_mut().unwrap();
        BufReader::new(output).read_line(&mut line).unwrap();
        assert_eq!(line, "up a\n");
        let [pid] = root.qemus()[..] else {
            panic!("one QEMU")
        };
        let qemu = Watched::new(pid);
        Self { child, qemu }
    }

    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

#[test]
fn a_killed_application_leaves_no_qemu() {
    for parameters in ["", "&lifetime=process", "&lifetime=connection"] {
        let root = Root::new();
        let mut application = Application::start(&root, parameters);
        application.kill();
        application.qemu.ends_within(ENDING);
        // What it left on disk does not hinder the next one.
        let mut next = Application::start(&root, parameters);
        drop(next.child.stdin.take());
        assert!(next.child.wait().unwrap().success());
        next.qemu.ends_within(ENDING);
    }
}

#[test]
fn domains_outlive_their_application_when_asked_to() {
    let root = Root::new();
    let mut application = Application::start(&root, "&lifetime=outlive");
    application.kill();
    let before = root.qemus();
    assert_eq!(before.len(), 1);
    let host = ferrovirt::blocking::open(&format!("{}&lifetime=outlive", root.uri())).unwrap();
    let found = host.lookup_domain("a").unwrap();
    assert_eq!(found.state().unwrap().state(), DomainState::Running);
    found.suspend().unwrap();
    assert_eq!(found.state().unwrap().state(), DomainState::Paused);
    host.close().unwrap();
    assert_eq!(root.qemus(), before, "it outlives a connection as well");
    let host = ferrovirt::blocking::open(&format!("{}&lifetime=outlive", root.uri())).unwrap();
    host.lookup_domain("a").unwrap().destroy().unwrap();
    assert!(root.qemus().is_empty());
}

/// A folder whose name alone is longer than any socket's address.
fn deep(root: &Root) -> PathBuf {
    let folder = (0..16).fold(root.path().to_owned(), |folder, _| {
        folder.join("a-long-name-indeed")
    });
    assert!(folder.as_os_str().as_bytes().len() > 300);
    folder
}

#[tokio::test]
async fn sockets_work_however_deep_the_root_is() {
    let root = Root::new();
    let deep = deep(&root);
    let host = open(&format!("{}&lifetime=outlive", uri(&deep))).await;
    let document = domain("a-name-of-forty-letters-that-is-quite-long")
        .device(
            "<channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>",
        )
        .device(&format!(
            "<serial type='unix'><source mode='bind' path='{}/serial'/></serial>",
            deep.display()
        ))
        .device(&format!(
            "<graphics type='vnc'><listen type='socket' socket='{}/vnc'/></graphics>",
            deep.display()
        ));
    let vm = host.create_domain(&document.xml()).await.unwrap();
    let xml = vm.xml(XmlOptions::default()).await.unwrap();
    let path = socket_of(&xml, "org.qemu.guest_agent.0");
    assert!(path.starts_with(deep.to_str().unwrap()), "{path}");
    for socket in [Path::new(&path), &deep.join("serial"), &deep.join("vnc")] {
        assert!(socket.exists(), "{} is there", socket.display());
    }
    host.close().await.unwrap();
    // Taken over again through its monitor's socket, which is as deep.
    let host = open(&format!("{}&lifetime=outlive", uri(&deep))).await;
    let vm = host.lookup_domain(vm.name()).await.unwrap();
    vm.suspend().await.unwrap();
    vm.destroy().await.unwrap();
}

/// The path of the socket of the channel with this name.
fn socket_of(xml: &str, channel: &str) -> String {
    let (before, _) = xml
        .split_once(&format!("name='{channel}'"))
        .expect("the channel");
    let (_, source) = before.rsplit_once("path='").expect("its source");
    source.split('\'').next().unwrap_or_default().to_owned()
}

#[test]
fn the_blocking_api_embeds_as_well() {
    let root = Root::new();
    let host = ferrovirt::blocking::open(&root.uri()).unwrap();
    let mut events = host.domain_events(&[EventKind::Lifecycle], None).unwrap();
    let vm = host
        .define_domain(&domain("b").xml())
        .unwrap()
        .start()
        .unwrap();
    assert!(vm.is_active().unwrap());
    assert_eq!(
        vm.connection()
            .list_all_domains(Default::default())
            .unwrap(),
        std::slice::from_ref(&vm)
    );
    vm.destroy().unwrap();
    let last = events.by_ref().find(|event| {
        matches!(
            event,
            DomainEvent::Lifecycle {
                event: DomainEventType::Stopped,
                ..
            }
        )
    });
    assert_eq!(last.unwrap().domain().unwrap().name(), "b");
    assert_eq!(
        vm.start_with(DomainCreateFlags::START_PAUSED)
            .unwrap()
            .state()
            .unwrap()
            .state(),
        DomainState::Paused
    );
    host.close().unwrap();
}

/// The README's second thing to read does what the README says.
#[test]
fn the_example_shows_a_guest() {
    let folder = tempfile::tempdir().unwrap();
    let guest = guest_in(folder.path());
    let ran = Command::new(example("embed"))
        .args([&guest.kernel, &guest.initrd])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stdout);
    assert!(
        ran.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&ran.stderr)
    );
    assert!(said.contains(GREETING), "{said}");
    assert!(said.contains("Now it is Running"), "{said}");
}

/// An example of the workspace, which `cargo verify` builds.
fn example(name: &str) -> PathBuf {
    let path = e2e::binary("examples").join(name);
    assert!(
        path.exists(),
        "{} is missing; build it with: cargo build --workspace --examples",
        path.display()
    );
    path
}

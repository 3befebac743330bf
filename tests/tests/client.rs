//! The lifecycle through our own Rust client, against the daemon with a real QEMU.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a failing expectation is how a test reports"
)]

use e2e::{Daemon, Dialogue, PATIENCE, domain};
use ferrovirt::enums::{DomainEventType as Step, DomainState};
use ferrovirt::flags::{
    ConnectListAllDomainsFlags, DomainConsoleFlags, DomainCreateFlags, DomainDestroyFlagsValues,
    DomainRebootFlagValues, DomainUndefineFlagsValues,
};
use ferrovirt::{Code, Connection, Domain, DomainEvent, DomainEvents, EventKind, XmlOptions};
use tokio::time::timeout;

async fn open(daemon: &Daemon) -> Connection {
    ferrovirt::open(&daemon.uri()).await.expect("the daemon")
}

/// The guest's reboot, which is no step of the lifecycle.
const REBOOT: (i32, i32) = (100, 0);

/// The life of domains as it is told, one word a step.
struct Life(DomainEvents);

impl Life {
    async fn of(host: &Connection) -> Self {
        let kinds = [EventKind::Lifecycle, EventKind::Reboot];
        Self(host.domain_events(&kinds, None).await.unwrap())
    }

    /// The next step: type and detail.
    async fn step(&mut self) -> (i32, i32) {
        let event = timeout(PATIENCE, self.0.next())
            .await
            .expect("an event in time");
        match event.expect("an event") {
            DomainEvent::Lifecycle { event, detail, .. } => at(event, detail),
            DomainEvent::Reboot { .. } => REBOOT,
            other => panic!("not asked for: {other:?}"),
        }
    }

    async fn steps(&mut self, expected: &[(i32, i32)]) {
        for step in expected {
            assert_eq!(self.step().await, *step, "of {expected:?}");
        }
    }

    /// As [`Life::steps`], after however many resets: firmware resets the machine once more when
    /// it finds that it has run before.
    async fn steps_after_boot(&mut self, expected: &[(i32, i32)]) {
        for step in expected {
            let mut heard = self.step().await;
            while heard == REBOOT && *step != REBOOT {
                heard = self.step().await;
            }
            assert_eq!(heard, *step, "of {expected:?}");
        }
    }
}

fn at(step: Step, detail: i32) -> (i32, i32) {
    (step.into(), detail)
}

#[tokio::test]
async fn a_guest_lives_from_definition_to_undefinition() {
    let daemon = Daemon::start();
    let host = open(&daemon).await;
    let mut life = Life::of(&host).await;

    let vm = host
        .define_domain(&domain("g").boots_guest(daemon.root()).xml())
        .await
        .unwrap();
    life.steps(&[at(Step::Defined, 0)]).await;
    assert!(vm.is_persistent().await.unwrap());
    assert!(!vm.is_active().await.unwrap());

    let vm = vm.start().await.unwrap();
    life.steps(&[at(Step::Resumed, 0), at(Step::Started, 0)])
        .await;
    assert_eq!(vm.id(), Some(1));
    let mut console = Dialogue::open(&vm).await;
    console.greeted().await;
    assert_eq!(console.ask("echo hello").await, ["hello"]);

    vm.suspend().await.unwrap();
    life.steps(&[at(Step::Suspended, 0)]).await;
    check_state(&vm, DomainState::Paused).await;
    vm.resume().await.unwrap();
    life.steps(&[at(Step::Resumed, 0)]).await;
    check_state(&vm, DomainState::Running).await;

    // Three ways to boot again: the reset button, the guest's own, and the power button with a
    // machine that is set up anew.
    vm.reset().await.unwrap();
    life.steps(&[REBOOT]).await;
    console.greeted().await;
    console.say("reboot").await;
    life.steps(&[REBOOT]).await;
    console.greeted().await;
    vm.reboot(DomainRebootFlagValues::empty()).await.unwrap();
    let guest = at(Step::Shutdown, 1);
    life.steps_after_boot(&[guest, REBOOT, at(Step::Resumed, 0)])
        .await;
    console.greeted().await;

    vm.shutdown().await.unwrap();
    life.steps_after_boot(&[guest, at(Step::Stopped, 0)]).await;
    console.closed().await;
    check_state(&vm, DomainState::Shutoff).await;
    vm.undefine(DomainUndefineFlagsValues::empty())
        .await
        .unwrap();
    life.steps(&[at(Step::Undefined, 0)]).await;
    assert_eq!(vm.info().await.unwrap_err().code(), Code::NoDomain);
}

async fn check_state(vm: &Domain, expected: DomainState) {
    assert_eq!(vm.state().await.unwrap().state(), expected);
    assert_eq!(vm.info().await.unwrap().state, expected);
}

#[tokio::test]
async fn a_transient_domain_is_bound_to_its_client_when_asked_to() {
    let daemon = Daemon::start();
    let (watcher, starter) = (open(&daemon).await, open(&daemon).await);
    let mut life = Life::of(&watcher).await;
    let how = DomainCreateFlags::START_PAUSED | DomainCreateFlags::START_AUTODESTROY;
    let vm = starter
        .create_domain_with(&domain("t").xml(), how)
        .await
        .unwrap();
    assert!(!vm.is_persistent().await.unwrap());
    check_state(&vm, DomainState::Paused).await;
    life.steps(&[at(Step::Started, 0), at(Step::Suspended, 0)])
        .await;
    starter.close().await.unwrap();
    life.steps(&[at(Step::Shutdown, 2), at(Step::Stopped, 1)])
        .await;
    let listed = watcher
        .list_all_domains(ConnectListAllDomainsFlags::empty())
        .await;
    assert_eq!(listed.unwrap(), []);
    assert!(daemon.qemus().is_empty());
}

#[tokio::test]
async fn what_is_defined_is_changed_and_kept() {
    let mut daemon = Daemon::start();
    let host = open(&daemon).await;
    let mut life = Life::of(&host).await;
    let vm = host.define_domain(&domain("old").xml()).await.unwrap();
    vm.set_autostart(true).await.unwrap();
    let vm = vm.rename("new").await.unwrap();
    assert_eq!(vm.name(), "new");
    life.steps(&[
        at(Step::Defined, 0),
        at(Step::Undefined, 1),
        at(Step::Defined, 2),
    ])
    .await;
    assert_eq!(
        host.lookup_domain("old").await.unwrap_err().code(),
        Code::NoDomain
    );
    assert_eq!(
        host.lookup_domain_by_uuid(vm.uuid()).await.unwrap().name(),
        "new"
    );

    daemon.stop();
    assert!(!host.is_alive() || host.hostname().await.is_err());
    daemon.restart();
    let host = open(&daemon).await;
    let vm = host.lookup_domain("new").await.unwrap();
    assert!(vm.autostart().await.unwrap());
    let xml = vm.xml(XmlOptions::default()).await.unwrap();
    assert!(xml.contains("<name>new</name>"), "{xml}");
    vm.set_autostart(false).await.unwrap();

    let how = DomainUndefineFlagsValues::MANAGED_SAVE
        | DomainUndefineFlagsValues::SNAPSHOTS_METADATA
        | DomainUndefineFlagsValues::CHECKPOINTS_METADATA
        | DomainUndefineFlagsValues::NVRAM;
    vm.undefine(how).await.unwrap();
    let listed = host
        .list_all_domains(ConnectListAllDomainsFlags::empty())
        .await;
    assert_eq!(listed.unwrap(), []);
}

#[tokio::test]
async fn a_console_has_one_client_unless_another_insists() {
    let daemon = Daemon::start();
    let host = open(&daemon).await;
    let vm = host
        .create_domain(&domain("g").boots_guest(daemon.root()).xml())
        .await
        .unwrap();
    let mut first = Dialogue::open(&vm).await;
    first.greeted().await;
    for how in [DomainConsoleFlags::empty(), DomainConsoleFlags::SAFE] {
        let refused = vm.open_console(None, how).await.unwrap_err();
        assert_eq!(refused.code(), Code::OperationFailed);
    }
    let missing = vm
        .open_console(Some("serial9"), DomainConsoleFlags::empty())
        .await;
    assert_eq!(missing.unwrap_err().code(), Code::InternalError);
    let forced = vm
        .open_console(Some("serial0"), DomainConsoleFlags::FORCE)
        .await
        .unwrap();
    first.closed().await;
    forced.send(b"echo mine\n".to_vec().into()).await.unwrap();
    let mut second = Dialogue::from(forced);
    second.until("\nmine").await;
    // Destroyed gracefully: QEMU is asked to end and does.
    vm.destroy_with(DomainDestroyFlagsValues::GRACEFUL)
        .await
        .unwrap();
    second.closed().await;
    assert!(daemon.qemus().is_empty());
}

#[tokio::test]
async fn refusals_carry_code_and_change_nothing() {
    let daemon = Daemon::start();
    let host = open(&daemon).await;
    let vm = host.define_domain(&domain("e").xml()).await.unwrap();
    let before = vm.xml(XmlOptions::default()).await.unwrap();
    let check = |result: ferrovirt::Result<()>, code: Code| {
        let error = result.expect_err("it must be refused");
        assert_eq!(error.code(), code, "{error}");
    };
    check(vm.suspend().await, Code::OperationInvalid);
    check(vm.resume().await, Code::OperationInvalid);
    check(vm.shutdown().await, Code::OperationInvalid);
    check(vm.reset().await, Code::OperationInvalid);
    check(vm.destroy().await, Code::OperationInvalid);
    check(vm.rename("a/b").await.map(drop), Code::XmlError);
    check(vm.rename("e").await.map(drop), Code::InvalidArg);
    check(
        host.define_domain("<domain/>").await.map(drop),
        Code::NoName,
    );
    check(
        host.define_domain("<domain").await.map(drop),
        Code::XmlDetail,
    );
    check(host.lookup_domain_by_id(-1).await.map(drop), Code::NoDomain);
    let unknown = XmlOptions::from_bits_retain(1 << 12);
    check(vm.xml(unknown).await.map(drop), Code::InvalidArg);
    assert_eq!(vm.xml(XmlOptions::default()).await.unwrap(), before);
    check_state(&vm, DomainState::Shutoff).await;
}

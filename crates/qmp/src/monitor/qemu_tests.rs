//! The monitor of a real QEMU.

use std::os::fd::OwnedFd;
use std::time::Duration;

use process::{Process, Program, Signal, Spawn};
use serde_json::{Map, Value, json};
use tokio::net::UnixStream;

use super::{Events, Monitor, Notice, Options};
use crate::Error;
use crate::commands::*;

/// Ends QEMU with the test, however that ends.
struct Qemu(Process);

impl Drop for Qemu {
    fn drop(&mut self) {
        let _ = self.0.kill(Signal::KILL);
    }
}

async fn start(machine: &[&str]) -> (Qemu, Monitor, Events) {
    let (ours, theirs) = std::os::unix::net::UnixStream::pair().unwrap();
    let mut spawn = Spawn::new(Program::Emulator("/usr/bin/qemu-system-x86_64".into()));
    let fd = spawn.pass(OwnedFd::from(theirs));
    let monitor = format!("socket,id=monitor,fd={fd}");
    spawn.args(["-nodefaults", "-no-user-config", "-display", "none", "-S"]);
    spawn
        .args(["-chardev", &monitor, "-mon", "chardev=monitor,mode=control"])
        .args(machine.to_vec());
    let qemu = Qemu(spawn.spawn().unwrap());
    ours.set_nonblocking(true).unwrap();
    let ours = UnixStream::from_std(ours).unwrap();
    let options = Options {
        deadline: Duration::from_secs(60),
        ..Options::new("test")
    };
    let (monitor, events) = Monitor::connect(ours, options).await.unwrap();
    (qemu, monitor, events)
}

async fn next_event(events: &mut Events) -> String {
    match events.recv().await.unwrap() {
        Notice::Event(event) => event.name,
        Notice::Lost(n) => panic!("lost {n}"),
    }
}

fn object(value: Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

const PC: &[&str] = &[
    "-machine",
    "pc,accel=tcg",
    "-m",
    "64",
    "-uuid",
    UUID,
    "-name",
    "guest",
];
const UUID: &str = "6f0ca6ac-2c5b-4d9b-8e1a-1d6a2b2b9a11";

#[tokio::test]
async fn a_machine_is_run_paused_and_ended() {
    let (qemu, monitor, mut events) = start(PC).await;
    assert_eq!(monitor.greeting().unwrap().capabilities, ["oob"]);

    let status = monitor.execute(&QueryStatus).await.unwrap();
    assert_eq!(
        (status.running, status.status),
        (false, RunState::Prelaunch)
    );
    monitor.execute(&Cont).await.unwrap();
    assert_eq!(next_event(&mut events).await, "RESUME");
    monitor.execute(&Stop).await.unwrap();
    assert_eq!(next_event(&mut events).await, "STOP");
    assert_eq!(
        monitor.execute(&QueryStatus).await.unwrap().status,
        RunState::Paused
    );
    monitor.execute(&SystemReset).await.unwrap();
    assert_eq!(next_event(&mut events).await, "RESET");

    monitor.execute(&Quit).await.unwrap();
    assert_eq!(next_event(&mut events).await, "SHUTDOWN");
    assert_eq!(events.recv().await, None);
    assert!(qemu.0.wait().await.unwrap().success());
}

#[tokio::test]
async fn every_query_is_understood() {
    let (_qemu, monitor, _) = start(PC).await;
    let version = monitor.submit(&QueryVersion);
    let target = monitor.submit(&QueryTarget);
    let (name, uuid) = (monitor.submit(&QueryName), monitor.submit(&QueryUuid));
    let (machines, kvm) = (monitor.submit(&QueryMachines), monitor.submit(&QueryKvm));
    let (cpus, models) = (
        monitor.submit(&QueryCpusFast),
        monitor.submit(&QueryCpuDefinitions),
    );
    let (blocks, chardevs) = (monitor.submit(&QueryBlock), monitor.submit(&QueryChardev));
    let schema = monitor.submit(&QueryQmpSchema);
    let (commands, options) = (
        monitor.submit(&QueryCommands),
        monitor.submit(&QueryCommandLineOptions),
    );

    assert!(version.await.unwrap().qemu.major >= 7);
    assert_eq!(target.await.unwrap().arch, "x86_64");
    assert_eq!(name.await.unwrap().name.as_deref(), Some("guest"));
    assert_eq!(uuid.await.unwrap().uuid, UUID);
    let machines = machines.await.unwrap();
    assert!(
        machines
            .iter()
            .any(|m| m.alias.as_deref() == Some("q35") && m.cpu_max >= 255)
    );
    assert!(!kvm.await.unwrap().enabled);
    assert_eq!(cpus.await.unwrap()[0].cpu_index, 0);
    assert!(models.await.unwrap().iter().any(|m| m.name == "max"));
    assert!(blocks.await.unwrap().iter().all(|b| b.inserted.is_none()));
    assert!(chardevs.await.unwrap().iter().any(|c| c.label == "monitor"));
    assert!(schema.await.unwrap().len() > 500);
    assert!(
        commands
            .await
            .unwrap()
            .iter()
            .any(|c| c.name == "blockdev-add")
    );
    assert!(options.await.unwrap().iter().any(|o| o.option == "sandbox"));

    let model = CpuModel {
        name: "qemu64".to_owned(),
        props: None,
    };
    let expansion = QueryCpuModelExpansion {
        r#type: "full",
        model,
    };
    let expanded = monitor.execute(&expansion).await.unwrap();
    assert_eq!(expanded.model.props.unwrap()["vmx"], json!(false));
}

#[tokio::test]
async fn objects_are_made_looked_at_and_removed() {
    let (_qemu, monitor, mut events) = start(PC).await;
    let rng = object(json!({"qom-type": "rng-builtin", "id": "rng0"}));
    let device = object(json!({"driver": "virtio-rng-pci", "id": "dev0", "rng": "rng0"}));
    // One round trip for things that build on each other: QEMU keeps the order.
    let (rng, device) = (
        monitor.submit(&ObjectAdd(rng)),
        monitor.submit(&DeviceAdd(device)),
    );
    rng.await.unwrap();
    device.await.unwrap();

    let path = "/machine/peripheral/dev0".to_owned();
    let get = QomGet {
        path: path.clone(),
        property: "type".to_owned(),
    };
    assert_eq!(monitor.execute(&get).await.unwrap(), "virtio-rng-pci");
    let list = monitor.execute(&QomList { path }).await.unwrap();
    assert!(list.iter().any(|p| p.name == "rng"));
    let typename = "virtio-rng-pci".to_owned();
    let properties = monitor
        .execute(&DeviceListProperties { typename })
        .await
        .unwrap();
    assert!(properties.iter().any(|p| p.name == "max-bytes"));
    let devices = QomListTypes {
        implements: Some("device".to_owned()),
        r#abstract: None,
    };
    assert!(monitor.execute(&devices).await.unwrap().len() > 100);

    let unknown = monitor
        .execute(&ObjectDel {
            id: "no-such-object".to_owned(),
        })
        .await
        .unwrap_err();
    assert_eq!(unknown.refused().unwrap().class, "GenericError");
    monitor
        .execute(&DeviceDel {
            id: "dev0".to_owned(),
        })
        .await
        .unwrap();
    // The guest has not run yet, so that nobody is asked; the next reset would remove it.
    monitor.execute(&SystemReset).await.unwrap();
    let mut names = vec![next_event(&mut events).await];
    while names.last().unwrap() != "DEVICE_DELETED" {
        names.push(next_event(&mut events).await);
    }
    let missing = monitor
        .execute(&DeviceDel {
            id: "dev0".to_owned(),
        })
        .await
        .unwrap_err();
    assert_eq!(missing.refused().unwrap().class, "DeviceNotFound");
}

#[tokio::test]
async fn descriptors_reach_qemu() {
    let (_qemu, monitor, _) = start(&["-machine", "none"]).await;
    let fd = || OwnedFd::from(std::fs::File::open("/dev/null").unwrap());
    let named = GetFd {
        fdname: "first".to_owned(),
    };
    let one = monitor.submit_with_fds(&named, vec![fd()]);
    let two = monitor.submit_with_fds(
        &AddFd {
            fdset_id: Some(3),
            opaque: None,
        },
        vec![fd()],
    );
    one.await.unwrap();
    assert_eq!(two.await.unwrap().fdset_id, 3);
    monitor
        .execute(&CloseFd {
            fdname: "first".to_owned(),
        })
        .await
        .unwrap();
    monitor
        .execute(&RemoveFd {
            fdset_id: 3,
            fd: None,
        })
        .await
        .unwrap();
    let missing = monitor.submit_with_fds(&named, vec![]).await.unwrap_err();
    assert!(
        missing.to_string().contains("No file descriptor supplied"),
        "{missing}"
    );
}

#[tokio::test]
async fn the_human_monitor_and_foreign_commands_pass_through() {
    let (_qemu, monitor, _) = start(PC).await;
    let line = HumanMonitorCommand {
        command_line: "info status".to_owned(),
        cpu_index: None,
    };
    assert_eq!(
        monitor.execute(&line).await.unwrap(),
        "VM status: paused (prelaunch)\r\n"
    );
    let reply = monitor
        .passthrough("{\"execute\":\"query-uuid\"}", vec![])
        .await
        .unwrap();
    assert!(reply.starts_with("{\"return\": {\"UUID\": "), "{reply}");
    let refused = monitor
        .execute_raw("no-such-command", None)
        .await
        .unwrap_err();
    assert_eq!(refused.refused().unwrap().class, "CommandNotFound");
}

#[tokio::test]
async fn a_stopped_qemu_is_noticed_and_so_is_its_recovery() {
    let (qemu, monitor, _) = start(&["-machine", "none"]).await;
    let mut responsive = monitor.responsive();
    qemu.0.kill(Signal::STOP).unwrap();
    let late = monitor
        .submit_within(&QueryStatus, Duration::from_millis(100))
        .await
        .unwrap_err();
    assert!(matches!(late, Error::Deadline { sent: true, .. }), "{late}");
    assert!(!*responsive.borrow_and_update());
    qemu.0.kill(Signal::CONT).unwrap();
    assert!(*responsive.wait_for(|responsive| *responsive).await.unwrap());
    monitor.execute(&QueryStatus).await.unwrap();
}

#[tokio::test]
async fn a_killed_qemu_is_a_disconnect() {
    let (qemu, monitor, _) = start(&["-machine", "none"]).await;
    qemu.0.kill(Signal::KILL).unwrap();
    monitor.closed().await;
    assert!(matches!(
        monitor.execute(&Cont).await,
        Err(Error::Disconnected { .. })
    ));
}

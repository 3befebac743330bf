//! The lifecycle of a domain as the users of the C `virsh` know it.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a failing expectation is how a test reports"
)]

use e2e::{Daemon, domain};

#[test]
fn a_domain_is_defined_started_inspected_and_undefined() {
    let daemon = Daemon::start();
    let file = daemon.file("a.xml", &domain("a").xml());

    let said = daemon.virsh(&["define", &file]).ok();
    assert_eq!(said, format!("Domain 'a' defined from {file}\n\n"));
    assert_eq!(
        daemon.virsh(&["list", "--all"]).ok(),
        " Id   Name   State\n-----------------------\n -    a      shut off\n\n"
    );

    assert_eq!(daemon.virsh(&["start", "a"]).ok(), "Domain 'a' started\n\n");
    assert_eq!(
        daemon.virsh(&["list"]).ok(),
        " Id   Name   State\n----------------------\n 1    a      running\n\n"
    );
    assert_eq!(
        daemon.virsh(&["domstate", "a", "--reason"]).ok(),
        "running (booted)\n\n"
    );
    assert_eq!(daemon.virsh(&["domcontrol", "a"]).ok(), "ok\n\n");
    let info = daemon.virsh(&["dominfo", "a"]).ok();
    for line in [
        "Id:             1",
        "Name:           a",
        "OS Type:        hvm",
        "State:          running",
        "CPU(s):         1",
        "Max memory:     32768 KiB",
        "Used memory:    32768 KiB",
        "Persistent:     yes",
        "Autostart:      disable",
        "Managed save:   no",
    ] {
        assert!(
            info.lines().any(|l| l == line),
            "no line {line:?} in {info}"
        );
    }

    assert_eq!(
        daemon.virsh(&["destroy", "a"]).ok(),
        "Domain 'a' destroyed\n\n"
    );
    assert!(
        daemon.qemus().is_empty(),
        "destroy returns when QEMU is gone"
    );
    assert_eq!(
        daemon.virsh(&["domstate", "a", "--reason"]).ok(),
        "shut off (destroyed)\n\n"
    );
    assert_eq!(
        daemon.virsh(&["undefine", "a"]).ok(),
        "Domain 'a' has been undefined\n\n"
    );
    assert_eq!(
        daemon.virsh(&["list", "--all"]).ok(),
        " Id   Name   State\n--------------------\n\n"
    );
}

#[test]
fn a_running_domain_is_suspended_resumed_reset_and_rebooted() {
    let daemon = Daemon::start();
    let file = daemon.file("a.xml", &domain("a").xml());
    daemon.virsh(&["create", &file]).ok();

    assert_eq!(
        daemon.virsh(&["suspend", "a"]).ok(),
        "Domain 'a' suspended\n\n"
    );
    assert_eq!(
        daemon.virsh(&["domstate", "a", "--reason"]).ok(),
        "paused (user)\n\n"
    );
    assert_eq!(
        daemon.virsh(&["resume", "a"]).ok(),
        "Domain 'a' resumed\n\n"
    );
    assert_eq!(
        daemon.virsh(&["domstate", "a", "--reason"]).ok(),
        "running (unpaused)\n\n"
    );
    assert_eq!(
        daemon.virsh(&["reset", "a"]).ok(),
        "Domain 'a' was reset\n\n"
    );
    assert_eq!(
        daemon.virsh(&["reboot", "a"]).ok(),
        "Domain 'a' is being rebooted\n\n"
    );
    assert_eq!(
        daemon
            .virsh(&["qemu-monitor-command", "a", "--hmp", "info status"])
            .ok()
            .trim(),
        "VM status: running"
    );
    let reply = daemon
        .virsh(&["qemu-monitor-command", "a", r#"{"execute":"query-status"}"#])
        .ok();
    assert!(reply.contains(r#""status":"running""#), "{reply}");
    daemon.virsh(&["destroy", "a", "--graceful"]).ok();
}

#[test]
fn a_transient_domain_is_gone_when_it_stops() {
    let daemon = Daemon::start();
    let file = daemon.file("t.xml", &domain("t").xml());
    assert_eq!(
        daemon.virsh(&["create", &file, "--paused"]).ok(),
        format!("Domain 't' created from {file}\n\n")
    );
    assert_eq!(
        daemon.virsh(&["domstate", "t", "--reason"]).ok(),
        "paused (user)\n\n"
    );
    let info = daemon.virsh(&["dominfo", "t"]).ok();
    assert!(info.contains("Persistent:     no"), "{info}");
    daemon.virsh(&["destroy", "t"]).ok();
    let error = daemon.virsh(&["dominfo", "t"]).fails();
    assert!(error.contains("failed to get domain 't'"), "{error}");
}

#[test]
fn a_running_domain_survives_its_own_undefine() {
    let daemon = Daemon::start();
    let file = daemon.file("a.xml", &domain("a").xml());
    daemon.virsh(&["define", &file]).ok();
    daemon.virsh(&["start", "a"]).ok();
    daemon.virsh(&["undefine", "a"]).ok();
    let info = daemon.virsh(&["dominfo", "a"]).ok();
    assert!(info.contains("Persistent:     no"), "{info}");
    assert!(info.contains("State:          running"), "{info}");
    daemon.virsh(&["destroy", "a"]).ok();
    assert_eq!(daemon.virsh(&["list", "--all", "--name"]).ok().trim(), "");
}

#[test]
fn a_domain_is_renamed_and_marked_for_autostart() {
    let daemon = Daemon::start();
    let file = daemon.file("a.xml", &domain("a").xml());
    daemon.virsh(&["define", &file]).ok();
    assert_eq!(
        daemon.virsh(&["autostart", "a"]).ok(),
        "Domain 'a' marked as autostarted\n\n"
    );
    assert!(daemon.root().join("etc/qemu/autostart/a.xml").is_symlink());
    assert_eq!(
        daemon.virsh(&["domrename", "a", "b"]).ok(),
        "Domain successfully renamed\n\n"
    );
    assert!(daemon.root().join("etc/qemu/b.xml").exists());
    assert!(!daemon.root().join("etc/qemu/a.xml").exists());
    let info = daemon.virsh(&["dominfo", "b"]).ok();
    assert!(info.contains("Autostart:      enable"), "{info}");
    daemon.virsh(&["autostart", "b", "--disable"]).ok();
    assert!(!daemon.root().join("etc/qemu/autostart/b.xml").is_symlink());
}

#[test]
fn titles_descriptions_and_metadata_are_kept() {
    let daemon = Daemon::start();
    let file = daemon.file("a.xml", &domain("a").xml());
    daemon.virsh(&["define", &file]).ok();
    daemon.virsh(&["desc", "a", "--title", "a title"]).ok();
    daemon.virsh(&["desc", "a", "a", "longer", "text"]).ok();
    assert_eq!(
        daemon.virsh(&["desc", "a", "--title"]).ok().trim(),
        "a title"
    );
    assert_eq!(daemon.virsh(&["desc", "a"]).ok().trim(), "a longer text");
    daemon
        .virsh(&[
            "metadata",
            "a",
            "--uri",
            "urn:x",
            "--key",
            "k",
            "--set",
            "<v n='1'/>",
        ])
        .ok();
    assert_eq!(
        daemon
            .virsh(&["metadata", "a", "--uri", "urn:x"])
            .ok()
            .trim(),
        "<v n=\"1\"/>"
    );
    let xml = daemon.virsh(&["dumpxml", "a"]).ok();
    assert!(xml.contains("<k:v xmlns:k=\"urn:x\" n=\"1\"/>"), "{xml}");
    daemon
        .virsh(&["metadata", "a", "--uri", "urn:x", "--remove"])
        .ok();
    let left = daemon.virsh(&["metadata", "a", "--uri", "urn:x"]);
    assert_eq!(left.out.trim(), "");
}

#[test]
fn wrong_states_and_names_are_refused_with_the_public_words() {
    let daemon = Daemon::start();
    let file = daemon.file("a.xml", &domain("a").xml());
    daemon.virsh(&["define", &file]).ok();
    for (command, words) in [
        (
            "destroy",
            "Requested operation is not valid: domain is not running",
        ),
        (
            "suspend",
            "Requested operation is not valid: domain is not running",
        ),
        (
            "resume",
            "Requested operation is not valid: domain is not running",
        ),
        (
            "shutdown",
            "Requested operation is not valid: domain is not running",
        ),
        (
            "reset",
            "Requested operation is not valid: domain is not running",
        ),
    ] {
        let error = daemon.virsh(&[command, "a"]).fails();
        assert!(error.contains(words), "{command}: {error}");
    }
    let other = daemon.file("b.xml", &domain("a").xml());
    let error = daemon.virsh(&["define", &other]).fails();
    assert!(
        error.contains("domain 'a' already exists with uuid"),
        "{error}"
    );
    let error = daemon.virsh(&["start", "nope"]).fails();
    assert!(error.contains("failed to get domain 'nope'"), "{error}");
}

#[test]
fn the_read_only_socket_reads_and_changes_nothing() {
    let daemon = Daemon::start();
    let file = daemon.file("a.xml", &domain("a").xml());
    daemon.virsh(&["define", &file]).ok();
    let uri = format!(
        "qemu+unix:///system?socket={}",
        daemon.read_only_socket().display()
    );
    let listed = e2e::virsh(&uri, &["-r", "list", "--all"]).ok();
    assert!(listed.contains("shut off"), "{listed}");
    let error = e2e::virsh(&uri, &["-r", "start", "a"]).fails();
    assert!(
        error.contains("operation forbidden: read only access prevents virDomainCreate"),
        "{error}"
    );
    let error = e2e::virsh(&uri, &["-r", "dumpxml", "a", "--security-info"]).fails();
    assert!(error.contains("operation forbidden"), "{error}");
    assert_eq!(
        daemon.virsh(&["domstate", "a"]).ok().trim(),
        "shut off",
        "nothing changed"
    );
}

#[test]
fn the_host_is_described() {
    let daemon = Daemon::start();
    let version = daemon.virsh(&["version"]).ok();
    assert!(version.contains("Using API: QEMU 11.3.0"), "{version}");
    assert!(version.contains("Running hypervisor: QEMU"), "{version}");
    assert_eq!(daemon.virsh(&["uri"]).ok().trim(), daemon.uri());
    let node = daemon.virsh(&["nodeinfo"]).ok();
    assert!(node.contains("CPU model:           x86_64"), "{node}");
    let capabilities = daemon.virsh(&["capabilities"]).ok();
    assert!(
        capabilities.contains("<arch name='x86_64'>"),
        "{capabilities}"
    );
    assert!(
        capabilities.contains("<domain type='qemu'/>"),
        "{capabilities}"
    );
    assert!(!daemon.virsh(&["hostname"]).ok().trim().is_empty());
}

#[test]
fn a_definition_becomes_qemu_arguments() {
    let daemon = Daemon::start();
    let file = daemon.file("a.xml", &domain("a").xml());
    let line = daemon.virsh(&["domxml-to-native", "qemu-argv", &file]).ok();
    for part in [
        "qemu-system-x86_64",
        "-name",
        "guest=a",
        "-machine",
        "-no-user-config",
    ] {
        assert!(line.contains(part), "no {part} in {line}");
    }
    let error = daemon.virsh(&["domxml-to-native", "foo", &file]).fails();
    assert!(error.contains("unsupported config type foo"), "{error}");
}

/// A controller that QEMU drives itself is taken from the host as other PCI devices are.
#[test]
fn an_nvme_controller_is_taken_only_where_the_host_can_give_it() {
    let daemon = Daemon::start();
    let xml = domain("n").device(
        "<disk type='nvme' device='disk'><driver name='qemu' type='raw'/>\
         <source type='pci' managed='yes' namespace='1'>\
         <address domain='0x0000' bus='0xff' slot='0x1f' function='0x7'/></source>\
         <target dev='vda' bus='virtio'/></disk>",
    );
    let file = daemon.file("n.xml", &xml.xml());
    let said = daemon.virsh(&["create", &file]).fails();
    // Without VFIO or an IOMMU no device can be given; with them this one is looked for.
    let expected = ["passthrough", "Device 0000:ff:1f.7 not found"];
    assert!(expected.iter().any(|words| said.contains(words)), "{said}");
    assert!(daemon.qemus().is_empty());
    assert_eq!(daemon.virsh(&["list", "--all", "--name"]).ok().trim(), "");
}

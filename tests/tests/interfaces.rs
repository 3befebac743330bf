//! Interfaces that reach the host: each in a network of its own, with a guest at the other end.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a failing expectation is how a test reports"
)]

use std::path::Path;

use e2e::{Daemon, Dialogue, NetworkNamespace, PATIENCE, Watched, domain};
use ferrovirt::Domain;

/// A guest that runs with one interface.
struct Guest {
    daemon: Daemon,
    console: Dialogue,
    vm: Domain,
}

impl Guest {
    async fn boot(daemon: Daemon, interface: &str) -> Self {
        let xml = domain("g").boots_guest(daemon.root()).device(interface);
        let host = ferrovirt::open(&daemon.uri()).await.expect("the daemon");
        let vm = host.create_domain(&xml.xml()).await.expect("a machine");
        let mut console = Dialogue::open(&vm).await;
        console.greeted().await;
        Self {
            daemon,
            console,
            vm,
        }
    }

    /// Gives the guest's end an address.
    async fn address(&mut self, address: &str) {
        let told = self.console.ask(&format!("net eth0 {address}")).await;
        assert!(told.iter().any(|line| line.contains(address)), "{told:?}");
    }
}

/// Nobody listens there: only the guest itself can say so.
fn answers(network: &NetworkNamespace, address: &str) {
    let connect = format!("exec 3<>/dev/tcp/{address}/9");
    let said = network.run(&["/usr/bin/env", "LC_ALL=C", "bash", "-c", &connect]);
    assert!(said.contains("Connection refused"), "{said}");
}

#[tokio::test]
async fn a_guest_on_a_bridge_is_reached_through_it() {
    let Some(network) = NetworkNamespace::make() else {
        return;
    };
    network.ip("link add br0 type bridge");
    network.ip("address add 198.51.100.1/24 dev br0");
    network.ip("link set br0 up");
    let daemon = Daemon::start_within(network.within());
    let interface = "<interface type='bridge'><mac address='52:54:00:01:02:03'/><source bridge='br0'/>\
        <target dev='web0'/><model type='virtio'/><mtu size='1400'/></interface>";
    let mut guest = Guest::boot(daemon, interface).await;
    guest.address("198.51.100.2/24").await;
    answers(&network, "198.51.100.2");
    let link = network.ip("-details link show dev web0");
    for word in [
        "mtu 1400",
        "master br0",
        "fe:54:00:01:02:03",
        "tun type tap",
    ] {
        assert!(link.contains(word), "no {word}: {link}");
    }
    guest.vm.destroy().await.expect("an end");
    let left = network.ip("link show");
    assert!(!left.contains("web0"), "{left}");
}

#[tokio::test]
async fn a_guest_on_an_interface_of_the_host_is_reached_from_the_other_end() {
    let Some(network) = NetworkNamespace::make() else {
        return;
    };
    network.ip("link add below type veth peer name beyond");
    network.ip("address add 198.51.100.1/24 dev beyond");
    network.ip("link set beyond up");
    network.ip("link set below up");
    let daemon = Daemon::start_within(network.within());
    let interface = "<interface type='direct'><mac address='52:54:00:01:02:03'/>\
        <source dev='below' mode='bridge'/><model type='virtio'/></interface>";
    let mut guest = Guest::boot(daemon, interface).await;
    guest.address("198.51.100.2/24").await;
    answers(&network, "198.51.100.2");
    let links = network.ip("-details link show type macvtap");
    for word in ["macvtap0@below", "mode bridge", "52:54:00:01:02:03"] {
        assert!(links.contains(word), "no {word}: {links}");
    }
    guest.vm.destroy().await.expect("an end");
    let left = network.ip("link show");
    assert!(!left.contains("macvtap0"), "{left}");
}

/// The guest's network is that of the process beside QEMU, which has the host's.
#[tokio::test]
async fn a_guest_behind_passt_gets_an_address_and_its_process_goes_with_it() {
    let Some(network) = NetworkNamespace::make() else {
        return;
    };
    network.ip("link add wan type veth peer name beyond");
    network.ip("link set beyond up");
    network.ip("link set wan up");
    network.ip("address add 198.51.100.7/24 dev wan");
    network.ip("route add default via 198.51.100.1");
    let daemon = Daemon::start_within([network.within(), with_passt()].concat());
    let interface = "<interface type='user'><mac address='52:54:00:01:02:03'/><backend type='passt'/>\
        <model type='virtio'/></interface>";
    let mut guest = Guest::boot(daemon, interface).await;
    // passt gives the guest the host's own address.
    let told = guest.console.ask("net eth0").await;
    let lease = "eth0 52:54:00:01:02:03 198.51.100.7/24 router 198.51.100.1";
    assert_eq!(told, [lease]);
    let processes = guest.daemon.processes("passt");
    let [process] = processes[..] else {
        panic!("one process: {processes:?}");
    };
    let process = Watched::new(process);
    guest.vm.destroy().await.expect("an end");
    process.ends_within(PATIENCE);
}

/// A kernel may lack parts of what limits bandwidth: then the start is refused in its words, and nothing is left.
#[tokio::test]
async fn bandwidth_is_limited_as_far_as_the_kernel_can() {
    let Some(network) = NetworkNamespace::make() else {
        return;
    };
    network.ip("link add br0 type bridge");
    let parts = [
        "qdisc add dev br0 root handle 1: htb default 1",
        "class add dev br0 parent 1: classid 1:1 htb rate 8mbit",
        "qdisc add dev br0 parent 1:1 handle 2: sfq",
        "filter add dev br0 parent 1:0 protocol all prio 1 handle 1 fw flowid 1",
        "qdisc add dev br0 ingress",
        "filter add dev br0 parent ffff: protocol all u32 match u32 0 0 police rate 8kbit burst 8k drop flowid :1",
    ];
    let tc = |words: &str| {
        let words: Vec<&str> = ["/usr/sbin/tc"]
            .into_iter()
            .chain(words.split(' '))
            .collect();
        network.run(&words)
    };
    let lacking = parts.iter().find(|part| !tc(part).is_empty());
    let daemon = Daemon::start_within(network.within());
    let xml = domain("g").device(
        "<interface type='bridge'><source bridge='br0'/><target dev='web0'/><model type='virtio'/>\
         <bandwidth><inbound average='1000' peak='5000' burst='1024'/><outbound average='128'/></bandwidth></interface>",
    );
    let host = ferrovirt::open(&daemon.uri()).await.expect("the daemon");
    let made = host.create_domain(&xml.xml()).await;
    match lacking {
        None => {
            made.expect("a machine");
            let class = tc("class show dev web0");
            assert!(
                class.contains("rate 8Mbit ceil 40Mbit burst 1Mb"),
                "{class}"
            );
            let police = tc("filter show dev web0 parent ffff:");
            assert!(police.contains("rate 1024Kbit"), "{police}");
        }
        Some(part) => {
            let said = made.expect_err("a kernel that lacks it").to_string();
            let start: Vec<&str> = part.split(' ').take(2).collect();
            assert!(
                said.contains(&format!("tc {} dev web0", start.join(" "))),
                "{said}"
            );
            assert!(
                !network.ip("link show").contains("web0"),
                "a device is left"
            );
        }
    }
}

/// The command that puts the distribution's passt where programs are, for the one that follows: `cargo xtask guest`
/// unpacks it, and does not install it.
fn with_passt() -> Vec<String> {
    let unpacked =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/guest/passt/unpacked/usr/bin");
    let unpacked = unpacked
        .canonicalize()
        .expect("passt; unpack it with: cargo xtask guest");
    let put = "mount --bind \"$0\" /usr/local/bin && exec \"$@\"";
    let words = [
        "/usr/bin/unshare",
        "--mount",
        "--propagation",
        "private",
        "/bin/sh",
        "-c",
        put,
    ];
    let words = words.into_iter().map(str::to_owned);
    words
        .chain([unpacked.to_string_lossy().into_owned()])
        .collect()
}

//! What the guest sees is what the document says: every family of devices that this machine's QEMU
//! has, on every machine type.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a failing expectation is how a test reports"
)]
#![allow(
    clippy::disallowed_methods,
    reason = "the tests start what serves devices from outside"
)]

mod document;
mod everything;
mod families;
mod guest;
mod machine;
mod numbers;
mod servers;

use document::Document;
use guest::Guest;
use machine::Machine;

/// Devices that every machine type takes, wherever they hang.
fn common(machine: Machine) -> Machine {
    machine
        .disk(1, "<target dev='vda' bus='virtio'/><serial>first</serial>")
        .disk(2, "<target dev='vdb' bus='virtio'/><readonly/><blockio logical_block_size='4096' physical_block_size='4096'/>")
        .device("<controller type='scsi' index='0' model='virtio-scsi'/>")
        .disk(3, "<target dev='sda' bus='scsi'/><serial>third</serial><address type='drive' controller='0' bus='0' target='0' unit='3'/>")
        .disk(4, "<target dev='sdb' bus='scsi'/><address type='drive' controller='0' bus='0' target='2' unit='1'/>")
        .device("<interface type='user'><mac address='52:54:00:00:00:01'/><model type='virtio'/></interface>")
        .device("<rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>")
        .device("<memballoon model='virtio'/>")
        .device("<channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>")
        .device("<channel type='pty'><target type='virtio' name='second'/></channel>")
        .device("<console type='pty'><target type='virtio'/></console>")
        .device("<input type='mouse' bus='virtio'/><input type='keyboard' bus='virtio'/>")
}

/// Devices of a machine with PCI.
fn pci(machine: Machine) -> Machine {
    common(machine)
        .device("<interface type='user'><mac address='52:54:00:00:00:02'/><model type='e1000'/></interface>")
        .device("<interface type='user'><mac address='52:54:00:00:00:03'/><model type='rtl8139'/></interface>")
        .device("<interface type='user'><mac address='52:54:00:00:00:04'/><model type='e1000e'/></interface>")
        .device("<controller type='usb' index='0' model='qemu-xhci'/>")
        .device("<input type='tablet' bus='usb'/>")
        .device("<controller type='usb' index='1' model='ich9-ehci1'/>\
            <controller type='usb' index='1' model='ich9-uhci1'><master startport='0'/></controller>")
        .device("<serial type='pty'><target type='isa-serial'/></serial>")
        .device("<serial type='pty'><target type='pci-serial'/></serial>")
        .device("<sound model='ich6'/><sound model='ac97'/>")
        .device("<graphics type='vnc'><listen type='none'/></graphics>")
        .device("<video><model type='vga'/></video>")
        .device("<watchdog model='i6300esb' action='none'/>")
        .device("<panic model='isa'/>")
}

/// A conventional machine.
fn pc() -> Machine {
    pci(Machine::new("pc"))
        .disk(5, "<target dev='hdb' bus='ide'/>")
        .device("<disk type='file' device='cdrom'><target dev='hdc' bus='ide'/><readonly/></disk>")
        .device("<disk type='file' device='floppy'><target dev='fda' bus='fdc'/></disk>")
}

/// One with PCI Express.
fn q35() -> Machine {
    pci(Machine::new("q35"))
        .disk(5, "<target dev='sdc' bus='sata'/>")
        .device("<disk type='file' device='cdrom'><target dev='sdd' bus='sata'/><readonly/></disk>")
        .device("<controller type='pci' index='20' model='pcie-to-pci-bridge'/>")
}

/// One without PCI.
fn microvm() -> Machine {
    common(Machine::new("microvm"))
}

/// The machines of the tables.
fn disks() -> Machine {
    Machine::new("pc").families(families::DISKS)
}

fn usb() -> Machine {
    Machine::new("pc").families(families::USB)
}

fn cards() -> Machine {
    Machine::new("pc").families(families::CARDS)
}

fn express() -> Machine {
    Machine::new("q35").families(families::EXPRESS)
}

fn board() -> Machine {
    Machine::new("q35")
        .families(families::BOARD)
        .platform(MEMORY)
        .platform("<genid/>")
        .beside(servers::doorbell)
}

fn served() -> Machine {
    let shared = "<memoryBacking><source type='memfd'/><access mode='shared'/></memoryBacking>";
    Machine::new("q35")
        .families(families::SERVED)
        .platform(shared)
        .beside(servers::disks)
}

/// One whose processors and memory are in two nodes; its screen is in its memory.
fn nodes() -> Machine {
    Machine::new("q35")
        .vcpus(4)
        .memory_mib(256)
        .platform(
            "<cpu mode='custom' match='exact' check='none'><model fallback='allow'>qemu64</model>\
             <topology sockets='2' dies='1' cores='2' threads='1'/><numa>\
             <cell id='0' cpus='0-1' memory='128' unit='MiB'><distances><sibling id='0' value='10'/><sibling id='1' value='31'/></distances></cell>\
             <cell id='1' cpus='2-3' memory='128' unit='MiB'><distances><sibling id='0' value='31'/><sibling id='1' value='10'/></distances></cell>\
             </numa></cpu>",
        )
        .device("<graphics type='vnc'><listen type='none'/></graphics><video><model type='ramfb'/></video>")
}

#[tokio::test]
async fn a_pc_shows_its_devices() {
    let (guest, document) = pc().boot().await;
    check_all(&guest, &document);
    let is_ide = |line: &str| line.starts_with("scsi ") && line.contains(" type 0 ATA ");
    guest.has(is_ide, "the IDE disk");
}

#[tokio::test]
async fn a_q35_shows_its_devices() {
    let (guest, document) = q35().boot().await;
    check_all(&guest, &document);
}

/// Its kernel finds the slots of a microvm by ACPI.
#[tokio::test]
async fn a_microvm_shows_its_devices() {
    let (guest, document) = microvm().boot().await;
    assert_eq!(guest.lines("pci ").count(), 0, "it has no PCI");
    check_all(&guest, &document);
}

fn check_all(guest: &Guest, document: &Document) {
    guest.check_pci(document);
    guest.check_virtio(document);
    guest.check_disk(1, "read-write", "512/512", Some("first"));
    guest.check_disk(2, "read-only", "4096/4096", None);
    guest.check_disk(3, "read-write", "512/512", Some("third"));
    guest.check_disk(4, "read-write", "512/512", None);
    guest.check_units(document);
    guest.check_networks(document);
    guest.check_ports(document);
    for name in ["QEMU Virtio Mouse", "QEMU Virtio Keyboard"] {
        guest.has(
            |line| line.starts_with("input ") && line.ends_with(name),
            name,
        );
    }
    guest.has(
        |line| line.starts_with("hwrng virtio_rng"),
        "the random numbers",
    );
    let serials = document.elements("serial").count();
    let isa = document
        .elements("serial")
        .filter(|serial| document::attribute(*serial, "target", "type") == Some("isa-serial"));
    let seen = guest.lines("serial ").count();
    assert!(
        seen <= serials && seen >= isa.count(),
        "{seen} serial ports of {serials}"
    );
    if document.elements("panic").next().is_some() {
        guest.has(|line| line.starts_with("acpi QEMU0001"), "the panic device");
    }
}

#[tokio::test]
async fn processors_and_nodes_are_arranged_as_the_document_says() {
    let (mut guest, _) = nodes().boot().await;
    guest.has(|line| line == "fw-cfg etc/ramfb", "the screen");
    let seen = guest.ask("topology").await;
    // The number of a die is the kernel's own, not the firmware's.
    for (cpu, package, core) in [(0, 0, 0), (1, 0, 1), (2, 1, 0), (3, 1, 1)] {
        let start = format!("cpu{cpu} package {package} die ");
        let end = format!(" core {core} siblings {cpu}");
        let found = seen
            .iter()
            .any(|line| line.starts_with(&start) && line.ends_with(&end));
        assert!(found, "no cpu{cpu} in {seen:#?}");
    }
    for (node, cpus, distances) in [("node0", "0-1", "10,31"), ("node1", "2-3", "31,10")] {
        let found = seen.iter().any(|line| {
            line.starts_with(&format!("{node} cpus {cpus} memory "))
                && line.ends_with(&format!("distances {distances}"))
        });
        assert!(found, "no {node} in {seen:#?}");
    }
}

/// Memory that more can be plugged into.
const MEMORY: &str = "<maxMemory slots='8' unit='MiB'>2048</maxMemory>\
    <cpu mode='custom' match='exact' check='none'><model fallback='allow'>qemu64</model>\
    <numa><cell id='0' cpus='0' memory='384' unit='MiB'/></numa></cpu>";

async fn check(machine: Machine) -> Guest {
    let (guest, document) = machine.memory_mib(384).boot().await;
    guest.check_pci(&document);
    guest.check_virtio(&document);
    guest
}

#[tokio::test]
async fn a_pc_shows_disks_on_every_bus() {
    check(disks()).await;
}

#[tokio::test]
async fn a_pc_shows_usb_of_every_age_and_sound() {
    check(usb()).await;
}

#[tokio::test]
async fn a_pc_shows_every_card_that_it_takes() {
    check(cards()).await;
}

#[tokio::test]
async fn a_q35_shows_every_card_that_it_takes() {
    check(express()).await;
}

#[tokio::test]
async fn a_board_shows_what_it_has_and_its_memory() {
    let mut guest = check(board()).await;
    guest.has(|line| line.starts_with("acpi QEMUVGID"), "the generation");
    // Three of the board, and one each of the dimm and of virtio-mem, which nobody has taken into use yet.
    let seen = guest.ask("topology").await;
    let blocks = "blocks 3 online, 5 in all, of 134217728 bytes";
    assert!(seen.iter().any(|line| line == blocks), "{seen:#?}");
}

#[tokio::test]
async fn a_machine_shows_the_disks_that_others_serve() {
    check(served()).await;
}

#[tokio::test]
async fn a_machine_without_devices_shows_only_what_its_board_has() {
    let (guest, document) = Machine::new("q35")
        .device("<memballoon model='none'/>")
        .boot()
        .await;
    guest.check_pci(&document);
    assert_eq!(guest.lines("block ").count(), 0);
    assert_eq!(guest.lines("port ").count(), 0);
    assert_eq!(guest.lines("virtio ").count(), 0);
}

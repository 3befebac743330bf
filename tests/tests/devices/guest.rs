//! What the guest sees, held against the document.

use e2e::{Daemon, Dialogue};
use roxmltree::Node;

use crate::document::{Document, PciPlace, attribute, title};

/// A guest that runs, and what it saw on its buses.
pub(crate) struct Guest {
    _daemon: Daemon,
    console: Dialogue,
    seen: Vec<String>,
}

/// A PCI function as the guest sees it.
struct Function<'a> {
    /// As `0000:00:03.0`.
    name: &'a str,
    /// As `8086:100e`.
    id: &'a str,
    /// The bridge before it.
    behind: Option<&'a str>,
}

impl Guest {
    pub(crate) async fn new(daemon: Daemon, mut console: Dialogue) -> Self {
        let seen = console.ask("devices").await;
        Self {
            _daemon: daemon,
            console,
            seen,
        }
    }

    pub(crate) async fn ask(&mut self, command: &str) -> Vec<String> {
        self.console.ask(command).await
    }

    pub(crate) fn lines<'a>(&'a self, start: &'a str) -> impl Iterator<Item = &'a str> {
        let lines = self.seen.iter().map(String::as_str);
        lines.filter(move |line| line.starts_with(start))
    }

    #[track_caller]
    pub(crate) fn has(&self, is_it: impl Fn(&str) -> bool, what: &str) {
        assert!(
            self.seen.iter().any(|line| is_it(line)),
            "{what} is not among {:#?}",
            self.seen
        );
    }

    fn functions(&self) -> Vec<Function<'_>> {
        let functions = self.lines("pci ").map(|line| {
            let words: Vec<&str> = line.split(' ').collect();
            let after = |word: &str| {
                let at = words.iter().position(|it| *it == word)?;
                words.get(at + 1).copied()
            };
            let [_, name, id, ..] = words[..] else {
                panic!("no function: {line}");
            };
            Function {
                name,
                id,
                behind: after("behind"),
            }
        });
        functions.collect()
    }

    /// The guest's name of the function at a place of the document.
    fn name_at(&self, document: &Document, place: PciPlace) -> Option<String> {
        let bridge = document.bridge(place.bus).filter(|_| place.bus != 0);
        let behind = match bridge {
            Some(bridge) => Some(self.name_at(document, bridge)?),
            None => None,
        };
        let end = format!(":{:02x}.{:x}", place.slot, place.function);
        let functions = self.functions();
        let found = functions
            .iter()
            .find(|function| function.behind == behind.as_deref() && function.name.ends_with(&end));
        found.map(|function| function.name.to_owned())
    }

    /// Every device with a place on a PCI bus is at that place, and is what the document says.
    pub(crate) fn check_pci(&self, document: &Document) {
        let functions = self.functions();
        for (device, place) in document.pci() {
            let name = self.name_at(document, place);
            let found = functions.iter().find(|it| Some(it.name) == name.as_deref());
            let Some(found) = found else {
                panic!(
                    "nothing at {place:?} for {}: {:#?}",
                    title(device),
                    self.seen
                );
            };
            let ids = ids(device);
            assert!(
                ids.contains(&found.id),
                "{} at {place:?} is {}, not one of {ids:?}",
                title(device),
                found.id
            );
        }
    }

    /// Every virtio device is there with its kind, at the place of its PCI function.
    pub(crate) fn check_virtio(&self, document: &Document) {
        let place_of = |device: Node<'_, '_>| {
            let mut all = document.pci();
            all.find(|(node, _)| node.id() == device.id())
                .map(|(_, place)| place)
        };
        let mut expected: Vec<(u32, Option<String>)> = Vec::new();
        let root = document.elements("devices").next().expect("devices");
        for device in root.children().filter(Node::is_element) {
            let Some(kind) = virtio_kind(device) else {
                continue;
            };
            let place = place_of(device).map(|place| {
                self.name_at(document, place)
                    .expect("its function, which was checked")
            });
            expected.push((kind, place));
        }
        for (kind, place) in &expected {
            let start = format!(" type {kind} ");
            let found = self.lines("virtio ").any(|line| {
                let at = place.as_ref().map(|place| format!(" at {place} "));
                line.contains(&start) && at.is_none_or(|at| line.contains(&at))
            });
            assert!(
                found,
                "no virtio device of type {kind} at {place:?}: {:#?}",
                self.seen
            );
        }
        assert_eq!(
            self.lines("virtio ").count(),
            expected.len(),
            "{:#?}",
            self.seen
        );
    }

    fn disk(&self, mib: u64) -> &str {
        let bytes = format!(" {} bytes ", mib << 20);
        let mut disks = self.lines("block ").filter(|line| line.contains(&bytes));
        disks
            .next()
            .unwrap_or_else(|| panic!("no disk of {mib} MiB among {:#?}", self.seen))
    }

    #[track_caller]
    pub(crate) fn check_disk(&self, mib: u64, access: &str, sectors: &str, serial: Option<&str>) {
        let line = self.disk(mib);
        assert!(line.contains(&format!(" bytes {access}")), "{line}");
        assert!(line.contains(&format!(" sectors {sectors}")), "{line}");
        match serial {
            Some(serial) => assert!(line.ends_with(&format!(" serial {serial}")), "{line}"),
            None => assert!(!line.contains(" serial "), "{line}"),
        }
    }

    /// SCSI disks have the numbers of their addresses.
    pub(crate) fn check_units(&self, document: &Document) {
        for disk in document.elements("disk") {
            if attribute(disk, "target", "bus") != Some("scsi") {
                continue;
            }
            let number = |name| attribute(disk, "address", name).expect("an address");
            let end = format!(":0:{}:{} type 0 QEMU ", number("target"), number("unit"));
            self.has(
                |line| line.starts_with("scsi ") && line.contains(&end),
                &title(disk),
            );
        }
    }

    /// Network cards with a driver have the document's address of hardware, and hang where it
    /// says.
    pub(crate) fn check_networks(&self, document: &Document) {
        for interface in document.elements("interface") {
            if attribute(interface, "model", "type") != Some("virtio") {
                continue;
            }
            let mac = attribute(interface, "mac", "address").expect("an address");
            let word = format!(" {mac} ");
            self.has(|line| line.starts_with("net ") && line.contains(&word), mac);
        }
    }

    /// Channels have their names.
    pub(crate) fn check_ports(&self, document: &Document) {
        for channel in document.elements("channel") {
            let name = attribute(channel, "target", "name").expect("a name");
            let end = format!(" {name}");
            self.has(
                |line| line.starts_with("port ") && line.ends_with(&end),
                name,
            );
        }
    }
}

/// The numbers that a device may have on a PCI bus (QEMU: docs/specs/pci-ids, hw/…); virtio
/// devices have old ones on a conventional bus and new ones on an express bus.
fn ids(device: Node<'_, '_>) -> &'static [&'static str] {
    let name = device.tag_name().name();
    let model = device
        .attribute("model")
        .or_else(|| attribute(device, "model", "type"))
        .or_else(|| attribute(device, "target", "type"))
        .unwrap_or_default();
    match (name, device.attribute("type").unwrap_or_default(), model) {
        ("controller", "pci", "pcie-root-port") => &["1b36:000c"],
        ("controller", "pci", "pcie-to-pci-bridge") => &["1b36:000e"],
        ("controller", "pci", "pci-bridge") => &["1b36:0001"],
        ("controller", "usb", "piix3-uhci") => &["8086:7020"],
        ("controller", "usb", "qemu-xhci") => &["1b36:000d"],
        ("controller", "usb", "ich9-ehci1") => &["8086:293a"],
        ("controller", "usb", "ich9-uhci1") => &["8086:2934"],
        ("controller", "ide", _) => &["8086:7010"],
        ("controller", "sata", _) => &["8086:2922"],
        ("controller", "scsi", "virtio-scsi") => &["1af4:1004", "1af4:1048"],
        ("controller", "virtio-serial", _) => &["1af4:1003", "1af4:1043"],
        ("disk", ..) => &["1af4:1001", "1af4:1042"],
        ("interface", _, "virtio") => &["1af4:1000", "1af4:1041"],
        ("interface", _, "e1000") => &["8086:100e"],
        ("interface", _, "e1000e") => &["8086:10d3"],
        ("interface", _, "rtl8139") => &["10ec:8139"],
        ("serial", ..) => &["1b36:0002"],
        ("input", ..) => &["1af4:1052"],
        ("sound", _, "ich6") => &["8086:2668"],
        ("sound", _, "ac97") => &["8086:2415"],
        ("video", _, "vga") => &["1234:1111"],
        ("video", _, "cirrus") => &["1013:00b8"],
        ("watchdog", _, "i6300esb") => &["8086:25ab"],
        ("watchdog", _, "itco") => &["8086:2918"],
        ("rng", ..) => &["1af4:1005", "1af4:1044"],
        ("memballoon", ..) => &["1af4:1002", "1af4:1045"],
        _ => &[],
    }
}

/// The kind of a virtio device (virtio 1.2, 5); nothing for other devices.
fn virtio_kind(device: Node<'_, '_>) -> Option<u32> {
    let model = device
        .attribute("model")
        .or_else(|| attribute(device, "model", "type"));
    Some(
        match (device.tag_name().name(), device.attribute("type"), model) {
            ("interface", _, Some("virtio")) => 1,
            ("disk", ..) if attribute(device, "target", "bus") == Some("virtio") => 2,
            ("controller", Some("virtio-serial"), _) => 3,
            ("rng", ..) => 4,
            ("memballoon", _, Some("virtio")) => 5,
            ("controller", Some("scsi"), Some("virtio-scsi")) => 8,
            ("input", ..) if device.attribute("bus") == Some("virtio") => 18,
            _ => return None,
        },
    )
}

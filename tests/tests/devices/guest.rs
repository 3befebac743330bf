//! What the guest sees, held against the document.

use std::time::{Duration, Instant};

use e2e::{Daemon, Dialogue};
use roxmltree::Node;

use crate::document::{Document, Maker, PciPlace, attribute, title};
use crate::families::Family;
use crate::numbers;
use crate::servers::Server;

/// Devices may come so long after the guest's greeting: those of USB are found one after the other.
const SETTLING: Duration = Duration::from_secs(120);

/// A guest that runs, and what it saw on its buses.
pub(crate) struct Guest {
    _daemon: Daemon,
    _servers: Vec<Server>,
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
    pub(crate) async fn new(daemon: Daemon, servers: Vec<Server>, mut console: Dialogue) -> Self {
        let seen = console.ask("devices").await;
        Self {
            _daemon: daemon,
            _servers: servers,
            console,
            seen,
        }
    }

    /// Asks until the guest shows what the table says; each line is one device's.
    pub(crate) async fn settle(&mut self, families: &[Family]) {
        let deadline = Instant::now() + SETTLING;
        loop {
            let missing = missing(families, &self.seen);
            if missing.is_empty() {
                return;
            }
            assert!(
                Instant::now() < deadline,
                "the guest does not show {missing:#?}: {:#?}",
                self.seen
            );
            self.seen = self.console.ask("devices").await;
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
        let maker = document.maker(place.bus).filter(|_| place.bus != 0);
        let behind = match maker {
            Some(Maker::Bridge(bridge)) => Some(self.name_at(document, bridge)?),
            Some(Maker::BehindRoot(number)) => Some(format!("0000:{number:02x}:00.0")),
            Some(Maker::Root(_)) | None => None,
        };
        let bus = match maker {
            Some(Maker::Root(number)) => format!("{number:02x}"),
            None => "00".to_owned(),
            // The firmware numbers what is behind bridges.
            Some(Maker::Bridge(_) | Maker::BehindRoot(_)) => String::new(),
        };
        let end = format!("{bus}:{:02x}.{:x}", place.slot, place.function);
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
            let ids = numbers::pci(device);
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
            let Some(kind) = numbers::virtio(device) else {
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

/// What no line of the guest shows.
fn missing(families: &[Family], seen: &[String]) -> Vec<&'static str> {
    let mut left: Vec<&str> = seen.iter().map(String::as_str).collect();
    let mut missing = Vec::new();
    for wanted in families.iter().flat_map(|family| family.sees) {
        match left.iter().position(|line| shows(line, wanted)) {
            Some(at) => drop(left.remove(at)),
            None => missing.push(*wanted),
        }
    }
    missing
}

/// Whether a line begins with the first piece and has the others behind it, in order.
fn shows(line: &str, wanted: &str) -> bool {
    let mut pieces = wanted.split('…').map(str::trim);
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = line.strip_prefix(first) else {
        return false;
    };
    pieces.all(|piece| match rest.split_once(piece) {
        Some((_, after)) => {
            rest = after;
            true
        }
        None => false,
    })
}

#[test]
fn a_line_is_told_by_its_pieces() {
    let line = "usb 1-1.2 0409:55aa speed 12 QEMU USB Hub";
    for (wanted, expected) in [
        ("usb", true),
        ("usb … 0409:55aa", true),
        ("usb … 0409:55aa … Hub", true),
        ("usb … Hub … 0409:55aa", false),
        ("pci … 0409:55aa", false),
    ] {
        assert_eq!(shows(line, wanted), expected, "{wanted}");
    }
}

//! What the document tests share: a QEMU's stored answers, identities that do not change, the whole way of a document.
#![allow(dead_code)] // Each test uses its part.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use documents::domain::{Domain, PciAddress};
use documents::{MacAddress, Uuid};
use driver::Layout;
use protocol::error::{Code, Origin};
use qemu_driver::capabilities::{Arch, Capabilities};
use qemu_driver::command_line::{CommandLine, HugePageDir, Runtime, Surroundings, build, show};
use qemu_driver::devices::{TapFds, wanted_tap};
use qemu_driver::domain::{
    Checked, Context, DomainError, Host, Ids, Live, Start, check, complete, live,
};
use qemu_driver::firmware::{Firmware, installed};

/// The folder of the test documents.
pub(crate) fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data")
}

/// The test documents that have a file with this suffix, as `FAMILY/NAME` in order.
pub(crate) fn cases(suffix: &str) -> Vec<String> {
    fn collect(folder: &Path, suffix: &str, names: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).expect("a folder of documents") {
            let path = entry.expect("an entry of the folder").path();
            if path.is_dir() {
                collect(&path, suffix, names);
                continue;
            }
            let below = path.strip_prefix(data()).expect("a path below the folder");
            if let Some(name) = below.to_str().and_then(|name| name.strip_suffix(suffix)) {
                names.push(name.to_owned());
            }
        }
    }
    let mut names = Vec::new();
    collect(&data(), suffix, &mut names);
    names.sort();
    names
}

/// The architectures whose emulators' answers are stored.
pub(crate) const STORED: &[Arch] = &[Arch::X86_64, Arch::Aarch64, Arch::Riscv64];

/// Where the answers of an architecture's emulator are stored.
pub(crate) fn stored(arch: Arch) -> PathBuf {
    data().join(format!("capabilities-{arch}.json"))
}

/// What QEMU 10.0.2 for x86_64 answered, cut to a few machines.
pub(crate) fn capabilities() -> Capabilities {
    answers(Arch::X86_64)
}

/// What the emulator of one of these architectures answered.
pub(crate) fn answers(arch: Arch) -> Capabilities {
    let text = std::fs::read_to_string(stored(arch)).expect("the stored answers");
    serde_json::from_str(&text).expect("the stored answers are capabilities")
}

/// What the emulator of a document's architecture answers. Those that are not stored answer as another one with a
/// machine of their own.
pub(crate) fn capabilities_for(text: &str) -> Capabilities {
    let domain: Option<Domain> = xml::parse(text, &xml::Options::lenient()).ok();
    let arch = domain.and_then(|domain| Arch::from_name(&domain.os.kind?.arch?));
    let (like, machine) = match arch.unwrap_or(Arch::X86_64) {
        Arch::I686 => (Arch::X86_64, None),
        arch if STORED.contains(&arch) => return answers(arch),
        Arch::Armv7l => (Arch::Aarch64, None),
        Arch::Armv6l => (Arch::Aarch64, Some("versatilepb")),
        Arch::Ppc64 | Arch::Ppc64le => (Arch::X86_64, Some("pseries-10.0")),
        Arch::S390x => (Arch::X86_64, Some("s390-ccw-virtio-10.0")),
        Arch::Mips => (Arch::X86_64, Some("malta")),
        _ => (Arch::X86_64, None),
    };
    let arch = arch.unwrap_or(Arch::X86_64);
    let mut capabilities = answers(like);
    if arch != Arch::I686 {
        capabilities.emulator = PathBuf::from(format!("/usr/bin/qemu-system-{}", arch.qemu()));
        capabilities.arch = arch;
    }
    if let Some(machine) = machine {
        capabilities.machines.truncate(1);
        for it in &mut capabilities.machines {
            (it.name, it.default_cpu) = (machine.to_owned(), None);
            let alias = machine.strip_suffix("-10.0");
            (it.alias, it.is_default) = (alias.map(str::to_owned), true);
        }
    }
    capabilities
}

/// The answers of a QEMU that lacks what these words name: devices, objects, TPMs, features.
pub(crate) fn lacking(mut capabilities: Capabilities, words: &str) -> Capabilities {
    let mut remove = |word: &str| -> bool {
        let types = &mut capabilities.tpm_types;
        if let Some(at) = types.iter().position(|kind| kind == word) {
            types.remove(at);
            return true;
        }
        let feature = serde_json::from_value(word.into()).ok();
        let has_feature = feature.is_some_and(|feature| capabilities.features.remove(&feature));
        has_feature || capabilities.devices.remove(word) || capabilities.objects.remove(word)
    };
    for word in words.split_whitespace() {
        assert!(remove(word), "the stored answers have no {word}");
    }
    capabilities
}

/// The answers of a QEMU that has besides what these words name: features, or else devices.
pub(crate) fn having(mut capabilities: Capabilities, words: &str) -> Capabilities {
    for word in words.split_whitespace() {
        let is_new = match serde_json::from_value(word.into()) {
            Ok(feature) => capabilities.features.insert(feature),
            Err(_) => capabilities.devices.insert(word.to_owned()),
        };
        assert!(is_new, "the stored answers have {word}");
    }
    capabilities
}

/// The same for the emulator of 32-bit guests, which differs in name, architecture and default CPU.
pub(crate) fn capabilities_i686() -> Capabilities {
    let mut capabilities = capabilities();
    capabilities.emulator = PathBuf::from("/usr/bin/qemu-system-i386");
    capabilities.arch = Arch::I686;
    for machine in &mut capabilities.machines {
        machine.default_cpu = machine.default_cpu.as_ref().map(|_| "qemu32".to_owned());
    }
    capabilities
}

/// The emulator of an architecture that `cargo xtask guest` has unpacked, if it has.
pub(crate) fn unpacked_emulator(arch: Arch) -> Option<PathBuf> {
    let name = format!("qemu-system-{}", arch.qemu());
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/guest/emulators");
    let packages = std::fs::read_dir(place).ok()?.flatten();
    let mut found = packages.map(|package| package.path().join("unpacked/usr/bin").join(&name));
    found.find(|path| path.is_file())
}

/// Identities that are always the same.
#[derive(Debug)]
pub(crate) struct FixedIds;

impl Ids for FixedIds {
    fn uuid(&self) -> Uuid {
        Uuid([0x11; 16])
    }

    fn mac(&self) -> MacAddress {
        MacAddress([0x52, 0x54, 0, 0, 0, 1])
    }
}

/// Why a document went no further.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// It is no domain document.
    Parse(xml::Errors),
    /// This driver or this QEMU cannot run it.
    Domain(DomainError),
}

impl Refusal {
    /// The public error number and origin.
    pub(crate) fn public(&self) -> (Code, Origin) {
        match self {
            Self::Parse(errors) => (
                driver::ToError::code(errors),
                driver::ToError::origin(errors).unwrap_or(Origin::Qemu),
            ),
            Self::Domain(error) => (error.code(), error.origin()),
        }
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Parse(error) => error.fmt(f),
            Self::Domain(error) => error.fmt(f),
        }
    }
}

/// A host without firmware, with one node.
#[derive(Debug)]
pub(crate) struct FixedHost;

impl Host for FixedHost {
    fn layout(&self) -> Layout {
        Layout::system()
    }

    fn firmware(&self) -> Vec<Firmware> {
        installed(&[data().join("firmware.d")])
    }

    fn address_bits(&self) -> Option<u32> {
        Some(46)
    }

    fn is_conventional(&self, address: &PciAddress) -> bool {
        // As the machine of the oracle: what it has is conventional.
        (address.domain, address.bus) == (0, 0) && address.slot < 6 && address.function == 0
    }
}

/// What that host has for arguments to name.
pub(crate) fn surroundings() -> Surroundings {
    Surroundings {
        memory_dir: PathBuf::from("/var/lib/libvirt/qemu/ram"),
        page_kib: 4,
        huge_pages: vec![HugePageDir {
            kib: 2048,
            is_default: true,
            path: PathBuf::from("/dev/hugepages/libvirt/qemu"),
        }],
        nodes: [0].into(),
        advised_nodes: None,
        smbios: None,
    }
}

/// Reads, completes and checks a document.
pub(crate) fn define(text: &str, capabilities: &Capabilities) -> Result<Checked, Refusal> {
    let domain: Domain = xml::parse(text, &xml::Options::lenient()).map_err(Refusal::Parse)?;
    let context = Context {
        capabilities,
        ids: &FixedIds,
        host: &FixedHost,
    };
    let completed = complete(domain, &context).map_err(Refusal::Domain)?;
    check(completed, capabilities).map_err(Refusal::Domain)
}

/// Makes the live document of a guest with the number `id`.
pub(crate) fn start(
    checked: &Checked,
    id: i32,
    channel_dir: &Path,
    capabilities: &Capabilities,
) -> Result<Live, Refusal> {
    let mut start = Start {
        id,
        home: channel_dir.to_owned(),
        channel_dir: channel_dir.to_owned(),
        vnc_listen: "127.0.0.1".to_owned(),
        next_port: &mut |_| Some(5900),
        capabilities,
        processor: None,
        counter: None,
    };
    live(checked, &mut start).map_err(Refusal::Domain)
}

/// The command line as it is shown to people.
pub(crate) fn arguments(
    checked: &Checked,
    capabilities: &Capabilities,
) -> Result<CommandLine, Refusal> {
    let channels = Path::new("/run/libvirt/qemu/channel");
    let live = start(checked, -1, channels, capabilities)?;
    let library_dir = Path::new("/var/lib/libvirt/qemu");
    show(&live, capabilities, library_dir, 0, &surroundings()).map_err(Refusal::Domain)
}

/// Descriptors that no process has, for every interface that wants some.
pub(crate) fn placeholder_taps(domain: &Domain) -> BTreeMap<usize, TapFds> {
    let mut next = 20;
    let mut taps = BTreeMap::new();
    for (index, interface) in domain.devices.interfaces.iter().enumerate() {
        let Some((queues, vhost)) = wanted_tap(interface) else {
            continue;
        };
        let mut take = |wanted: bool| -> Vec<i32> {
            let count = if wanted { queues } else { 0 };
            let fds = (0..count).map(|_| {
                next += 1;
                next
            });
            fds.collect()
        };
        let fds = take(true);
        let vhost = take(vhost);
        taps.insert(index, TapFds { fds, vhost });
    }
    taps
}

/// The arguments that start the interfaces of a guest, or why it does not start.
pub(crate) fn started_interfaces(checked: &Checked, capabilities: &Capabilities) -> String {
    let channels = Path::new("/run/libvirt/qemu/channel");
    let live = match start(checked, 1, channels, capabilities) {
        Ok(live) => live,
        Err(error) => return format!("{error}\n"),
    };
    let vdpa = live.document().devices.interfaces.iter().enumerate();
    let runtime = Runtime {
        taps: placeholder_taps(live.document()),
        vdpa: vdpa.map(|(index, _)| (index, 60)).collect(),
        passt: Some(PathBuf::from("/run/libvirt/qemu/passt/1-guest")),
        ..Runtime::default()
    };
    let args = match build(&live, capabilities, &runtime) {
        Ok(command) => command.args,
        Err(error) => return format!("{:?} {:?}\n{error}\n", error.code(), error.origin()),
    };
    let mut lines = String::new();
    for pair in args.windows(2) {
        let [option, value] = pair else { continue };
        let wanted = match option.as_str() {
            "-netdev" => true,
            "-chardev" => value.contains("id=charnet") || value.contains("id=charua-"),
            "-device" => value.contains("\"netdev\":"),
            _ => false,
        };
        if wanted {
            lines.push_str(&format!("{option} {value}\n"));
        }
    }
    lines
}

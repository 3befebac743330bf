//! What the guest finds on its buses, one line a device: kind, name, facts.

use crate::shell::Outcome;
use crate::{button, sys};

/// Where the devices of a kind are, and how one of them is described by its name there.
struct Kind(&'static str, fn(&str) -> String);

const KINDS: [Kind; 19] = [
    Kind("/sys/bus/pci/devices", pci),
    Kind("/sys/bus/usb/devices", usb),
    Kind("/sys/bus/virtio/devices", virtio),
    Kind("/sys/bus/scsi/devices", scsi),
    Kind("/sys/bus/nd/devices", nvdimm),
    Kind("/sys/bus/acpi/devices", acpi),
    Kind("/sys/firmware/acpi/tables", table),
    Kind("/sys/block", block),
    Kind("/sys/class/tty", serial),
    Kind("/sys/class/tpm", tpm),
    Kind("/sys/class/watchdog", watchdog),
    Kind("/sys/class/misc", miscellaneous),
    Kind("/sys/class/iommu", iommu),
    Kind("/sys/class/sound", sound),
    Kind("/sys/firmware/qemu_fw_cfg/by_name/opt", firmware),
    Kind("/sys/firmware/qemu_fw_cfg/by_name/etc", screen),
    Kind("/sys/class/net", network),
    Kind("/sys/class/input", input),
    Kind("/sys/class/virtio-ports", port),
];

pub(super) fn list(_: &str) -> Outcome {
    let lines = KINDS.into_iter().flat_map(|Kind(directory, describe)| {
        sys::names(directory)
            .into_iter()
            .map(move |name| describe(&name))
    });
    Ok(lines
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n"))
}

fn pci(name: &str) -> String {
    let fact = |file: &str| {
        let text = sys::text(format!("/sys/bus/pci/devices/{name}/{file}")).unwrap_or_default();
        text.trim_start_matches("0x").to_owned()
    };
    let driver = driver(&format!("/sys/bus/pci/devices/{name}"));
    format!(
        "pci {name} {}:{} class {} subsystem {}:{}{} {driver}",
        fact("vendor"),
        fact("device"),
        fact("class"),
        fact("subsystem_vendor"),
        fact("subsystem_device"),
        behind(name)
    )
}

/// The bridge that a function is behind, if it is on no root bus.
fn behind(name: &str) -> String {
    let path = std::fs::canonicalize(format!("/sys/bus/pci/devices/{name}"));
    let parent = path.ok().and_then(|path| {
        let parent = path.parent()?.file_name()?.to_str()?;
        (!parent.starts_with("pci")).then(|| parent.to_owned())
    });
    parent.map_or_else(String::new, |parent| format!(" behind {parent}"))
}

/// Devices only; the interfaces of a device have a colon in their names.
fn usb(name: &str) -> String {
    let fact = |file: &str| sys::text(format!("/sys/bus/usb/devices/{name}/{file}"));
    if name.contains(':') {
        return String::new();
    }
    format!(
        "usb {name} {}:{} speed {} {}{}",
        fact("idVendor").unwrap_or_default(),
        fact("idProduct").unwrap_or_default(),
        fact("speed").unwrap_or_default(),
        fact("product").unwrap_or_default(),
        fact("serial").map_or_else(String::new, |serial| format!(" serial {serial}"))
    )
}

fn virtio(name: &str) -> String {
    let device = format!("/sys/bus/virtio/devices/{name}");
    // The kernel writes the number of the virtio specification in hexadecimal.
    let kind = sys::text(format!("{device}/device")).unwrap_or_default();
    let kind = u32::from_str_radix(kind.trim_start_matches("0x"), 16).unwrap_or(0);
    format!(
        "virtio {name} type {kind}{} {}{}",
        place(&device),
        driver(&device),
        tag(&device)
    )
}

/// What the host calls a folder that it shares (9p).
fn tag(device: &str) -> String {
    let tag = sys::text(format!("{device}/mount_tag"));
    let tag = tag.map(|tag| tag.trim_end_matches('\0').to_owned());
    tag.map_or_else(String::new, |tag| format!(" tag {tag}"))
}

/// Logical units only; hosts and targets have no numbers alone.
fn scsi(name: &str) -> String {
    let device = format!("/sys/bus/scsi/devices/{name}");
    let fact = |file: &str| sys::text(format!("{device}/{file}")).unwrap_or_default();
    if !name.starts_with(|first: char| first.is_ascii_digit()) {
        return String::new();
    }
    format!(
        "scsi {name} type {} {} {} {} {}",
        fact("type"),
        fact("vendor"),
        fact("model"),
        fact("rev"),
        driver(&device)
    )
}

fn nvdimm(name: &str) -> String {
    let size = sys::text(format!("/sys/bus/nd/devices/{name}/size"));
    size.map_or_else(String::new, |size| format!("nvdimm {name} {size} bytes"))
}

/// Devices of the firmware that a board may have or not; the others are always there. The names that begin with PNP are
/// of a floppy controller, a parallel port and a TPM with registers (UEFI's list of identifiers).
const BOARD: [&str; 5] = ["QEMU", "MSFT0101", "PNP0700", "PNP0400", "PNP0C31"];

fn acpi(name: &str) -> String {
    if BOARD.iter().any(|id| name.starts_with(id)) {
        format!("acpi {name}")
    } else {
        String::new()
    }
}

/// The firmware's tables by their signatures: what is no device of a bus shows there.
fn table(name: &str) -> String {
    if name
        .bytes()
        .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    {
        format!("table {name}")
    } else {
        String::new()
    }
}

fn block(name: &str) -> String {
    let fact = |file: &str| sys::text(format!("/sys/block/{name}/{file}")).unwrap_or_default();
    let sectors: u64 = fact("size").parse().unwrap_or(0);
    let access = if fact("ro") == "1" {
        "read-only"
    } else {
        "read-write"
    };
    let removable = if fact("removable") == "1" {
        " removable"
    } else {
        ""
    };
    let serial = serial_number(name).map_or_else(String::new, |serial| format!(" serial {serial}"));
    format!(
        "block {name} {} bytes {access}{removable} sectors {}/{}{}{serial}",
        sectors * 512,
        fact("queue/logical_block_size"),
        fact("queue/physical_block_size"),
        place(&format!("/sys/block/{name}/device"))
    )
}

/// A SCSI disk tells it in a page of its own (SPC-4, unit serial number): four bytes, then text.
fn serial_number(name: &str) -> Option<String> {
    let plain = sys::text(format!("/sys/block/{name}/serial"));
    let page = || {
        let page = std::fs::read(format!("/sys/block/{name}/device/vpd_pg80")).ok()?;
        let text = String::from_utf8_lossy(page.get(4..)?).into_owned();
        Some(text.trim_matches(['\0', ' ']).to_owned())
    };
    plain.or_else(page).filter(|serial| !serial.is_empty())
}

/// Ports that are there; the kernel makes more nodes than a machine has ports.
fn serial(name: &str) -> String {
    let fact = |file: &str| sys::text(format!("/sys/class/tty/{name}/{file}"));
    if name.starts_with("ttyUSB") {
        return format!("serial {name}{}", usb_place(name));
    }
    match (fact("type").as_deref(), name.starts_with("ttyS")) {
        (Some("0") | None, true) | (_, false) => String::new(),
        _ => format!("serial {name} port {}", fact("port").unwrap_or_default()),
    }
}

/// The USB port that it is plugged into: `1-2`.
fn usb_place(name: &str) -> String {
    let path = std::fs::canonicalize(format!("/sys/class/tty/{name}/device"));
    let interface = path.ok().and_then(|path| {
        let names = path.iter().rev().filter_map(|name| name.to_str());
        let mut interfaces = names.filter_map(|name| name.split_once(':'));
        interfaces.next().map(|(port, _)| format!(" at usb {port}"))
    });
    interface.unwrap_or_default()
}

fn tpm(name: &str) -> String {
    let version = sys::text(format!("/sys/class/tpm/{name}/tpm_version_major"));
    format!("tpm {name} version {}", version.unwrap_or_default())
}

fn watchdog(name: &str) -> String {
    let identity = sys::text(format!("/sys/class/watchdog/{name}/identity"));
    format!("watchdog {name} {}", identity.unwrap_or_default())
}

fn miscellaneous(name: &str) -> String {
    // Old drivers have no other place.
    if name == "watchdog" {
        return "misc watchdog".to_owned();
    }
    if name != "hw_random" {
        return String::new();
    }
    let source = sys::text("/sys/class/misc/hw_random/rng_current");
    format!("hwrng {}", source.unwrap_or_default())
}

fn iommu(name: &str) -> String {
    format!("iommu {name}")
}

fn sound(name: &str) -> String {
    if !name.starts_with("card") {
        return String::new();
    }
    let id = sys::text(format!("/sys/class/sound/{name}/id"));
    format!("sound {name} {}", id.unwrap_or_default())
}

/// What the host handed over by name, below `opt/`.
fn firmware(name: &str) -> String {
    format!("fw-cfg opt/{name}")
}

/// A screen that is no device of a bus: the firmware tells QEMU where it is.
fn screen(name: &str) -> String {
    if name == "ramfb" {
        "fw-cfg etc/ramfb".to_owned()
    } else {
        String::new()
    }
}

fn network(name: &str) -> String {
    let fact = |file: &str| sys::text(format!("/sys/class/net/{name}/{file}")).unwrap_or_default();
    let carrier = if fact("carrier") == "1" {
        "carrier"
    } else {
        "no-carrier"
    };
    format!(
        "net {name} {} mtu {} {carrier}{}",
        fact("address"),
        fact("mtu"),
        place(&format!("/sys/class/net/{name}/device"))
    )
}

fn input(name: &str) -> String {
    if !name.starts_with("event") {
        return String::new();
    }
    format!("input {name} {}", button::label(name).unwrap_or_default())
}

fn port(name: &str) -> String {
    let label = sys::text(format!("/sys/class/virtio-ports/{name}/name")).unwrap_or_default();
    format!("port {name} {label}").trim_end().to_owned()
}

/// What the device hangs on: the name of the nearest PCI function, virtio-mmio slot or SCSI unit.
fn place(device: &str) -> String {
    let Ok(path) = std::fs::canonicalize(device) else {
        return String::new();
    };
    let names = path.iter().rev().filter_map(|name| name.to_str());
    let mut places = names.filter(|name| {
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let parts: Vec<&str> = name.split([':', '.']).collect();
        let numbered = parts.len() == 4 && parts.iter().all(|part| digits(part));
        numbered || name.starts_with("LNRO0005")
    });
    places
        .next()
        .map_or_else(String::new, |name| format!(" at {name}"))
}

fn driver(device: &str) -> String {
    let name = sys::link_name(format!("{device}/driver"));
    name.map_or_else(|| "no driver".to_owned(), |name| format!("driver {name}"))
}

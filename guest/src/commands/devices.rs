//! What the guest finds on its buses, one line a device: kind, name, facts.

use crate::shell::Outcome;
use crate::{button, sys};

/// Where the devices of a kind are, and how one of them is described by its name there.
struct Kind(&'static str, fn(&str) -> String);

const KINDS: [Kind; 6] = [
    Kind("/sys/bus/pci/devices", pci),
    Kind("/sys/bus/virtio/devices", virtio),
    Kind("/sys/block", block),
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
        "pci {name} {}:{} class {} {driver}",
        fact("vendor"),
        fact("device"),
        fact("class")
    )
}

fn virtio(name: &str) -> String {
    let device = format!("/sys/bus/virtio/devices/{name}");
    // The kernel writes the number of the virtio specification in hexadecimal.
    let kind = sys::text(format!("{device}/device")).unwrap_or_default();
    let kind = u32::from_str_radix(kind.trim_start_matches("0x"), 16).unwrap_or(0);
    format!("virtio {name} type {kind} {}", driver(&device))
}

fn block(name: &str) -> String {
    let fact = |file: &str| sys::text(format!("/sys/block/{name}/{file}")).unwrap_or_default();
    let sectors: u64 = fact("size").parse().unwrap_or(0);
    let access = if fact("ro") == "1" {
        "read-only"
    } else {
        "read-write"
    };
    let serial = fact("serial");
    let serial = if serial.is_empty() {
        String::new()
    } else {
        format!(" serial {serial}")
    };
    format!("block {name} {} bytes {access}{serial}", sectors * 512)
}

fn network(name: &str) -> String {
    let fact = |file: &str| sys::text(format!("/sys/class/net/{name}/{file}")).unwrap_or_default();
    let carrier = if fact("carrier") == "1" {
        "carrier"
    } else {
        "no-carrier"
    };
    format!(
        "net {name} {} mtu {} {carrier}",
        fact("address"),
        fact("mtu")
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

fn driver(device: &str) -> String {
    let name = sys::link_name(format!("{device}/driver"));
    name.map_or_else(|| "no driver".to_owned(), |name| format!("driver {name}"))
}

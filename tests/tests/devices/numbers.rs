//! The numbers by which a guest knows a device.

use roxmltree::Node;

use crate::document::attribute;

/// The numbers that a device may have on a PCI bus (QEMU: docs/specs/pci-ids, hw/…); virtio devices have old ones on a
/// conventional bus and new ones on an express bus.
pub(crate) fn pci(device: Node<'_, '_>) -> &'static [&'static str] {
    let kind = device.attribute("type").unwrap_or_default();
    match (device.tag_name().name(), kind) {
        ("controller", "pci") => pci_controller(device),
        ("controller", "usb") => usb_controller(model(device)),
        ("controller", "scsi") => scsi_controller(model(device)),
        ("controller", "ide") => &["8086:7010"],
        ("controller", "sata") => &["8086:2922"],
        ("controller", "virtio-serial") => &["1af4:1003", "1af4:1043"],
        ("disk", _) => &["1af4:1001", "1af4:1042"],
        ("filesystem", _) => &["1af4:1009", "1af4:1049"],
        ("interface", _) => interface(model(device)),
        ("serial", _) => &["1b36:0002"],
        ("input", _) => &["1af4:1052"],
        ("sound", _) => sound(model(device)),
        ("video", _) => video(model(device)),
        ("watchdog", _) if model(device) == "itco" => &["8086:2918"],
        ("watchdog", _) => &["8086:25ab"],
        ("rng", _) => &["1af4:1005", "1af4:1044"],
        ("memballoon", _) => &["1af4:1002", "1af4:1045"],
        ("panic", _) => &["1b36:0011"],
        ("shmem", _) => &["1af4:1110"],
        ("crypto", _) => &["1af4:1054"],
        ("iommu", _) => &["1af4:1057"],
        ("memory", _) if model(device) == "virtio-mem" => &["1af4:1058"],
        ("memory", _) => &["1af4:105b"],
        ("pstore", _) => &["1b36:0012"],
        _ => &[],
    }
}

fn pci_controller(device: Node<'_, '_>) -> &'static [&'static str] {
    match (model(device), attribute(device, "model", "name")) {
        ("pcie-root-port", Some("ioh3420")) => &["8086:3420"],
        ("pcie-root-port", _) => &["1b36:000c"],
        ("pcie-to-pci-bridge", _) => &["1b36:000e"],
        ("pcie-switch-upstream-port", _) => &["104c:8232"],
        ("pcie-switch-downstream-port", _) => &["104c:8233"],
        ("pcie-expander-bus", _) => &["1b36:000b"],
        ("dmi-to-pci-bridge", _) => &["8086:244e"],
        ("pci-bridge", _) => &["1b36:0001"],
        ("pci-expander-bus", _) => &["1b36:0009"],
        _ => &[],
    }
}

fn usb_controller(model: &str) -> &'static [&'static str] {
    match model {
        "piix3-uhci" => &["8086:7020"],
        "piix4-uhci" => &["8086:7112"],
        "ehci" => &["8086:24cd"],
        "ich9-ehci1" => &["8086:293a"],
        "ich9-uhci1" => &["8086:2934"],
        "ich9-uhci2" => &["8086:2935"],
        "ich9-uhci3" => &["8086:2936"],
        "pci-ohci" => &["106b:003f"],
        "nec-xhci" => &["1033:0194"],
        "qemu-xhci" => &["1b36:000d"],
        _ => &[],
    }
}

fn scsi_controller(model: &str) -> &'static [&'static str] {
    match model {
        "lsilogic" => &["1000:0012"],
        "lsisas1068" => &["1000:0054"],
        "lsisas1078" => &["1000:0060"],
        "vmpvscsi" => &["15ad:07c0"],
        "am53c974" | "dc390" => &["1022:2020"],
        "virtio-scsi" => &["1af4:1004", "1af4:1048"],
        "virtio-transitional" => &["1af4:1004"],
        "virtio-non-transitional" => &["1af4:1048"],
        _ => &[],
    }
}

fn interface(model: &str) -> &'static [&'static str] {
    match model {
        "virtio" => &["1af4:1000", "1af4:1041"],
        "virtio-transitional" => &["1af4:1000"],
        "virtio-non-transitional" => &["1af4:1041"],
        "e1000" => &["8086:100e"],
        "e1000-82544gc" => &["8086:100c"],
        "e1000-82545em" => &["8086:100f"],
        "e1000e" => &["8086:10d3"],
        "igb" => &["8086:10c9"],
        "rtl8139" => &["10ec:8139"],
        "pcnet" => &["1022:2000"],
        "ne2k_pci" => &["10ec:8029"],
        "vmxnet3" => &["15ad:07b0"],
        "tulip" => &["1011:0019"],
        "i82550" | "i82551" | "i82559er" | "i82562" => &["8086:1209"],
        "i82801" => &["8086:2449"],
        _ if model.starts_with("i8255") => &["8086:1229"],
        _ => &[],
    }
}

fn sound(model: &str) -> &'static [&'static str] {
    match model {
        "ich6" => &["8086:2668"],
        "ich9" => &["8086:293e"],
        "ac97" => &["8086:2415"],
        "es1370" => &["1274:5000"],
        "virtio" => &["1af4:1059"],
        _ => &[],
    }
}

fn video(model: &str) -> &'static [&'static str] {
    match model {
        "vga" | "bochs" => &["1234:1111"],
        "cirrus" => &["1013:00b8"],
        "vmvga" => &["15ad:0405"],
        "virtio" => &["1af4:1050"],
        _ => &[],
    }
}

/// The kind of a virtio device (virtio 1.2, 5); nothing for other devices.
pub(crate) fn virtio(device: Node<'_, '_>) -> Option<u32> {
    let is_virtio = model(device).starts_with("virtio");
    let kind = device.attribute("type").unwrap_or_default();
    Some(match (device.tag_name().name(), kind) {
        ("interface", _) if is_virtio => 1,
        ("disk", _) if attribute(device, "target", "bus") == Some("virtio") => 2,
        ("controller", "virtio-serial") => 3,
        ("rng", _) => 4,
        ("memballoon", _) if is_virtio => 5,
        ("controller", "scsi") if is_virtio => 8,
        ("filesystem", _) => 9,
        ("video", _) if is_virtio => 16,
        ("input", _) if device.attribute("bus") == Some("virtio") => 18,
        ("crypto", _) => 20,
        ("iommu", _) if is_virtio => 23,
        ("memory", _) if model(device) == "virtio-mem" => 24,
        ("sound", _) if is_virtio => 25,
        ("memory", _) if model(device) == "virtio-pmem" => 27,
        _ => return None,
    })
}

/// The model, wherever the element has it.
fn model<'a>(device: Node<'a, '_>) -> &'a str {
    device
        .attribute("model")
        .or_else(|| attribute(device, "model", "type"))
        .or_else(|| attribute(device, "target", "type"))
        .unwrap_or_default()
}

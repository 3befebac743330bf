//! The devices that a guest can have.

use documents::domain_capabilities::{Capability, DeviceCapabilities};

use super::Question;
use crate::capabilities::Feature;
use crate::domain::machine::Family;

/// A value, and whether there is it.
type Choice = (&'static str, bool);

pub(super) fn capabilities(question: &Question<'_>) -> DeviceCapabilities {
    DeviceCapabilities {
        disk: Some(disk(question)),
        graphics: Some(graphics(question)),
        video: Some(video(question)),
        hostdev: Some(hostdev(question)),
        rng: Some(rng(question)),
        filesystem: Some(filesystem(question)),
        tpm: Some(tpm(question)),
        redirdev: Some(any(
            "bus",
            &[("usb", question.capabilities.has_device("usb-redir"))],
        )),
        channel: Some(channel(question)),
        crypto: Some(crypto(question)),
        interface: Some(any(
            "backendType",
            &[
                ("default", question.capabilities.has(Feature::NetdevUser)),
                ("passt", question.capabilities.has(Feature::NetdevStream)),
            ],
        )),
        panic: Some(panic(question)),
    }
}

/// The values that there are.
fn there(choices: &[Choice]) -> impl Iterator<Item = &'static str> {
    let found: Vec<_> = choices
        .iter()
        .filter(|(_, there)| *there)
        .map(|(name, _)| *name)
        .collect();
    found.into_iter()
}

/// A device that there is where there is any of the values.
fn any(name: &str, choices: &[Choice]) -> Capability {
    Capability::when(there(choices).next().is_some()).with(name, there(choices))
}

/// The kinds of a virtio device: what QEMU chooses, and the two that it can be told.
fn virtio(question: &Question<'_>, device: &str) -> Vec<Choice> {
    let has = |suffix: &str| {
        question
            .capabilities
            .has_device(&format!("{device}{suffix}"))
    };
    vec![
        ("virtio", has("-pci") || has("-device") || has("-ccw")),
        ("virtio-transitional", has("-pci-transitional")),
        ("virtio-non-transitional", has("-pci-non-transitional")),
    ]
}

fn disk(question: &Question<'_>) -> Capability {
    let capabilities = question.capabilities;
    let ide = question.family() == Some(Family::I440fx);
    // Only POWER's and the mainframe's machines have no place for floppies.
    let floppy =
        !capabilities.arch.name().starts_with("ppc64") && capabilities.arch.name() != "s390x";
    let device = [
        ("disk", true),
        ("cdrom", true),
        ("floppy", floppy),
        ("lun", true),
    ];
    let bus = [
        ("ide", ide),
        ("fdc", floppy),
        ("scsi", true),
        ("virtio", true),
        ("usb", capabilities.has_device("usb-storage")),
        ("sata", capabilities.has_device("ich9-ahci")),
    ];
    Capability::when(true)
        .with("diskDevice", there(&device))
        .with("bus", there(&bus))
        .with("model", there(&virtio(question, "virtio-blk")))
}

fn graphics(question: &Question<'_>) -> Capability {
    let has = |feature| question.capabilities.has(feature);
    any(
        "type",
        &[
            ("sdl", has(Feature::DisplaySdl)),
            ("vnc", has(Feature::Vnc)),
            ("spice", has(Feature::Spice)),
            ("egl-headless", has(Feature::DisplayEglHeadless)),
            ("dbus", has(Feature::DisplayDbus)),
        ],
    )
}

fn video(question: &Question<'_>) -> Capability {
    let has = |device: &str| question.capabilities.has_device(device);
    Capability::when(true).with(
        "modelType",
        there(&[
            ("vga", has("VGA")),
            ("cirrus", has("cirrus-vga")),
            ("vmvga", has("vmware-svga")),
            ("qxl", has("qxl")),
            (
                "virtio",
                has("virtio-gpu-pci") || has("virtio-gpu-device") || has("virtio-gpu-ccw"),
            ),
            ("none", true),
            ("bochs", has("bochs-display")),
            ("ramfb", has("ramfb")),
        ]),
    )
}

fn hostdev(question: &Question<'_>) -> Capability {
    let vfio = question.host.iommu && question.capabilities.has_device("vfio-pci");
    let scsi = question.capabilities.has_device("scsi-generic");
    Capability::when(true)
        .with("mode", ["subsystem"])
        .with(
            "startupPolicy",
            ["default", "mandatory", "requisite", "optional"],
        )
        .with(
            "subsysType",
            there(&[("usb", true), ("pci", true), ("scsi", scsi)]),
        )
        .with("capsType", [""; 0])
        .with("pciBackend", there(&[("default", vfio), ("vfio", vfio)]))
}

fn rng(question: &Question<'_>) -> Capability {
    let has = |object: &str| question.capabilities.has_object(object);
    let models = virtio(question, "virtio-rng");
    Capability::when(there(&models).next().is_some())
        .with("model", there(&models))
        .with(
            "backendModel",
            there(&[
                ("random", has("rng-random")),
                ("egd", has("rng-egd")),
                ("builtin", has("rng-builtin")),
            ]),
        )
}

fn filesystem(question: &Question<'_>) -> Capability {
    let has = |device: &str| question.capabilities.has_device(device);
    let plan9 = has("virtio-9p-pci") || has("virtio-9p-device") || has("virtio-9p-ccw");
    any(
        "driverType",
        &[
            ("path", plan9),
            ("handle", plan9),
            (
                "virtiofs",
                has("vhost-user-fs-pci") || has("vhost-user-fs-device"),
            ),
        ],
    )
}

fn tpm(question: &Question<'_>) -> Capability {
    let capabilities = question.capabilities;
    let model = |name: &str| capabilities.tpm_models.iter().any(|model| model == name);
    let kind = |name: &str| capabilities.tpm_types.iter().any(|kind| kind == name);
    let versions = &question.host.tpm_versions;
    let emulator = kind("emulator") && !versions.is_empty();
    let models = [
        ("tpm-tis", model("tpm-tis")),
        ("tpm-crb", model("tpm-crb")),
        ("tpm-spapr", model("tpm-spapr")),
    ];
    let tpm = any("model", &models).with(
        "backendModel",
        there(&[
            ("passthrough", kind("passthrough")),
            ("emulator", emulator),
            ("external", emulator),
        ]),
    );
    if emulator {
        tpm.with("backendVersion", versions.iter().copied())
    } else {
        tpm
    }
}

fn channel(question: &Question<'_>) -> Capability {
    Capability::when(true).with(
        "type",
        there(&[
            ("pty", true),
            ("unix", true),
            ("spicevmc", question.capabilities.has(Feature::Spice)),
        ]),
    )
}

fn crypto(question: &Question<'_>) -> Capability {
    let capabilities = question.capabilities;
    let there_is = capabilities.has_device("virtio-crypto-pci");
    let has = |object: &str| capabilities.has_object(object);
    Capability::when(there_is)
        .with("model", ["virtio"])
        .with("type", ["qemu"])
        .with(
            "backendModel",
            there(&[
                ("builtin", has("cryptodev-backend-builtin")),
                ("lkcf", has("cryptodev-backend-lkcf")),
            ]),
        )
}

fn panic(question: &Question<'_>) -> Capability {
    let has = |device: &str| question.capabilities.has_device(device);
    let arch = question.capabilities.arch;
    any(
        "model",
        &[
            ("pseries", arch.name().starts_with("ppc64")),
            ("isa", has("pvpanic")),
            ("hyperv", arch.is_x86()),
            ("s390", arch.name() == "s390x"),
            ("pvpanic", has("pvpanic-pci")),
        ],
    )
}

//! What one QEMU can do and another cannot, as flags with one table that says how each is recognised.

use serde::{Deserialize, Serialize};

use super::schema::Path;

/// An ability on which the driver's decisions depend and which not every supported QEMU (7.2 and later) has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Feature {
    /// Linux io_uring for file images.
    AioIoUring,
    /// Disks on a vDPA device (libblkio).
    BlockdevVhostVdpa,
    /// `reconnect-ms` of a socket character device; older ones take whole seconds in `reconnect`.
    ChardevReconnectMs,
    /// The spice agent without spice.
    ChardevVdagent,
    /// `-display dbus`.
    DisplayDbus,
    /// `-display egl-headless`.
    DisplayEglHeadless,
    /// `-display sdl`.
    DisplaySdl,
    /// The HPET is switched by the machine property; otherwise by `-no-hpet`.
    MachineHpet,
    /// The machine property that turns the PS/2 controller off.
    MachineI8042,
    /// `-netdev stream`, which is how passt is connected.
    NetdevStream,
    /// A stream that ends is looked for again, in milliseconds (`reconnect-ms` of `-netdev stream`).
    NetdevStreamReconnectMs,
    /// User networking compiled in (slirp).
    NetdevUser,
    /// `-run-with`.
    RunWith,
    /// `-run-with async-teardown`.
    RunWithAsyncTeardown,
    /// The seccomp filter of `-sandbox`.
    Sandbox,
    /// Spice compiled in.
    Spice,
    /// A virtio-blk disk spreads its queues over several I/O threads.
    VirtioBlkIothreadMapping,
    /// VNC compiled in.
    Vnc,
}

/// How a feature shows in what QEMU answers.
#[derive(Debug, Clone, Copy)]
pub(super) enum Sign {
    /// A walk through `query-qmp-schema`.
    Schema(Path),
    /// An option and one of its parameters in `query-command-line-options`; an empty parameter asks for the option.
    Option(&'static str, &'static str),
    /// A property of a device, from `device-list-properties`.
    Property(&'static str, &'static str),
}

/// The one table: every feature and its sign.
pub(super) const SIGNS: &[(Feature, Sign)] = &[
    (
        Feature::AioIoUring,
        Sign::Schema(&["blockdev-add", "arg", "+file", "aio", "^io_uring"]),
    ),
    (
        Feature::BlockdevVhostVdpa,
        Sign::Schema(&["blockdev-add", "arg", "+virtio-blk-vhost-vdpa"]),
    ),
    (
        Feature::ChardevReconnectMs,
        Sign::Schema(&[
            "chardev-add",
            "arg",
            "backend",
            "+socket",
            "data",
            "reconnect-ms",
        ]),
    ),
    (
        Feature::ChardevVdagent,
        Sign::Schema(&["chardev-add", "arg", "backend", "+qemu-vdagent"]),
    ),
    (
        Feature::DisplayDbus,
        Sign::Schema(&["query-display-options", "ret", "+dbus"]),
    ),
    (
        Feature::DisplayEglHeadless,
        Sign::Schema(&["query-display-options", "ret", "+egl-headless"]),
    ),
    (
        Feature::DisplaySdl,
        Sign::Schema(&["query-display-options", "ret", "+sdl"]),
    ),
    (Feature::MachineHpet, Sign::Option("machine", "hpet")),
    (Feature::MachineI8042, Sign::Option("machine", "i8042")),
    (
        Feature::NetdevStream,
        Sign::Schema(&["netdev_add", "arg", "type", "^stream"]),
    ),
    (
        Feature::NetdevStreamReconnectMs,
        Sign::Schema(&["netdev_add", "arg", "+stream", "reconnect-ms"]),
    ),
    (
        Feature::NetdevUser,
        Sign::Schema(&["netdev_add", "arg", "type", "^user"]),
    ),
    (Feature::RunWith, Sign::Option("run-with", "")),
    (
        Feature::RunWithAsyncTeardown,
        Sign::Option("run-with", "async-teardown"),
    ),
    (Feature::Sandbox, Sign::Option("sandbox", "")),
    (Feature::Spice, Sign::Option("spice", "")),
    (
        Feature::VirtioBlkIothreadMapping,
        Sign::Property("virtio-blk-device", "iothread-vq-mapping"),
    ),
    (Feature::Vnc, Sign::Option("vnc", "")),
];

/// The devices whose properties the table asks for, each once.
pub(super) fn asked_devices() -> Vec<&'static str> {
    let mut devices: Vec<_> = SIGNS
        .iter()
        .filter_map(|(_, sign)| match sign {
            Sign::Property(device, _) => Some(*device),
            _ => None,
        })
        .collect();
    devices.sort_unstable();
    devices.dedup();
    devices
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_feature_has_exactly_one_sign() {
        let mut seen: Vec<_> = SIGNS.iter().map(|(feature, _)| *feature).collect();
        let before = seen.len();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), before);
    }
}

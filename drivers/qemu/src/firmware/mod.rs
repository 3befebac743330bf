//! The firmware that is installed on the host: its descriptors, and which of them suits a guest.
//!
//! The format is QEMU's `docs/interop/firmware.json`. Descriptors are found in three directories, of which later ones
//! shadow earlier ones by file name: the vendor's, the administrator's, the user's.

mod descriptor;
mod find;
mod suits;

pub use descriptor::{
    Feature, Firmware, FlashFile, FlashMode, Interface, Mapping, Target, TargetArch,
};
pub use find::{directories, installed};
pub use suits::choose;

/// Firmware that distributions install, with the file from which its variables are first copied: what is known
/// without descriptors.
pub const KNOWN: &[(&str, &str)] = &[
    (
        "/usr/share/OVMF/OVMF_CODE.fd",
        "/usr/share/OVMF/OVMF_VARS.fd",
    ),
    (
        "/usr/share/OVMF/OVMF_CODE.secboot.fd",
        "/usr/share/OVMF/OVMF_VARS.fd",
    ),
    (
        "/usr/share/AAVMF/AAVMF_CODE.fd",
        "/usr/share/AAVMF/AAVMF_VARS.fd",
    ),
    (
        "/usr/share/AAVMF/AAVMF32_CODE.fd",
        "/usr/share/AAVMF/AAVMF32_VARS.fd",
    ),
];

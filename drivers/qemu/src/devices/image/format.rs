//! The formats of disk images: their names, and how their first bytes look.

use documents::domain::DiskFormat;

use super::{qcow, qcow2, qed, vmdk};

/// A format of disk images.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Just the guest's bytes.
    Raw,
    /// QEMU's copy-on-write format, version 1.
    Qcow,
    /// QEMU's copy-on-write format, versions 2 and 3.
    Qcow2,
    /// QEMU's enhanced disk.
    Qed,
    /// VMware.
    Vmdk,
    /// VirtualBox.
    Vdi,
    /// VirtualPC.
    Vpc,
    /// Hyper-V.
    Vhdx,
    /// Bochs.
    Bochs,
    /// Linux cloop.
    Cloop,
    /// macOS disk image.
    Dmg,
    /// Parallels.
    Parallels,
}

/// The one table: each format with its name in QEMU and images, its name in documents, and its first bytes.
const FORMATS: &[(Format, &str, DiskFormat, &[(usize, &[u8])])] = &[
    (Format::Raw, "raw", DiskFormat::Raw, &[]),
    (Format::Qcow, "qcow", DiskFormat::Qcow, &[(0, &qcow::MAGIC)]),
    (
        Format::Qcow2,
        "qcow2",
        DiskFormat::Qcow2,
        &[(0, &qcow2::MAGIC)],
    ),
    (Format::Qed, "qed", DiskFormat::Qed, &[(0, &qed::MAGIC)]),
    (
        Format::Vmdk,
        "vmdk",
        DiskFormat::Vmdk,
        &[(0, &vmdk::MAGIC), (0, b"COWD"), (0, vmdk::TEXT)],
    ),
    (
        Format::Vdi,
        "vdi",
        DiskFormat::Vdi,
        &[(64, b"\x7f\x10\xda\xbe")],
    ),
    (Format::Vpc, "vpc", DiskFormat::Vpc, &[(0, b"conectix")]),
    (Format::Vhdx, "vhdx", DiskFormat::Vhd, &[(0, b"vhdxfile")]),
    (
        Format::Bochs,
        "bochs",
        DiskFormat::Bochs,
        &[(0, b"Bochs Virtual HD Image")],
    ),
    (
        Format::Cloop,
        "cloop",
        DiskFormat::Cloop,
        &[(0, b"#!/bin/sh\n#V2.0 Format\nmodprobe cloop")],
    ),
    // It is known by its end, which is never read.
    (Format::Dmg, "dmg", DiskFormat::Dmg, &[]),
    (
        Format::Parallels,
        "parallels",
        DiskFormat::Ploop,
        &[(0, b"WithoutFreeSpace"), (0, b"WithouFreSpacExt")],
    ),
];

impl Format {
    /// Reads the name that QEMU and images use.
    pub fn from_name(name: &str) -> Option<Self> {
        let named = |(_, known, _, _): &&(Self, &str, _, _)| *known == name;
        FORMATS.iter().find(named).map(|(format, ..)| *format)
    }

    /// The format that a document names.
    pub fn from_document(format: DiskFormat) -> Option<Self> {
        let named = |(_, _, known, _): &&(Self, _, DiskFormat, _)| *known == format;
        FORMATS.iter().find(named).map(|(format, ..)| *format)
    }

    /// The name in images and in `-blockdev`.
    pub fn name(self) -> &'static str {
        self.row().map_or("raw", |(_, name, ..)| name)
    }

    /// The name in documents.
    pub fn in_document(self) -> DiskFormat {
        self.row()
            .map_or(DiskFormat::Raw, |(_, _, format, _)| *format)
    }

    /// Whether an image of the format can name another behind it.
    pub fn has_backing(self) -> bool {
        matches!(self, Self::Qcow | Self::Qcow2 | Self::Qed | Self::Vmdk)
    }

    /// The format that a file's first bytes look like; anything unknown is raw.
    pub(super) fn of(bytes: &[u8]) -> Self {
        let looks = |signs: &[(usize, &[u8])]| {
            signs.iter().any(|(at, sign)| {
                bytes
                    .get(*at..)
                    .is_some_and(|bytes| bytes.starts_with(sign))
            })
        };
        FORMATS
            .iter()
            .find(|(_, _, _, signs)| looks(signs))
            .map_or(Self::Raw, |(format, ..)| *format)
    }

    fn row(
        self,
    ) -> Option<&'static (
        Self,
        &'static str,
        DiskFormat,
        &'static [(usize, &'static [u8])],
    )> {
        FORMATS.iter().find(|(format, ..)| *format == self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_format_has_one_row() {
        for (format, name, document, _) in FORMATS {
            assert_eq!(Format::from_name(name), Some(*format));
            assert_eq!(Format::from_document(*document), Some(*format));
            assert_eq!((format.name(), format.in_document()), (*name, *document));
        }
    }

    #[test]
    fn first_bytes_are_recognised() {
        assert_eq!(Format::of(b"QFI\xfb\0\0\0\x01"), Format::Qcow);
        assert_eq!(Format::of(b"QFI\xfb\0\0\0\x03"), Format::Qcow2);
        assert_eq!(Format::of(b"KDMV"), Format::Vmdk);
        assert_eq!(Format::of(b""), Format::Raw);
    }
}

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

/// What is known of a format.
struct Row {
    format: Format,
    /// Its name in QEMU and in images.
    name: &'static str,
    /// Its name in documents.
    document: DiskFormat,
    /// Bytes of which one group is at its place in every image.
    signs: &'static [Sign],
}

/// Bytes and where they are.
type Sign = (usize, &'static [u8]);

const fn row(
    format: Format,
    name: &'static str,
    document: DiskFormat,
    signs: &'static [Sign],
) -> Row {
    Row {
        format,
        name,
        document,
        signs,
    }
}

/// The one table.
const FORMATS: &[Row] = &[
    row(Format::Raw, "raw", DiskFormat::Raw, &[]),
    row(Format::Qcow, "qcow", DiskFormat::Qcow, &[(0, &qcow::MAGIC)]),
    row(
        Format::Qcow2,
        "qcow2",
        DiskFormat::Qcow2,
        &[(0, &qcow2::MAGIC)],
    ),
    row(Format::Qed, "qed", DiskFormat::Qed, &[(0, &qed::MAGIC)]),
    row(
        Format::Vmdk,
        "vmdk",
        DiskFormat::Vmdk,
        &[(0, &vmdk::MAGIC), (0, b"COWD"), (0, vmdk::TEXT)],
    ),
    row(
        Format::Vdi,
        "vdi",
        DiskFormat::Vdi,
        &[(64, b"\x7f\x10\xda\xbe")],
    ),
    row(Format::Vpc, "vpc", DiskFormat::Vpc, &[(0, b"conectix")]),
    row(Format::Vhdx, "vhdx", DiskFormat::Vhd, &[(0, b"vhdxfile")]),
    row(
        Format::Bochs,
        "bochs",
        DiskFormat::Bochs,
        &[(0, b"Bochs Virtual HD Image")],
    ),
    row(
        Format::Cloop,
        "cloop",
        DiskFormat::Cloop,
        &[(0, b"#!/bin/sh\n#V2.0 Format\nmodprobe cloop")],
    ),
    // It is known by its end, which is never read.
    row(Format::Dmg, "dmg", DiskFormat::Dmg, &[]),
    row(
        Format::Parallels,
        "parallels",
        DiskFormat::Ploop,
        &[(0, b"WithoutFreeSpace"), (0, b"WithouFreSpacExt")],
    ),
];

impl Format {
    /// Reads the name that QEMU and images use.
    pub fn from_name(name: &str) -> Option<Self> {
        let found = FORMATS.iter().find(|row| row.name == name);
        found.map(|row| row.format)
    }

    /// The format that a document names.
    pub fn from_document(format: DiskFormat) -> Option<Self> {
        let found = FORMATS.iter().find(|row| row.document == format);
        found.map(|row| row.format)
    }

    /// The name in images and in `-blockdev`.
    pub fn name(self) -> &'static str {
        self.row().map_or("raw", |row| row.name)
    }

    /// The name in documents.
    pub fn in_document(self) -> DiskFormat {
        self.row().map_or(DiskFormat::Raw, |row| row.document)
    }

    /// Whether an image of the format can name another behind it.
    pub fn has_backing(self) -> bool {
        matches!(self, Self::Qcow | Self::Qcow2 | Self::Qed | Self::Vmdk)
    }

    /// The format that a file's first bytes look like; anything unknown is raw.
    pub(super) fn of(bytes: &[u8]) -> Self {
        let is_there = |(at, sign): &Sign| {
            bytes
                .get(*at..)
                .is_some_and(|bytes| bytes.starts_with(sign))
        };
        let found = FORMATS.iter().find(|row| row.signs.iter().any(is_there));
        found.map_or(Self::Raw, |row| row.format)
    }

    fn row(self) -> Option<&'static Row> {
        FORMATS.iter().find(|row| row.format == self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_format_has_one_row() {
        for row in FORMATS {
            let format = row.format;
            assert_eq!(Format::from_name(row.name), Some(format));
            assert_eq!(Format::from_document(row.document), Some(format));
            assert_eq!(
                (format.name(), format.in_document()),
                (row.name, row.document)
            );
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

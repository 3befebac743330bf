//! `<format>`: the format of an image, and the cache of its tables.

use xml::{Xml, XmlEnum};

/// An image's format.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, XmlEnum)]
pub enum DiskFormat {
    /// To be found out, which is refused for security.
    #[xml(schema_absent)]
    Auto,
    /// Nothing around the data.
    #[default]
    Raw,
    /// A directory as a FAT disk.
    Dir,
    /// Bochs.
    Bochs,
    /// Linux cloop.
    Cloop,
    /// macOS disk image.
    Dmg,
    /// ISO 9660.
    Iso,
    /// VirtualPC.
    Vpc,
    /// VirtualBox.
    Vdi,
    /// FAT made of a directory.
    Fat,
    /// Hyper-V.
    Vhd,
    /// Ploop.
    #[xml(since = "1.2.12")]
    Ploop,
    /// Copy-on-write, version 0.
    Cow,
    /// qcow, version 1.
    Qcow,
    /// qcow, version 2 or 3.
    Qcow2,
    /// QEMU's enhanced disk.
    Qed,
    /// VMware.
    Vmdk,
    /// LUKS.
    #[xml(since = "2.1.0")]
    Luks,
    /// VHDX.
    #[xml(schema_absent)]
    Vhdx,
    /// The AIO of Xen, which means raw.
    Aio,
    /// VMware's virtual machine disk 4.
    #[xml(schema_absent)]
    Vmdk4,
}

/// The format of a backing image or a copy.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "@type!='aio'")]
pub struct ImageFormat {
    /// The format.
    #[xml(attribute = "type", required, fault = "Content")]
    pub format: DiskFormat,
    /// The cache of the image's tables.
    #[xml(child = "metadata_cache", omit_empty, since = "7.0.0")]
    pub metadata_cache: Option<MetadataCache>,
}

/// The cache of the image's tables.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct MetadataCache {
    /// Its largest size.
    #[xml(child = "max_size")]
    pub max_size: Option<CacheSize>,
}

/// A cache's size.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Xml)]
pub struct CacheSize {
    /// The size in bytes.
    #[xml(text, unit = "bytes", schema_required)]
    pub bytes: u64,
}

//! Why the disks of a snapshot are refused.

/// Disks that do not fit those of the domain.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DiskError {
    /// The domain has none of that name.
    #[error("no disk named '{0}'")]
    Unknown(String),
    /// It is there already.
    #[error("disk '{0}' specified twice")]
    Twice(String),
    /// Where one disk is inside its image, all are.
    #[error("disk '{0}' must use snapshot mode 'internal', as all disks of this snapshot")]
    NotInternal(String),
    /// A new image for a disk that gets none.
    #[error("file '{path}' for disk '{disk}' requires use of external snapshot mode")]
    NotExternal {
        /// The disk's name in the guest: `vda`.
        disk: String,
        /// The image.
        path: String,
    },
    /// The new image is to be no file.
    #[error(
        "cannot make up the name of a new image for disk '{0}' on such a device: give its <source>"
    )]
    NamelessDevice(String),
    /// The old image is no file of this host.
    #[error("cannot make up the name of a new image for disk '{0}', which has no image file")]
    NoOldImage(String),
    /// The old image is a device or a directory.
    #[error("source for disk '{0}' is not a regular file: give the <source> of the new image")]
    OldIsNoFile(String),
    /// Two disks would share an image.
    #[error("the new image of disk '{0}' would be that of another disk: give its <source>")]
    SharedName(String),
}

/// What the images of the disks cannot have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnsupportedError {
    /// The image's format has no room for snapshots.
    #[error("internal snapshot for disk {disk} unsupported for storage type {format}")]
    InternalFormat {
        /// The disk's name in the guest: `vda`.
        disk: String,
        /// The format of its image.
        format: &'static str,
    },
    /// The format of a new image has no backing image.
    #[error("external snapshot format for disk {disk} is unsupported: {format}")]
    ExternalFormat {
        /// The disk's name in the guest: `vda`.
        disk: String,
        /// The format of its new image.
        format: &'static str,
    },
    /// Some disks inside their images, some in new ones.
    #[error("mixing internal and external targets for a snapshot is not yet supported")]
    Mixed,
    /// No disk takes part.
    #[error("nothing selected for snapshot")]
    Nothing,
    /// A disk does not take part in a snapshot inside the images.
    #[error("internal and full system snapshots require all disks to be selected for snapshot")]
    LeftOut,
    /// There is something of another type where the new image is to be.
    #[error(
        "disk '{disk}' is to have its new image at '{path}', which is of another type than the document says"
    )]
    OtherType {
        /// The disk's name in the guest: `vda`.
        disk: String,
        /// Where its new image is to be.
        path: String,
    },
    /// The new image exists.
    #[error(
        "external snapshot file for disk {disk} already exists and is not a block device: {path}"
    )]
    ImageExists {
        /// The disk's name in the guest: `vda`.
        disk: String,
        /// Where its new image is to be.
        path: String,
    },
}

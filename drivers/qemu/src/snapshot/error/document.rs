//! Why a snapshot's document is refused before it is held against the domain.

/// A document that does not fit the schema (domainsnapshot.rng).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SchemaError {
    /// `<memory>` in a combination that there is not.
    #[error("<memory> is 'no' or 'internal', or 'external' with the absolute path of a file")]
    Memory,
    /// A name that is neither target nor path.
    #[error("a <disk> has a name: a target like 'vda', or the absolute path of its image")]
    DiskName,
    /// A new image for a disk that gets none.
    #[error("only a <disk> whose snapshot is 'external' has a <driver> and a <source>")]
    DiskSource,
    /// A format that new images do not have.
    #[error("the <driver> of a <disk> is 'qcow2' or 'qed'")]
    DiskFormat,
    /// A path that depends on a directory which nobody knows.
    #[error("the path of a <source> is absolute")]
    RelativePath,
}

/// A document that asks for what no snapshot can be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// Memory is to be in a file that is not named.
    #[error("external memory snapshots require a filename")]
    NoMemoryFile,
    /// A file is named for memory that is not in one.
    #[error("memory filename '{0}' requires external snapshot")]
    MemoryFile(String),
    /// Memory cannot be left to somebody else.
    #[error("'manual' memory snapshot mode not supported")]
    ManualMemory,
    /// There is no memory to save.
    #[error("memory state cannot be saved with offline or disk-only snapshot")]
    NoMemory,
    /// The path of the memory's file is relative.
    #[error("memory snapshot file path ({0}) must be absolute")]
    RelativeMemoryFile(String),
    /// The path of a new image is relative.
    #[error("disk snapshot image path '{0}' must be absolute")]
    RelativeImage(String),
}

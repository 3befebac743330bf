//! What a client asks for: read, and refused where it contradicts itself.

use documents::domain::DiskSnapshot;
use documents::snapshot::{Snapshot, SnapshotDisk, SnapshotSource, SnapshotState};
use driver::Error;
use driver::store::FileName;
use protocol::flags::DomainSnapshotCreateFlags as Flags;
use xml::Content;

use super::disks::{format, path};
use super::location;
use crate::snapshot::error::{DocumentError, SnapshotError};
use crate::snapshot::schema;

/// Reads what a client asks for, strictly where it wants that.
///
/// # Errors
/// When the text is no snapshot's document, or lacks what the flags make necessary.
pub(in crate::snapshot) fn parse(text: &str, flags: Flags) -> Result<Snapshot, Error> {
    let redefine = flags.contains(Flags::REDEFINE);
    let read = read(text, flags);
    if redefine && !flags.contains(Flags::VALIDATE) {
        // What is missing is said before what is wrong elsewhere.
        if let Ok(tree) = xml::Tree::parse(text, &xml::Limits::default()) {
            check_known(&tree)?;
        }
    }
    let mut snapshot = read?;
    snapshot.name = snapshot.name.filter(|name| !name.is_empty());
    if redefine {
        check_known(&xml::Tree::parse(text, &xml::Limits::default())?)?;
    }
    check_memory(&snapshot, redefine).map_err(SnapshotError::from)?;
    for disk in &mut snapshot.disks {
        check_disk(disk)?;
    }
    if let Some(name) = snapshot.name.as_ref().filter(|name| name.starts_with('.')) {
        return Err(SnapshotError::HiddenName(name.clone()).into());
    }
    if let Some(name) = &snapshot.name {
        FileName::new(name.as_str()).map_err(|source| SnapshotError::Name {
            name: name.clone(),
            source,
        })?;
    }
    Ok(snapshot)
}

/// Whether a redefined snapshot says what is known of it.
fn check_known(tree: &xml::Tree) -> Result<(), SnapshotError> {
    if &*tree.root.name != "domainsnapshot" {
        return Ok(());
    }
    let says = |name: &str| {
        let mut elements = tree.root.elements();
        elements.any(|it| &*it.name == name && !it.children.is_empty())
    };
    match (says("name"), says("creationTime"), says("state")) {
        (false, ..) => Err(SnapshotError::NoName),
        (_, false, _) => Err(SnapshotError::Missing("creationTime")),
        (.., false) => Err(SnapshotError::NoState),
        _ => Ok(()),
    }
}

/// Reads the text. What a new snapshot does not take from it may be nonsense.
fn read(text: &str, flags: Flags) -> Result<Snapshot, Error> {
    if flags.contains(Flags::VALIDATE) {
        let snapshot = xml::parse(text, &xml::Options::strict())?;
        schema::check(&snapshot).map_err(SnapshotError::from)?;
        return Ok(snapshot);
    }
    let lenient = xml::Options::lenient();
    let read = xml::parse(text, &lenient);
    if read.is_ok() || flags.contains(Flags::REDEFINE) {
        return Ok(read?);
    }
    let Ok(mut tree) = xml::Tree::parse(text, &xml::Limits::default()) else {
        return Ok(read?);
    };
    tree.root.children.retain(|child| {
        !matches!(child, Content::Element(it) if matches!(&*it.name, "state" | "creationTime"))
    });
    match xml::parse(&tree.to_text(0), &lenient) {
        Ok(snapshot) => Ok(snapshot),
        // The lines are those of the text as it came.
        Err(_) => Ok(read?),
    }
}

fn check_memory(snapshot: &Snapshot, redefine: bool) -> Result<(), DocumentError> {
    let Some(memory) = &snapshot.memory else {
        return Ok(());
    };
    let location = location(memory);
    let off = !redefine
        || matches!(
            snapshot.state,
            Some(SnapshotState::Shutoff | SnapshotState::DiskSnapshot)
        );
    match (&memory.file, location) {
        (None, Some(DiskSnapshot::External)) => Err(DocumentError::NoMemoryFile),
        (Some(file), Some(DiskSnapshot::No | DiskSnapshot::Internal | DiskSnapshot::Manual)) => {
            Err(DocumentError::MemoryFile(file.clone()))
        }
        (_, Some(DiskSnapshot::Manual)) => Err(DocumentError::ManualMemory),
        (_, Some(DiskSnapshot::Internal | DiskSnapshot::External)) if off => {
            Err(DocumentError::NoMemory)
        }
        (Some(file), _) if !file.starts_with('/') => {
            Err(DocumentError::RelativeMemoryFile(file.clone()))
        }
        _ => Ok(()),
    }
}

fn check_disk(disk: &mut SnapshotDisk) -> Result<(), SnapshotError> {
    if disk.name.is_none() {
        return Err(SnapshotError::NamelessDisk);
    }
    if let SnapshotSource::Unsaid(file) = &disk.source
        && (file.file.is_some() || disk.driver.is_some())
    {
        disk.source = SnapshotSource::File(file.clone());
    }
    if let SnapshotSource::File(file) = &disk.source
        && let Some(path) = &file.file
        && !path.starts_with('/')
    {
        return Err(DocumentError::RelativeImage(path.clone()).into());
    }
    // Who says where the new image is wants a new image.
    if disk.snapshot.is_none() && (path(disk).is_some() || format(disk).is_some()) {
        disk.snapshot = Some(DiskSnapshot::External);
    }
    Ok(())
}

//! A snapshot's document: what is asked for, and what comes of it on a domain that is off.
//!
//! Pure, save for the look at the images' files that names and types come from. Facts: formatsnapshot, and what
//! libvirt 11.3 answers.

mod disks;
mod images;
mod read;
#[cfg(test)]
mod tests;

use documents::domain::{DiskSnapshot, Domain};
use documents::snapshot::{Snapshot, SnapshotMemory, SnapshotState};
use protocol::flags::DomainSnapshotCreateFlags as Flags;

use self::disks::align;
pub(super) use self::disks::{image, path};
use self::images::{check_images, name_images};
pub(super) use self::read::parse;
use super::error::{ChangeError, SnapshotError};
use crate::domain::implied_last;

/// What a new snapshot of a domain that is off will be.
///
/// # Errors
/// When it asks for what cannot be done to such a domain and its disks.
pub(super) fn of_inactive(
    mut snapshot: Snapshot,
    flags: Flags,
    domain: &Domain,
    now: i64,
) -> Result<Snapshot, SnapshotError> {
    snapshot.name.get_or_insert_with(|| now.to_string());
    snapshot.creation_time = Some(now);
    snapshot.state = Some(SnapshotState::Shutoff);
    let disk_only = flags.contains(Flags::DISK_ONLY);
    let outside = has_new_images(&snapshot);
    // As libvirt has it: a snapshot of disks outside says nothing of the memory unless only disks were asked for.
    snapshot.memory = (disk_only || !outside).then(no_memory);
    let usual = match disk_only || outside {
        true => DiskSnapshot::External,
        false => DiskSnapshot::Internal,
    };
    align(&mut snapshot, domain, usual)?;
    name_images(&mut snapshot, domain)?;
    check_images(&mut snapshot, domain, flags)?;
    let mut kept = domain.clone();
    implied_last(&mut kept);
    snapshot.domain = Some(Box::new(kept));
    snapshot.inactive_domain = None;
    Ok(snapshot)
}

/// Whether a snapshot that is known may become another.
///
/// # Errors
/// When the one is of a running domain, or of disks alone, and the other is not.
pub(super) fn check_change(known: &Snapshot, new: &Snapshot) -> Result<(), ChangeError> {
    let name = new.name.clone().unwrap_or_default();
    let disks_only = |it: &Snapshot| it.state == Some(SnapshotState::DiskSnapshot);
    let off = |it: &Snapshot| it.state == Some(SnapshotState::Shutoff) || disks_only(it);
    if off(known) != off(new) {
        return Err(ChangeError::Activity(name));
    }
    if disks_only(known) != disks_only(new) {
        return Err(ChangeError::Extent(name));
    }
    Ok(())
}

/// What a snapshot is that is made known again. Its document holds the domain.
///
/// # Errors
/// When its disks are not those of its domain.
pub(super) fn redefined(mut snapshot: Snapshot, domain: Domain) -> Result<Snapshot, SnapshotError> {
    let disks_only = snapshot.state == Some(SnapshotState::DiskSnapshot);
    let off = disks_only || snapshot.state == Some(SnapshotState::Shutoff);
    if let Some(memory) = &mut snapshot.memory {
        memory.snapshot = location(memory);
    }
    snapshot.memory.get_or_insert_with(|| match off {
        true => no_memory(),
        false => SnapshotMemory {
            snapshot: Some(DiskSnapshot::Internal),
            file: None,
        },
    });
    let usual = match disks_only || is_external(&snapshot) {
        true => DiskSnapshot::External,
        false => DiskSnapshot::Internal,
    };
    align(&mut snapshot, &domain, usual)?;
    name_images(&mut snapshot, &domain)?;
    snapshot.domain = Some(Box::new(domain));
    Ok(snapshot)
}

fn no_memory() -> SnapshotMemory {
    SnapshotMemory {
        snapshot: Some(DiskSnapshot::No),
        file: None,
    }
}

fn has_new_images(snapshot: &Snapshot) -> bool {
    let mut disks = snapshot.disks.iter();
    disks.any(|disk| disk.snapshot == Some(DiskSnapshot::External))
}

/// Whether a part of a snapshot is in files of its own.
pub(super) fn is_external(snapshot: &Snapshot) -> bool {
    let memory = snapshot.memory.as_ref().and_then(location);
    memory == Some(DiskSnapshot::External) || has_new_images(snapshot)
}

/// Where the memory is: a file alone says that it is outside.
fn location(memory: &SnapshotMemory) -> Option<DiskSnapshot> {
    let outside = memory.file.as_ref().map(|_| DiskSnapshot::External);
    memory.snapshot.or(outside)
}

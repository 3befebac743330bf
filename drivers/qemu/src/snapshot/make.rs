//! Making and deleting snapshots.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use documents::domain::{DiskFormat, DiskSnapshot, DiskSource, Domain, FileSource};
use documents::snapshot::{Snapshot as Document, SnapshotState};
use driver::Error;
use protocol::flags::{DomainSnapshotCreateFlags as Flags, DomainSnapshotDeleteFlags};

use super::definition::{check_change, image, of_inactive, parse, path, redefined};
use super::error::{ChangeError, FlagError, SnapshotError};
use super::image::{add_inside, delete_inside, make, remove};
use super::tree::Moment;
use crate::api::document::checked;
use crate::driver::QemuDriver;
use crate::image_file::NewImage;
use crate::vm::Vm;
use crate::vm::request::{Action, Edit};

/// Makes a snapshot of a VM that is off, or makes one known again. Gives its name.
///
/// # Errors
/// When the document is refused, the VM runs, or an image cannot be changed.
pub async fn create(
    driver: &Arc<QemuDriver>,
    vm: &Arc<Vm>,
    text: &str,
    flags: Flags,
) -> Result<String, Error> {
    check_flags(flags).map_err(SnapshotError::from)?;
    let asked = parse(text, flags)?;
    let name = vm.snapshot().name.clone();
    if flags.contains(Flags::REDEFINE) {
        return redefine(driver, vm, asked, flags).await;
    }
    let domain = definition(vm)?;
    if vm.snapshot().state.is_active() {
        return Err(SnapshotError::Running(name.to_string()).into());
    }
    if flags.contains(Flags::LIVE) {
        return Err(SnapshotError::Live.into());
    }
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let now = now.map_or(0, |time| i64::try_from(time.as_secs()).unwrap_or(i64::MAX));
    let turn = driver.snapshots().turn(vm.uuid, &name)?;
    let tree = driver.snapshots().of(vm.uuid);
    let mut document = of_inactive(asked, flags, &domain, now)?;
    let title = document.name.clone().unwrap_or_default();
    if tree.get(&title).is_ok() {
        return Err(SnapshotError::Exists(title).into());
    }
    document.parent = tree.current().map(|moment| moment.name().to_owned());
    change_images(driver, vm, &document, &domain, flags).await?;
    if !flags.contains(Flags::NO_METADATA) {
        let tree = Arc::unwrap_or_clone(tree).with(document, true);
        driver.snapshots().publish(&turn, &name, tree).await?;
    }
    Ok(title)
}

fn check_flags(flags: Flags) -> Result<(), FlagError> {
    let without = |one: Flags, other: Flags| flags.contains(one) && !flags.contains(other);
    let redefine_and = |other: Flags| flags.contains(Flags::REDEFINE | other);
    let errors = [
        (
            without(Flags::CURRENT, Flags::REDEFINE),
            FlagError::CurrentOfNew,
        ),
        (
            without(Flags::QUIESCE, Flags::DISK_ONLY),
            FlagError::QuiesceWithMemory,
        ),
        (redefine_and(Flags::NO_METADATA), FlagError::RedefineUnknown),
        (redefine_and(Flags::HALT), FlagError::RedefineHalt),
        (redefine_and(Flags::LIVE), FlagError::RedefineLive),
    ];
    match errors.into_iter().find(|(is_so, _)| *is_so) {
        Some((_, error)) => Err(error),
        None => Ok(()),
    }
}

/// The definition of a VM.
fn definition(vm: &Vm) -> Result<Domain, SnapshotError> {
    let snapshot = vm.snapshot();
    let name = || snapshot.name.to_string();
    let definition = snapshot.definition.as_ref();
    let definition = definition.ok_or_else(|| SnapshotError::Transient(name()))?;
    definition
        .document()
        .map_err(|_| SnapshotError::Unreadable(name()))
}

async fn redefine(
    driver: &Arc<QemuDriver>,
    vm: &Arc<Vm>,
    mut asked: Document,
    flags: Flags,
) -> Result<String, Error> {
    let name = vm.snapshot().name.clone();
    let domain = asked.domain.take();
    let domain = domain.ok_or(SnapshotError::NoDomain)?;
    let domain = checked(driver, *domain).await?.0.into_document();
    let title = asked.name.clone().unwrap_or_default();
    if domain.uuid != Some(vm.uuid) {
        let other = ChangeError::OtherDomain {
            name: title,
            uuid: vm.uuid,
        };
        return Err(SnapshotError::from(other).into());
    }
    let turn = driver.snapshots().turn(vm.uuid, &name)?;
    let tree = driver.snapshots().of(vm.uuid);
    tree.check_parent(&asked).map_err(SnapshotError::from)?;
    if flags.contains(Flags::DISK_ONLY) && asked.state != Some(SnapshotState::DiskSnapshot) {
        return Err(SnapshotError::from(ChangeError::NotOfDisks(title)).into());
    }
    if let Ok(known) = tree.get(&title) {
        check_change(&known.document, &asked).map_err(SnapshotError::from)?;
    }
    let document = redefined(asked, domain)?;
    let was_current = tree.current().is_some_and(|moment| moment.name() == title);
    let current = flags.contains(Flags::CURRENT) || was_current;
    let tree = Arc::unwrap_or_clone(tree).with(document, current);
    driver.snapshots().publish(&turn, &name, tree).await?;
    Ok(title)
}

/// Does to the images what the snapshot says, and lets the VM use the new ones.
async fn change_images(
    driver: &Arc<QemuDriver>,
    vm: &Arc<Vm>,
    document: &Document,
    domain: &Domain,
    flags: Flags,
) -> Result<(), Error> {
    let name = document.name.as_deref().unwrap_or_default();
    add_inside(name, &inside(document, domain)).await?;
    let new = new_images(document, domain);
    if new.is_empty() {
        return Ok(());
    }
    let made = match flags.contains(Flags::REUSE_EXT) {
        true => Vec::new(),
        false => new,
    };
    make(&made).await?;
    let snapshot = document.clone();
    let edit = Edit {
        live: false,
        config: true,
        apply: Arc::new(move |domain| use_new_images(domain, &snapshot)),
        announce: None,
    };
    if let Err(error) = vm.ask(driver, Action::Edit(edit)).await {
        remove(made.iter()).await;
        return Err(error.into());
    }
    Ok(())
}

/// The images in which the snapshot is.
fn inside(document: &Document, domain: &Domain) -> Vec<PathBuf> {
    let pairs = document.disks.iter().zip(&domain.devices.disks);
    pairs
        .filter(|(disk, _)| disk.snapshot == Some(DiskSnapshot::Internal))
        .filter_map(|(_, of)| image(of).map(PathBuf::from))
        .collect()
}

fn new_images(document: &Document, domain: &Domain) -> Vec<NewImage> {
    let pairs = document.disks.iter().zip(&domain.devices.disks);
    pairs
        .filter(|(disk, _)| disk.snapshot == Some(DiskSnapshot::External))
        .filter_map(|(disk, of)| {
            let format = |format: Option<DiskFormat>| xml::enum_name(format.unwrap_or_default());
            let new = disk.driver.as_ref().and_then(|driver| driver.format);
            let old = of.driver.as_ref().and_then(|driver| driver.format);
            Some(NewImage {
                size: None,
                path: PathBuf::from(path(disk)?),
                format: format(new),
                backing: PathBuf::from(image(of)?),
                backing_format: format(old),
            })
        })
        .collect()
}

/// Puts the new images into the VM's definition.
fn use_new_images(domain: &mut Domain, snapshot: &Document) {
    for disk in &snapshot.disks {
        if disk.snapshot != Some(DiskSnapshot::External) {
            continue;
        }
        let Some(new) = path(disk) else { continue };
        let mut disks = domain.devices.disks.iter_mut();
        let of = disks.find(|of| of.target.dev == disk.name);
        if let Some(of) = of {
            of.source = DiskSource::File(FileSource {
                file: Some(new.to_owned()),
                ..FileSource::default()
            });
            let driver = of.driver.get_or_insert_default();
            driver.format = disk.driver.as_ref().and_then(|driver| driver.format);
            of.backing_store = None;
        }
    }
}

/// Deletes a snapshot, those below it, or both; or forgets them only.
///
/// # Errors
/// When it is not known, or its images cannot be changed.
pub async fn delete(
    driver: &Arc<QemuDriver>,
    vm: &Arc<Vm>,
    name: &str,
    flags: DomainSnapshotDeleteFlags,
) -> Result<(), Error> {
    use DomainSnapshotDeleteFlags as Delete;
    if flags.contains(Delete::CHILDREN | Delete::CHILDREN_ONLY) {
        return Err(SnapshotError::from(FlagError::ChildrenTwice).into());
    }
    let domain = vm.snapshot().name.clone();
    let turn = driver.snapshots().turn(vm.uuid, &domain)?;
    let tree = driver.snapshots().of(vm.uuid);
    let moment = tree.get(name)?;
    let mut going: Vec<&Moment> = Vec::new();
    if flags.intersects(Delete::CHILDREN | Delete::CHILDREN_ONLY) {
        going.extend(tree.descendants(Some(name)));
    }
    if !flags.contains(Delete::CHILDREN_ONLY) {
        going.push(moment);
    }
    if !flags.contains(Delete::METADATA_ONLY) {
        delete_images(vm, &going).await?;
    }
    let gone: BTreeSet<String> = going.iter().map(|it| it.name().to_owned()).collect();
    let tree = tree.without(&gone);
    Ok(driver.snapshots().publish(&turn, &domain, tree).await?)
}

async fn delete_images(vm: &Vm, going: &[&Moment]) -> Result<(), SnapshotError> {
    let snapshot = vm.snapshot();
    if snapshot.state.is_active() {
        return Err(SnapshotError::Running(snapshot.name.to_string()));
    }
    if let Some(moment) = going.iter().find(|moment| moment.is_external()) {
        return Err(SnapshotError::ExternalDeletion(moment.name().to_owned()));
    }
    for moment in going {
        if let Some(domain) = &moment.document.domain {
            delete_inside(moment.name(), &inside(&moment.document, domain)).await?;
        }
    }
    Ok(())
}

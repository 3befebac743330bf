//! A snapshot's document: what is asked for, and what comes of it on a domain that is off.
//!
//! Pure, save for the look at the images' files that names and types come from. Facts: formatsnapshot, and what
//! libvirt 11.3 answers.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::FileTypeExt;
use std::path::Path;

use documents::domain::{Disk, DiskFormat, DiskSnapshot, DiskSource, Domain, FileSource};
use documents::snapshot::{
    Snapshot, SnapshotDisk, SnapshotDriver, SnapshotMemory, SnapshotSource, SnapshotState,
};
use driver::Error;
use driver::store::FileName;
use protocol::flags::DomainSnapshotCreateFlags as Flags;

use xml::Content;

use super::error::SnapshotError;
use super::schema;
use crate::domain::implied_last;

/// Reads what a client asks for, strictly where it wants that.
///
/// # Errors
/// When the text is no snapshot's document, or lacks what the flags make necessary.
pub(super) fn parse(text: &str, flags: Flags) -> Result<Snapshot, Error> {
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
    check_memory(&snapshot, redefine)?;
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
        schema::check(&snapshot)?;
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

fn check_memory(snapshot: &Snapshot, redefine: bool) -> Result<(), SnapshotError> {
    let Some(memory) = &snapshot.memory else {
        return Ok(());
    };
    let refused = |text: String| Err(SnapshotError::Document(text));
    let location = location(memory);
    let off = !redefine
        || matches!(
            snapshot.state,
            Some(SnapshotState::Shutoff | SnapshotState::DiskSnapshot)
        );
    match (&memory.file, location) {
        (None, Some(DiskSnapshot::External)) => {
            refused("external memory snapshots require a filename".to_owned())
        }
        (Some(file), Some(DiskSnapshot::No | DiskSnapshot::Internal | DiskSnapshot::Manual)) => {
            refused(format!(
                "memory filename '{file}' requires external snapshot"
            ))
        }
        (_, Some(DiskSnapshot::Manual)) => {
            refused("'manual' memory snapshot mode not supported".to_owned())
        }
        (_, Some(DiskSnapshot::Internal | DiskSnapshot::External)) if off => {
            refused("memory state cannot be saved with offline or disk-only snapshot".to_owned())
        }
        (Some(file), _) if !file.starts_with('/') => refused(format!(
            "memory snapshot file path ({file}) must be absolute"
        )),
        _ => Ok(()),
    }
}

/// Where the memory is: a file alone says that it is outside.
fn location(memory: &SnapshotMemory) -> Option<DiskSnapshot> {
    let outside = memory.file.as_ref().map(|_| DiskSnapshot::External);
    memory.snapshot.or(outside)
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
        return Err(SnapshotError::Document(format!(
            "disk snapshot image path '{path}' must be absolute"
        )));
    }
    // Who says where the new image is wants a new image.
    if disk.snapshot.is_none() && (path(disk).is_some() || format(disk).is_some()) {
        disk.snapshot = Some(DiskSnapshot::External);
    }
    Ok(())
}

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
pub(super) fn check_change(known: &Snapshot, new: &Snapshot) -> Result<(), SnapshotError> {
    let name = new.name.as_deref().unwrap_or_default();
    let disks_only = |it: &Snapshot| it.state == Some(SnapshotState::DiskSnapshot);
    let off = |it: &Snapshot| it.state == Some(SnapshotState::Shutoff) || disks_only(it);
    let refused = |what| {
        Err(SnapshotError::Contradiction(format!(
            "cannot change between {what} in snapshot {name}"
        )))
    };
    if off(known) != off(new) {
        return refused("online and offline snapshot state");
    }
    if disks_only(known) != disks_only(new) {
        return refused("disk only and full system");
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

/// Gives each disk of the domain its place in the snapshot, in the domain's order. Where the usual place is inside
/// the images, no disk can be elsewhere.
fn align(
    snapshot: &mut Snapshot,
    domain: &Domain,
    usual: DiskSnapshot,
) -> Result<(), SnapshotError> {
    let refused = |text: String| Err(SnapshotError::Disks(text));
    let uniform = usual == DiskSnapshot::Internal;
    let mut asked: BTreeMap<usize, SnapshotDisk> = BTreeMap::new();
    for mut disk in std::mem::take(&mut snapshot.disks) {
        let name = disk.name.clone().unwrap_or_default();
        let mut disks = domain.devices.disks.iter().enumerate();
        let Some((index, of)) = disks.find(|(_, it)| is_called(it, &name)) else {
            return refused(format!("no disk named '{name}'"));
        };
        if asked.contains_key(&index) {
            return refused(format!("disk '{name}' specified twice"));
        }
        if uniform && disk.snapshot.is_some_and(|place| place != usual) {
            return refused(format!(
                "disk '{name}' must use snapshot mode 'internal', as all disks of this snapshot"
            ));
        }
        let own = || own(of).unwrap_or(usual);
        let place = *disk.snapshot.get_or_insert_with(own);
        if let Some(path) = path(&disk)
            && place != DiskSnapshot::External
        {
            return refused(format!(
                "file '{path}' for disk '{name}' requires use of external snapshot mode"
            ));
        }
        disk.name.clone_from(&of.target.dev);
        asked.insert(index, disk);
    }
    for (index, of) in domain.devices.disks.iter().enumerate() {
        let disk = asked.remove(&index).unwrap_or_else(|| SnapshotDisk {
            name: of.target.dev.clone(),
            snapshot: Some(match image(of) {
                None => DiskSnapshot::No,
                Some(_) => own(of).unwrap_or(usual),
            }),
            ..SnapshotDisk::default()
        });
        snapshot.disks.push(disk);
    }
    Ok(())
}

/// What the domain's document says that snapshots do with a disk; nothing is done with one that is only read.
fn own(disk: &Disk) -> Option<DiskSnapshot> {
    let read_only = disk.readonly.then_some(DiskSnapshot::No);
    disk.snapshot.or(read_only)
}

/// Whether a disk is meant: by its target, or by its image.
fn is_called(disk: &Disk, name: &str) -> bool {
    disk.target.dev.as_deref() == Some(name) || (name.starts_with('/') && image(disk) == Some(name))
}

/// The path of a disk's image on the host; a source elsewhere counts as one without a path.
pub(super) fn image(disk: &Disk) -> Option<&str> {
    match &disk.source {
        DiskSource::File(file) => file.file.as_deref(),
        DiskSource::Block(block) => block.dev.as_deref(),
        DiskSource::Dir(dir) => dir.dir.as_deref(),
        // Where they are is not a path; they are not empty all the same.
        _ => Some(""),
    }
}

/// The path of a new image.
pub(super) fn path(disk: &SnapshotDisk) -> Option<&str> {
    match &disk.source {
        SnapshotSource::Unsaid(file) | SnapshotSource::File(file) => file.file.as_deref(),
        SnapshotSource::Block(block) => block.dev.as_deref(),
        SnapshotSource::Network(_) | SnapshotSource::Volume(_) => None,
    }
}

fn format(disk: &SnapshotDisk) -> Option<DiskFormat> {
    disk.driver.as_ref().and_then(|driver| driver.format)
}

/// Gives each new image that has no path one: beside the old image, with the snapshot's name for a suffix.
fn name_images(snapshot: &mut Snapshot, domain: &Domain) -> Result<(), SnapshotError> {
    let unsupported = |text: String| Err(SnapshotError::Disks(text));
    let name = snapshot.name.clone().unwrap_or_default();
    let mut taken: Vec<String> = Vec::new();
    for (disk, of) in snapshot.disks.iter_mut().zip(&domain.devices.disks) {
        if disk.snapshot != Some(DiskSnapshot::External) || path(disk).is_some() {
            continue;
        }
        let target = disk.name.clone().unwrap_or_default();
        if !matches!(
            disk.source,
            SnapshotSource::Unsaid(_) | SnapshotSource::File(_)
        ) {
            return unsupported(format!(
                "cannot make up the name of a new image for disk '{target}' on such a device: give its <source>"
            ));
        }
        let Some(old) = image(of).filter(|path| !path.is_empty()) else {
            return unsupported(format!(
                "cannot make up the name of a new image for disk '{target}', which has no image file"
            ));
        };
        if fs::metadata(old).is_ok_and(|found| !found.is_file()) {
            return unsupported(format!(
                "source for disk '{target}' is not a regular file: give the <source> of the new image"
            ));
        }
        let stem = match old.rsplit_once('.') {
            Some((stem, suffix)) if !suffix.contains('/') => stem,
            _ => old,
        };
        let new = format!("{stem}.{name}");
        if taken.contains(&new) {
            return unsupported(format!(
                "the new image of disk '{target}' would be that of another disk: give its <source>"
            ));
        }
        taken.push(new.clone());
        disk.source = SnapshotSource::File(FileSource {
            file: Some(new),
            ..FileSource::default()
        });
    }
    Ok(())
}

/// Whether the images can have what is asked of them.
fn check_images(
    snapshot: &mut Snapshot,
    domain: &Domain,
    flags: Flags,
) -> Result<(), SnapshotError> {
    let unsupported = |text: String| Err(SnapshotError::Unsupported(text));
    let (mut inside, mut outside, mut left_out) = (false, false, false);
    for (disk, of) in snapshot.disks.iter_mut().zip(&domain.devices.disks) {
        let name = disk.name.clone().unwrap_or_default();
        match disk.snapshot {
            Some(DiskSnapshot::Internal) => {
                inside = true;
                if !matches!(of.source, DiskSource::File(_) | DiskSource::Block(_)) {
                    return Err(SnapshotError::NotOnThisHost(name));
                }
                let format = of.driver.as_ref().and_then(|driver| driver.format);
                if format != Some(DiskFormat::Qcow2) {
                    return unsupported(format!(
                        "internal snapshot for disk {name} unsupported for storage type {}",
                        format.map_or("raw", xml::enum_name)
                    ));
                }
            }
            Some(DiskSnapshot::External) => {
                outside = true;
                let driver = disk.driver.get_or_insert_with(SnapshotDriver::default);
                let format = *driver.format.get_or_insert(DiskFormat::Qcow2);
                if !matches!(format, DiskFormat::Qcow2 | DiskFormat::Qed) {
                    return unsupported(format!(
                        "external snapshot format for disk {name} is unsupported: {}",
                        xml::enum_name(format)
                    ));
                }
                check_new_image(disk, of, flags.contains(Flags::REUSE_EXT))?;
            }
            _ => left_out |= image(of).is_some() && !of.readonly,
        }
    }
    match (inside, outside) {
        (true, true) => unsupported(
            "mixing internal and external targets for a snapshot is not yet supported".to_owned(),
        ),
        (false, false) => unsupported("nothing selected for snapshot".to_owned()),
        (true, false) if left_out => unsupported(
            "internal and full system snapshots require all disks to be selected for snapshot"
                .to_owned(),
        ),
        _ => Ok(()),
    }
}

fn check_new_image(disk: &SnapshotDisk, of: &Disk, reuse: bool) -> Result<(), SnapshotError> {
    let unsupported = |text: String| Err(SnapshotError::Unsupported(text));
    let name = disk.name.clone().unwrap_or_default();
    let is_file =
        |source: &DiskSource| matches!(source, DiskSource::File(_) | DiskSource::Block(_));
    let Some(new) = path(disk).filter(|_| is_file(&of.source)) else {
        return Err(SnapshotError::NotOnThisHost(name));
    };
    let blocks = matches!(disk.source, SnapshotSource::Block(_));
    match fs::metadata(Path::new(new)) {
        Ok(found) if found.file_type().is_block_device() != blocks => unsupported(format!(
            "disk '{name}' is to have its new image at '{new}', which is of another type than the document says"
        )),
        Ok(found) if found.is_file() && found.len() > 0 && !reuse => unsupported(format!(
            "external snapshot file for disk {name} already exists and is not a block device: {new}"
        )),
        Err(_) if reuse => Err(SnapshotError::NoImage {
            disk: name,
            path: new.to_owned(),
        }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use driver::ToError;
    use protocol::error::Code;

    use super::*;

    fn domain() -> Domain {
        let text = "<domain type='qemu'><name>a</name><os><type>hvm</type></os><devices>\
            <disk type='file' device='disk'><driver name='qemu' type='qcow2'/>\
            <source file='/no/where/a.qcow2'/><target dev='vda' bus='virtio'/></disk>\
            <disk type='file' device='disk'><driver name='qemu' type='raw'/>\
            <source file='/no/where/b.raw'/><target dev='vdb' bus='virtio'/></disk>\
            <disk type='file' device='cdrom'><target dev='sda' bus='sata'/><readonly/></disk>\
            </devices></domain>";
        xml::parse(text, &xml::Options::lenient()).unwrap()
    }

    fn take(inner: &str, flags: Flags) -> Result<Snapshot, Code> {
        let text = format!("<domainsnapshot>{inner}</domainsnapshot>");
        let asked = parse(&text, flags).map_err(|error| error.code())?;
        of_inactive(asked, flags, &domain(), 7).map_err(|error| error.code())
    }

    fn places(inner: &str, flags: Flags) -> Result<Vec<DiskSnapshot>, Code> {
        let disks = take(inner, flags)?.disks.into_iter();
        Ok(disks.filter_map(|disk| disk.snapshot).collect())
    }

    const B_LEFT_OUT: &str = "<disks><disk name='vdb' snapshot='no'/></disks>";

    #[test]
    fn every_disk_has_its_place_in_the_domains_order() {
        use DiskSnapshot::{External, No};
        let left_out = places(B_LEFT_OUT, Flags::DISK_ONLY);
        assert_eq!(left_out, Ok(vec![External, No, No]));
        // Inside means all of them, and a raw image cannot have one inside.
        for inner in [B_LEFT_OUT, ""] {
            assert_eq!(places(inner, Flags::empty()), Err(Code::ConfigUnsupported));
        }
        let none =
            "<disks><disk name='vda' snapshot='no'/><disk name='vdb' snapshot='no'/></disks>";
        assert_eq!(places(none, Flags::DISK_ONLY), Err(Code::ConfigUnsupported));
    }

    #[test]
    fn a_new_image_is_beside_the_old_one_unless_its_place_is_said() {
        let snapshot = take("<name>s</name>", Flags::DISK_ONLY).unwrap();
        let paths: Vec<_> = snapshot.disks.iter().map(path).collect();
        assert_eq!(paths, [Some("/no/where/a.s"), Some("/no/where/b.s"), None]);
        let said = "<disks><disk name='vda'><source file='/new'/></disk></disks>";
        let snapshot = take(said, Flags::empty()).unwrap();
        assert_eq!(snapshot.disks.first().and_then(path), Some("/new"));
        assert_eq!(snapshot.memory, None);
        let relative = said.replace("/new", "new");
        assert_eq!(take(&relative, Flags::empty()), Err(Code::XmlError));
    }

    #[test]
    fn a_snapshot_without_a_name_is_called_by_its_time() {
        let snapshot = take(B_LEFT_OUT, Flags::DISK_ONLY).unwrap();
        assert_eq!(snapshot.name.as_deref(), Some("7"));
        for name in ["a/b", ".a"] {
            let named = take(&format!("<name>{name}</name>"), Flags::empty());
            assert_eq!(named, Err(Code::XmlDetail), "{name}");
        }
    }

    #[test]
    fn disks_are_found_by_target_or_image_and_once() {
        let by_image = "<disks><disk name='/no/where/b.raw' snapshot='no'/></disks>";
        assert!(take(by_image, Flags::DISK_ONLY).is_ok());
        for inner in [
            "<disks><disk name='vdz'/></disks>",
            "<disks><disk name='vda'/><disk name='/no/where/a.qcow2'/></disks>",
        ] {
            assert_eq!(take(inner, Flags::empty()), Err(Code::ConfigUnsupported));
        }
    }

    #[test]
    fn a_redefined_snapshot_says_what_is_known_of_it() {
        let parse = |inner: &str| {
            let text = format!("<domainsnapshot>{inner}</domainsnapshot>");
            parse(&text, Flags::REDEFINE).map_err(|error| error.code())
        };
        assert_eq!(parse(""), Err(Code::XmlError));
        assert_eq!(parse("<name>s</name>"), Err(Code::InternalError));
        let timed = "<name>s</name><creationTime>5</creationTime>";
        assert_eq!(parse(timed), Err(Code::XmlError));
        assert!(parse(&format!("{timed}<state>shutoff</state>")).is_ok());
    }

    #[test]
    fn what_a_new_snapshot_does_not_take_over_may_be_nonsense() {
        let inner = "<state>odd</state><creationTime>soon</creationTime>";
        let snapshot = take(inner, Flags::DISK_ONLY).unwrap();
        assert_eq!(snapshot.creation_time, Some(7));
        assert_eq!(
            take(&inner.replace("odd", "<"), Flags::DISK_ONLY),
            Err(Code::XmlDetail)
        );
    }

    #[test]
    fn memory_is_in_a_file_only_outside() {
        for (inner, code) in [
            ("<memory snapshot='internal' file='/m'/>", Code::XmlError),
            ("<memory snapshot='external'/>", Code::XmlError),
            ("<memory snapshot='external' file='m'/>", Code::XmlError),
            ("<memory snapshot='internal'/>", Code::XmlError),
        ] {
            assert_eq!(take(inner, Flags::empty()), Err(code), "{inner}");
        }
    }
}

//! What a document of a snapshot may ask for, and what comes of it.

use driver::ToError;
use protocol::error::Code;

use documents::domain::{DiskSnapshot, Domain};
use documents::snapshot::Snapshot;
use protocol::flags::DomainSnapshotCreateFlags as Flags;

use super::{of_inactive, parse, path};

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
    let none = "<disks><disk name='vda' snapshot='no'/><disk name='vdb' snapshot='no'/></disks>";
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

//! What a document of a snapshot may ask for, and what comes of it.

use std::path::Path;

use driver::ToError;
use protocol::error::Code;

use documents::domain::{DiskSnapshot, Domain};
use documents::snapshot::Snapshot;
use protocol::flags::DomainSnapshotCreateFlags as Flags;

use super::{of_inactive, parse, path};

/// A domain with two images in `folder` and an empty drive.
fn domain(folder: &Path) -> Domain {
    for name in ["a.qcow2", "b.raw"] {
        std::fs::File::create(folder.join(name)).unwrap();
    }
    let text = "<domain type='qemu'><name>a</name><os><type>hvm</type></os><devices>\
        <disk type='file' device='disk'><driver name='qemu' type='qcow2'/>\
        <source file='/no/where/a.qcow2'/><target dev='vda' bus='virtio'/></disk>\
        <disk type='file' device='disk'><driver name='qemu' type='raw'/>\
        <source file='/no/where/b.raw'/><target dev='vdb' bus='virtio'/></disk>\
        <disk type='file' device='cdrom'><target dev='sda' bus='sata'/><readonly/></disk>\
        </devices></domain>";
    let text = text.replace("/no/where", folder.to_str().unwrap());
    xml::parse(&text, &xml::Options::lenient()).unwrap()
}

fn take(inner: &str, flags: Flags) -> Result<Snapshot, Code> {
    let folder = tempfile::tempdir().unwrap();
    let inner = inner.replace("/no/where", folder.path().to_str().unwrap());
    let text = format!("<domainsnapshot>{inner}</domainsnapshot>");
    let asked = parse(&text, flags).map_err(|error| error.code())?;
    of_inactive(asked, flags, &domain(folder.path()), 7).map_err(|error| error.code())
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
    let file = |disk| Path::new(path(disk)?).file_name()?.to_str();
    let files: Vec<_> = snapshot.disks.iter().map(file).collect();
    assert_eq!(files, [Some("a.s"), Some("b.s"), None]);
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

/// The code with which a snapshot of one disk is refused.
fn of_disk(disk: &str, inner: &str, flags: Flags) -> Option<Code> {
    let text = format!(
        "<domain type='qemu'><name>a</name><os><type>hvm</type></os><devices>{disk}</devices></domain>"
    );
    let domain: Domain = xml::parse(&text, &xml::Options::lenient()).unwrap();
    let text = format!("<domainsnapshot><name>s</name>{inner}</domainsnapshot>");
    let asked = parse(&text, flags).unwrap();
    let made = of_inactive(asked, flags, &domain, 7);
    made.err().map(|error| error.code())
}

#[test]
fn a_disk_of_the_snapshot_has_a_name() {
    let nameless = "<disks><disk snapshot='no'/></disks>";
    assert_eq!(take(nameless, Flags::DISK_ONLY), Err(Code::InternalError));
}

#[test]
fn a_disk_elsewhere_has_no_snapshot_here() {
    let remote = "<disk type='network'><driver type='qcow2'/><source protocol='nbd' name='x'>\
         <host name='h'/></source><target dev='vda' bus='virtio'/></disk>";
    let inside = of_disk(remote, "", Flags::empty());
    assert_eq!(inside, Some(Code::InternalError));
    let said = "<disks><disk name='vda'><source file='/new'/></disk></disks>";
    let outside = of_disk(remote, said, Flags::DISK_ONLY);
    assert_eq!(outside, Some(Code::InternalError));
    let unsaid = of_disk(remote, "", Flags::DISK_ONLY);
    assert_eq!(unsaid, Some(Code::ConfigUnsupported));
}

#[test]
fn a_new_image_is_of_a_format_and_kind_that_it_can_have() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    std::fs::create_dir(path("full")).unwrap();
    let mut file = std::fs::File::create(path("full/image")).unwrap();
    std::io::Write::write_all(&mut file, b"x").unwrap();
    let disk = "<disk type='file'><driver type='qcow2'/><source file='/no/a.qcow2'/>\
         <target dev='vda' bus='virtio'/></disk>";
    let said = |driver: &str, kind: &str, path: &str| {
        let name = if kind == "file" { "file" } else { "dev" };
        format!(
            "<disks><disk name='vda' type='{kind}'><driver type='{driver}'/>\
             <source {name}='{path}'/></disk></disks>"
        )
    };
    let refused = Some(Code::ConfigUnsupported);
    let outside = Flags::DISK_ONLY;
    let raw = said("raw", "file", "/no/new");
    assert_eq!(of_disk(disk, &raw, outside), refused);
    let full = said("qcow2", "file", &path("full/image"));
    assert_eq!(of_disk(disk, &full, outside), refused);
    assert_eq!(of_disk(disk, &full, outside | Flags::REUSE_EXT), None);
    let block = said("qcow2", "block", &path("full/image"));
    assert_eq!(of_disk(disk, &block, outside), refused);
    let gone = said("qcow2", "file", &path("gone"));
    assert_eq!(of_disk(disk, &gone, outside), None);
    let reused = of_disk(disk, &gone, outside | Flags::REUSE_EXT);
    assert_eq!(reused, Some(Code::SystemError));
}

#[test]
fn a_name_is_made_up_only_beside_a_file() {
    let disk = |place: &str, target: &str| {
        format!(
            "<disk type='file'><driver type='qcow2'/><source file='{place}'/>\
             <target dev='{target}' bus='virtio'/></disk>"
        )
    };
    let refused = Some(Code::ConfigUnsupported);
    for place in ["/dev", "/no/where"] {
        assert_eq!(of_disk(&disk(place, "vda"), "", Flags::DISK_ONLY), refused);
    }
    let folder = tempfile::tempdir().unwrap();
    let [one, two] = ["a.one", "a.two"].map(|name| {
        let path = folder.path().join(name);
        std::fs::File::create(&path).unwrap();
        path.to_string_lossy().into_owned()
    });
    assert_eq!(of_disk(&disk(&one, "vda"), "", Flags::DISK_ONLY), None);
    let twins = format!("{}{}", disk(&one, "vda"), disk(&two, "vdb"));
    assert_eq!(of_disk(&twins, "", Flags::DISK_ONLY), refused);
    let block = "<disks><disk name='vda' type='block'/></disks>";
    let nameless = of_disk(&disk("/no/a", "vda"), block, Flags::DISK_ONLY);
    assert_eq!(nameless, refused);
}

#[test]
fn inside_a_snapshot_all_disks_are_there() {
    let disks = |second: &str| {
        let disk = |name: &str, target: &str| {
            format!(
                "<disk type='file'><driver type='qcow2'/><source file='/no/{name}'/>\
                 <target dev='{target}' bus='virtio'/></disk>"
            )
        };
        let inner = format!("<disks><disk name='vdb' {second}</disks>");
        let pair = format!("{}{}", disk("a", "vda"), disk("b", "vdb"));
        of_disk(&pair, &inner, Flags::empty())
    };
    assert_eq!(disks("snapshot='internal'/>"), None);
    let refused = Some(Code::ConfigUnsupported);
    assert_eq!(disks("snapshot='no'/>"), refused);
    let mixed =
        "snapshot='external'><source file='/no/new'/></disk><disk name='vda' snapshot='internal'/>";
    assert_eq!(disks(mixed), refused);
}

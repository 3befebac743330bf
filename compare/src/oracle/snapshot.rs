//! What is asked about a snapshot's document: taken of a domain of our own that is off, or laid down
//! for the domain inside the document.

use std::path::PathBuf;
use std::process::Command;

use ferrovirt::flags::DomainSnapshotCreateFlags as Flags;
use ferrovirt::flags::{DomainSnapshotDeleteFlags, DomainSnapshotXmlFlags};
use ferrovirt::{Connection, Domain, Error};
use protocol::remote::{
    DomainSnapshotCreateXml, DomainSnapshotCreateXmlArgs, DomainSnapshotDelete,
    DomainSnapshotDeleteArgs, DomainSnapshotGetXmlDesc, DomainSnapshotGetXmlDescArgs,
    NonnullDomain, NonnullDomainSnapshot,
};

use tempfile::TempDir;

use super::domain::undefine;
use super::record::{Answer, Record};
use crate::failure::Failure;

/// The disks of the domain of our own: the targets that snapshots name, and their buses.
const DISKS: [(&str, &str); 11] = [
    ("vda", "virtio"),
    ("vdb", "virtio"),
    ("sda", "scsi"),
    ("hda", "sata"),
    ("hdb", "sata"),
    ("hdc", "sata"),
    ("hdd", "sata"),
    ("hde", "sata"),
    ("hdf", "sata"),
    ("hdg", "sata"),
    ("hdh", "sata"),
];

/// The flags with which a snapshot of our own domain is taken.
const OF_OURS: [Flags; 4] = [
    Flags::empty(),
    Flags::DISK_ONLY,
    Flags::REDEFINE,
    Flags::DISK_ONLY.union(Flags::VALIDATE),
];
/// The same for a document that has its domain inside.
const OF_ITS_OWN: [Flags; 2] = [Flags::REDEFINE, Flags::REDEFINE.union(Flags::VALIDATE)];

/// The images of the domain of our own, made anew for each attempt. Both daemons get the same, so
/// that they name the same files.
pub(super) struct Images {
    folder: TempDir,
}

/// The domain of which a snapshot is taken, and the attempts.
struct Plan {
    domain: String,
    /// The snapshot that the document says it follows.
    parent: Option<String>,
    attempts: &'static [Flags],
}

/// Takes the snapshot in each way, shows it and takes it away.
pub(super) async fn ask(
    connection: &Connection,
    images: &Images,
    xml: &str,
) -> Result<Record, Failure> {
    let mut record = Record::default();
    let plan = plan(xml, images);
    for flags in plan.attempts {
        images.make_anew()?;
        let defined = connection.define_domain(&plan.domain).await;
        let name = format!("flags={}", flags.bits());
        let Some(domain) = record.decision(&format!("guest {name}"), defined) else {
            break;
        };
        if let Some(parent) = &plan.parent {
            let laid = take(&domain, parent, Flags::REDEFINE).await;
            record.decision(&format!("parent {name}"), laid);
        }
        if let Some(snapshot) = record.decision(&name, take(&domain, xml, *flags).await) {
            let shown = show(&domain, &snapshot).await;
            record.note(&format!("{name} dumpxml"), shown, |it| {
                Answer::Document(it.clone())
            });
            forget(&domain, snapshot).await.ok();
        }
        if record.lost().is_some() {
            break;
        }
        record.decision(&format!("undefine {name}"), undefine(&domain).await);
    }
    Ok(record)
}

fn plan(xml: &str, images: &Images) -> Plan {
    let of_its_own = || {
        let document = roxmltree::Document::parse(xml).ok()?;
        let snapshot = document.root_element();
        let domain = snapshot.children().find(|it| it.has_tag_name("domain"))?;
        domain.children().find(|it| it.has_tag_name("os"))?;
        let domain = xml.get(domain.range())?.to_owned();
        let parent = snapshot.children().find(|it| it.has_tag_name("parent"));
        let parent = parent.and_then(|it| it.children().find(|it| it.has_tag_name("name")));
        let parent = parent.and_then(|it| it.text()).map(|name| {
            format!(
                "<domainsnapshot><name>{name}</name><state>shutoff</state>\
                 <creationTime>1</creationTime>{domain}</domainsnapshot>"
            )
        });
        Some(Plan {
            domain,
            parent,
            attempts: &OF_ITS_OWN,
        })
    };
    of_its_own().unwrap_or_else(|| Plan {
        domain: images.domain(),
        parent: None,
        attempts: &OF_OURS,
    })
}

async fn take(domain: &Domain, xml: &str, flags: Flags) -> Result<NonnullDomainSnapshot, Error> {
    let args = DomainSnapshotCreateXmlArgs {
        dom: on_the_wire(domain),
        xml_desc: xml.to_owned(),
        flags,
    };
    let connection = domain.connection();
    let taken = connection.call::<DomainSnapshotCreateXml>(&args).await?;
    Ok(taken.snap)
}

async fn show(domain: &Domain, snapshot: &NonnullDomainSnapshot) -> Result<String, Error> {
    let args = DomainSnapshotGetXmlDescArgs {
        snap: snapshot.clone(),
        flags: DomainSnapshotXmlFlags::empty(),
    };
    let connection = domain.connection();
    let shown = connection.call::<DomainSnapshotGetXmlDesc>(&args).await?;
    Ok(shown.xml)
}

async fn forget(domain: &Domain, snapshot: NonnullDomainSnapshot) -> Result<(), Error> {
    let args = DomainSnapshotDeleteArgs {
        snap: snapshot,
        flags: DomainSnapshotDeleteFlags::METADATA_ONLY,
    };
    let connection = domain.connection();
    connection.call::<DomainSnapshotDelete>(&args).await
}

fn on_the_wire(domain: &Domain) -> NonnullDomain {
    NonnullDomain {
        name: domain.name().to_owned(),
        uuid: domain.uuid(),
        id: -1,
    }
}

impl Images {
    pub(super) fn new() -> Result<Self, Failure> {
        let folder = tempfile::Builder::new()
            .prefix("fvimg")
            .tempdir_in("/var/tmp");
        Ok(Self {
            folder: folder.map_err(Failure::io("make a folder in /var/tmp"))?,
        })
    }

    /// A domain with these images.
    fn domain(&self) -> String {
        let disks = DISKS.map(|(target, bus)| {
            format!(
                "<disk type='file' device='disk'><driver name='qemu' type='qcow2'/>\
                 <source file='{}'/><target dev='{target}' bus='{bus}'/></disk>",
                self.image(target).display()
            )
        });
        format!(
            "<domain type='qemu'><name>oracle</name>\
             <uuid>6d6f1d0e-4a52-4a5e-9c9c-0c1f1f4d7a10</uuid><memory unit='MiB'>64</memory>\
             <vcpu>1</vcpu><os><type arch='x86_64' machine='pc'>hvm</type></os>\
             <devices>{}</devices></domain>",
            disks.concat()
        )
    }

    fn image(&self, target: &str) -> PathBuf {
        self.folder.path().join(format!("{target}.qcow2"))
    }

    /// Empties the folder and makes the images: an earlier attempt wrote snapshots into them.
    fn make_anew(&self) -> Result<(), Failure> {
        let folder = self.folder.path();
        let failure = || Failure::io(format!("make images in {}", folder.display()));
        for entry in std::fs::read_dir(folder).map_err(failure())? {
            let path = entry.map_err(failure())?.path();
            std::fs::remove_file(path).map_err(failure())?;
        }
        let template = folder.join("empty");
        let made = Command::new("qemu-img")
            .args(["create", "-q", "-f", "qcow2"])
            .arg(&template)
            .arg("8M")
            .status()
            .map_err(Failure::io("start qemu-img"))?;
        if !made.success() {
            return Err(failure()(std::io::Error::other("qemu-img failed")));
        }
        for (target, _) in DISKS {
            std::fs::copy(&template, self.image(target)).map_err(failure())?;
        }
        Ok(())
    }
}

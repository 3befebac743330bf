//! Snapshots: making, showing and deleting them.

use std::sync::Arc;

use documents::snapshot::Snapshot as Document;
use driver::{Call, Error, Routes};
use protocol::flags::DomainSnapshotXmlFlags;
use protocol::remote::{
    DomainHasCurrentSnapshot, DomainHasCurrentSnapshotArgs, DomainHasCurrentSnapshotRet,
    DomainSnapshotCreateXml, DomainSnapshotCreateXmlArgs, DomainSnapshotCreateXmlRet,
    DomainSnapshotCurrent, DomainSnapshotCurrentArgs, DomainSnapshotCurrentRet,
    DomainSnapshotDelete, DomainSnapshotDeleteArgs, DomainSnapshotGetParent,
    DomainSnapshotGetParentArgs, DomainSnapshotGetParentRet, DomainSnapshotGetXmlDesc,
    DomainSnapshotGetXmlDescArgs, DomainSnapshotGetXmlDescRet, DomainSnapshotHasMetadata,
    DomainSnapshotHasMetadataArgs, DomainSnapshotHasMetadataRet, DomainSnapshotIsCurrent,
    DomainSnapshotIsCurrentArgs, DomainSnapshotIsCurrentRet, DomainSnapshotLookupByName,
    DomainSnapshotLookupByNameArgs, DomainSnapshotLookupByNameRet, NonnullDomain,
    NonnullDomainSnapshot,
};

use super::object;
use crate::driver::QemuDriver;
use crate::snapshot::{self, Moment, SnapshotError, Tree};
use crate::vm::Vm;

/// What is served here.
pub(super) fn routes(routes: &mut Routes<QemuDriver>) {
    routes
        .on::<DomainSnapshotCreateXml>(create)
        .on::<DomainSnapshotDelete>(delete)
        .on::<DomainSnapshotGetXmlDesc>(xml_desc)
        .on::<DomainSnapshotLookupByName>(by_name)
        .on::<DomainHasCurrentSnapshot>(has_current)
        .on::<DomainSnapshotCurrent>(current)
        .on::<DomainSnapshotIsCurrent>(is_current)
        .on::<DomainSnapshotHasMetadata>(has_metadata)
        .on::<DomainSnapshotGetParent>(parent);
}

/// A snapshot as the wire names it.
pub(super) fn named(vm: &Vm, name: &str) -> NonnullDomainSnapshot {
    NonnullDomainSnapshot {
        name: name.to_owned(),
        dom: object::of(vm),
    }
}

/// The VM that a call is about, and its snapshots.
pub(super) fn find(
    call: &Call<QemuDriver>,
    domain: &NonnullDomain,
) -> Result<(Arc<Vm>, Arc<Tree>), Error> {
    let vm = object::find(call, domain)?;
    let tree = call.driver().snapshots().of(vm.uuid);
    Ok((vm, tree))
}

async fn create(
    call: Call<QemuDriver>,
    args: DomainSnapshotCreateXmlArgs,
) -> Result<DomainSnapshotCreateXmlRet, Error> {
    let vm = object::find(&call, &args.dom)?;
    let name = snapshot::create(call.driver(), &vm, &args.xml_desc, args.flags).await?;
    Ok(DomainSnapshotCreateXmlRet {
        snap: named(&vm, &name),
    })
}

async fn delete(call: Call<QemuDriver>, args: DomainSnapshotDeleteArgs) -> Result<(), Error> {
    let vm = object::find(&call, &args.snap.dom)?;
    snapshot::delete(call.driver(), &vm, &args.snap.name, args.flags).await
}

async fn xml_desc(
    call: Call<QemuDriver>,
    args: DomainSnapshotGetXmlDescArgs,
) -> Result<DomainSnapshotGetXmlDescRet, Error> {
    let (_, tree) = find(&call, &args.snap.dom)?;
    let mut document: Document = tree.get(&args.snap.name)?.document.clone();
    if !args.flags.contains(DomainSnapshotXmlFlags::SECURE) {
        let domains = [&mut document.domain, &mut document.inactive_domain];
        for domain in domains.into_iter().flatten() {
            domain.hide_secrets();
        }
    }
    Ok(DomainSnapshotGetXmlDescRet {
        xml: xml::format(&document),
    })
}

async fn by_name(
    call: Call<QemuDriver>,
    args: DomainSnapshotLookupByNameArgs,
) -> Result<DomainSnapshotLookupByNameRet, Error> {
    let (vm, tree) = find(&call, &args.dom)?;
    Ok(DomainSnapshotLookupByNameRet {
        snap: named(&vm, tree.get(&args.name)?.name()),
    })
}

async fn has_current(
    call: Call<QemuDriver>,
    args: DomainHasCurrentSnapshotArgs,
) -> Result<DomainHasCurrentSnapshotRet, Error> {
    let (_, tree) = find(&call, &args.dom)?;
    Ok(DomainHasCurrentSnapshotRet {
        result: tree.current().is_some().into(),
    })
}

async fn current(
    call: Call<QemuDriver>,
    args: DomainSnapshotCurrentArgs,
) -> Result<DomainSnapshotCurrentRet, Error> {
    let (vm, tree) = find(&call, &args.dom)?;
    let current = tree.current().ok_or(SnapshotError::NoCurrent)?;
    Ok(DomainSnapshotCurrentRet {
        snap: named(&vm, current.name()),
    })
}

async fn is_current(
    call: Call<QemuDriver>,
    args: DomainSnapshotIsCurrentArgs,
) -> Result<DomainSnapshotIsCurrentRet, Error> {
    let (_, tree) = find(&call, &args.snap.dom)?;
    let asked = tree.get(&args.snap.name)?;
    let current = tree.current().map(Moment::name) == Some(asked.name());
    Ok(DomainSnapshotIsCurrentRet {
        current: current.into(),
    })
}

/// Nothing is known of a snapshot without it.
async fn has_metadata(
    call: Call<QemuDriver>,
    args: DomainSnapshotHasMetadataArgs,
) -> Result<DomainSnapshotHasMetadataRet, Error> {
    let (_, tree) = find(&call, &args.snap.dom)?;
    tree.get(&args.snap.name)?;
    Ok(DomainSnapshotHasMetadataRet { metadata: 1 })
}

async fn parent(
    call: Call<QemuDriver>,
    args: DomainSnapshotGetParentArgs,
) -> Result<DomainSnapshotGetParentRet, Error> {
    let (vm, tree) = find(&call, &args.snap.dom)?;
    let moment = tree.get(&args.snap.name)?;
    let none = || SnapshotError::NoParent(moment.name().to_owned());
    let parent = moment.parent().ok_or_else(none)?;
    Ok(DomainSnapshotGetParentRet {
        snap: named(&vm, tree.get(parent)?.name()),
    })
}

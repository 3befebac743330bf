//! Snapshots: which a domain has, and which are below one of them.

use documents::snapshot::SnapshotState;
use driver::{Call, Error, Routes};
use protocol::flags::DomainSnapshotListFlags as Flags;
use protocol::remote::{
    DomainListAllSnapshots, DomainListAllSnapshotsArgs, DomainListAllSnapshotsRet,
    DomainSnapshotListAllChildren, DomainSnapshotListAllChildrenArgs,
    DomainSnapshotListAllChildrenRet, DomainSnapshotListChildrenNames,
    DomainSnapshotListChildrenNamesArgs, DomainSnapshotListChildrenNamesRet,
    DomainSnapshotListNames, DomainSnapshotListNamesArgs, DomainSnapshotListNamesRet,
    DomainSnapshotNum, DomainSnapshotNumArgs, DomainSnapshotNumChildren,
    DomainSnapshotNumChildrenArgs, DomainSnapshotNumChildrenRet, DomainSnapshotNumRet,
    NonnullDomainSnapshot,
};

use super::domain_snapshot::{find, named};
use crate::driver::QemuDriver;
use crate::snapshot::{Moment, Tree};
use crate::vm::Vm;

/// What is served here.
pub(super) fn routes(routes: &mut Routes<QemuDriver>) {
    routes
        .on::<DomainSnapshotNum>(num)
        .on::<DomainSnapshotListNames>(names)
        .on::<DomainListAllSnapshots>(all)
        .on::<DomainSnapshotNumChildren>(num_children)
        .on::<DomainSnapshotListChildrenNames>(children_names)
        .on::<DomainSnapshotListAllChildren>(all_children);
}

async fn num(
    call: Call<QemuDriver>,
    args: DomainSnapshotNumArgs,
) -> Result<DomainSnapshotNumRet, Error> {
    let (_, tree) = find(&call, &args.dom)?;
    let num = count(of_domain(&tree, args.flags).len());
    Ok(DomainSnapshotNumRet { num })
}

async fn names(
    call: Call<QemuDriver>,
    args: DomainSnapshotListNamesArgs,
) -> Result<DomainSnapshotListNamesRet, Error> {
    let (_, tree) = find(&call, &args.dom)?;
    let names = names_of(&of_domain(&tree, args.flags), args.maxnames);
    Ok(DomainSnapshotListNamesRet { names })
}

async fn all(
    call: Call<QemuDriver>,
    args: DomainListAllSnapshotsArgs,
) -> Result<DomainListAllSnapshotsRet, Error> {
    let (vm, tree) = find(&call, &args.dom)?;
    let moments = of_domain(&tree, args.flags);
    Ok(DomainListAllSnapshotsRet {
        ret: i32::try_from(moments.len()).unwrap_or(i32::MAX),
        snapshots: wire(&vm, &moments, args.need_results),
    })
}

async fn num_children(
    call: Call<QemuDriver>,
    args: DomainSnapshotNumChildrenArgs,
) -> Result<DomainSnapshotNumChildrenRet, Error> {
    let (_, tree) = find(&call, &args.snap.dom)?;
    let num = count(below(&tree, &args.snap.name, args.flags)?.len());
    Ok(DomainSnapshotNumChildrenRet { num })
}

async fn children_names(
    call: Call<QemuDriver>,
    args: DomainSnapshotListChildrenNamesArgs,
) -> Result<DomainSnapshotListChildrenNamesRet, Error> {
    let (_, tree) = find(&call, &args.snap.dom)?;
    let moments = below(&tree, &args.snap.name, args.flags)?;
    let names = names_of(&moments, args.maxnames);
    Ok(DomainSnapshotListChildrenNamesRet { names })
}

async fn all_children(
    call: Call<QemuDriver>,
    args: DomainSnapshotListAllChildrenArgs,
) -> Result<DomainSnapshotListAllChildrenRet, Error> {
    let (vm, tree) = find(&call, &args.snapshot.dom)?;
    let moments = below(&tree, &args.snapshot.name, args.flags)?;
    Ok(DomainSnapshotListAllChildrenRet {
        ret: i32::try_from(moments.len()).unwrap_or(i32::MAX),
        snapshots: wire(&vm, &moments, args.need_results),
    })
}

/// The snapshots of a domain, parents first; the roots alone where the flags ask for them.
fn of_domain(tree: &Tree, flags: Flags) -> Vec<&Moment> {
    let moments = match flags.contains(Flags::ROOTS) {
        true => tree.children(None).collect(),
        false => tree.descendants(None),
    };
    fitting(tree, moments, flags)
}

/// Those right below a snapshot, or all below it.
fn below<'a>(tree: &'a Tree, name: &str, flags: Flags) -> Result<Vec<&'a Moment>, Error> {
    let name = tree.get(name)?.name();
    let moments = match flags.contains(Flags::DESCENDANTS) {
        true => tree.descendants(Some(name)),
        false => tree.children(Some(name)).collect(),
    };
    Ok(fitting(tree, moments, flags))
}

/// Those that the flags take: within a group one of the given flags must hold, and a group without any takes all.
fn fitting<'a>(tree: &Tree, moments: Vec<&'a Moment>, flags: Flags) -> Vec<&'a Moment> {
    let fits = |moment: &Moment| {
        let is_leaf = tree.children(Some(moment.name())).next().is_none();
        let state = moment.document.state;
        let disk_only = state == Some(SnapshotState::DiskSnapshot);
        let off = state == Some(SnapshotState::Shutoff);
        let groups: [&[(Flags, bool)]; 4] = [
            &[(Flags::LEAVES, is_leaf), (Flags::NO_LEAVES, !is_leaf)],
            &[(Flags::METADATA, true), (Flags::NO_METADATA, false)],
            &[
                (Flags::INACTIVE, off),
                (Flags::ACTIVE, !off && !disk_only),
                (Flags::DISK_ONLY, disk_only),
            ],
            &[
                (Flags::INTERNAL, !moment.is_external()),
                (Flags::EXTERNAL, moment.is_external()),
            ],
        ];
        groups.iter().all(|group| {
            let mut given = group
                .iter()
                .filter(|(flag, _)| flags.contains(*flag))
                .peekable();
            given.peek().is_none() || given.any(|(_, holds)| *holds)
        })
    };
    moments.into_iter().filter(|moment| fits(moment)).collect()
}

fn wire(vm: &Vm, moments: &[&Moment], need_results: i32) -> Vec<NonnullDomainSnapshot> {
    let moments = moments.iter().filter(|_| need_results != 0);
    moments.map(|moment| named(vm, moment.name())).collect()
}

fn names_of(moments: &[&Moment], limit: i32) -> Vec<String> {
    let limit = usize::try_from(limit).unwrap_or(0);
    let names = moments.iter().map(|moment| moment.name().to_owned());
    names.take(limit).collect()
}

fn count(length: usize) -> i32 {
    i32::try_from(length).unwrap_or(i32::MAX)
}

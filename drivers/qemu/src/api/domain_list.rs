//! Listing and finding domains.

use std::sync::Arc;

use documents::Uuid;
use driver::{Call, Error, Routes, Target};
use protocol::error::Code;
use protocol::flags::ConnectListAllDomainsFlags as Filter;
use protocol::remote::{
    ConnectListAllDomains, ConnectListAllDomainsArgs, ConnectListAllDomainsRet,
    ConnectListDefinedDomains, ConnectListDefinedDomainsArgs, ConnectListDefinedDomainsRet,
    ConnectListDomains, ConnectListDomainsArgs, ConnectListDomainsRet, ConnectNumOfDefinedDomains,
    ConnectNumOfDefinedDomainsRet, ConnectNumOfDomains, ConnectNumOfDomainsRet, DomainLookupById,
    DomainLookupByIdArgs, DomainLookupByIdRet, DomainLookupByName, DomainLookupByNameArgs,
    DomainLookupByNameRet, DomainLookupByUuid, DomainLookupByUuidArgs, DomainLookupByUuidRet,
    NonnullDomain,
};

use super::object::{self, NotFound};
use crate::driver::QemuDriver;
use crate::vm::Vm;
use crate::vm::snapshot::Snapshot;
use crate::vm::state::Kind;

/// What is served here.
pub(super) fn routes(routes: &mut Routes<QemuDriver>) {
    routes
        .on::<ConnectNumOfDomains>(num_active)
        .on::<ConnectListDomains>(list_active)
        .on::<ConnectNumOfDefinedDomains>(num_defined)
        .on::<ConnectListDefinedDomains>(list_defined)
        .on::<ConnectListAllDomains>(list_all)
        .on::<DomainLookupById>(by_id)
        .on::<DomainLookupByName>(by_name)
        .on::<DomainLookupByUuid>(by_uuid);
}

async fn num_active(call: Call<QemuDriver>, (): ()) -> Result<ConnectNumOfDomainsRet, Error> {
    Ok(ConnectNumOfDomainsRet {
        num: count(active(&call).len()),
    })
}

async fn list_active(
    call: Call<QemuDriver>,
    args: ConnectListDomainsArgs,
) -> Result<ConnectListDomainsRet, Error> {
    let max = limit(args.maxids)?;
    let ids = active(&call)
        .iter()
        .filter_map(|vm| vm.snapshot().state.id())
        .take(max)
        .collect();
    Ok(ConnectListDomainsRet { ids })
}

async fn num_defined(
    call: Call<QemuDriver>,
    (): (),
) -> Result<ConnectNumOfDefinedDomainsRet, Error> {
    Ok(ConnectNumOfDefinedDomainsRet {
        num: count(stopped(&call).len()),
    })
}

async fn list_defined(
    call: Call<QemuDriver>,
    args: ConnectListDefinedDomainsArgs,
) -> Result<ConnectListDefinedDomainsRet, Error> {
    let max = limit(args.maxnames)?;
    let names = stopped(&call)
        .iter()
        .map(|vm| vm.snapshot().name.to_string())
        .take(max)
        .collect();
    Ok(ConnectListDefinedDomainsRet { names })
}

async fn list_all(
    call: Call<QemuDriver>,
    args: ConnectListAllDomainsArgs,
) -> Result<ConnectListAllDomainsRet, Error> {
    let found = shown(&call, |snapshot| passes(args.flags, snapshot));
    let ret = u32::try_from(found.len()).unwrap_or(u32::MAX);
    let wanted = if args.need_results != 0 {
        found
    } else {
        Vec::new()
    };
    let domains: Vec<NonnullDomain> = wanted.iter().map(|vm| object::of(vm)).collect();
    Ok(ConnectListAllDomainsRet { domains, ret })
}

async fn by_id(
    call: Call<QemuDriver>,
    args: DomainLookupByIdArgs,
) -> Result<DomainLookupByIdRet, Error> {
    let vm = call
        .driver()
        .registry()
        .by_id(args.id)
        .ok_or(NotFound::Id(args.id))?;
    Ok(DomainLookupByIdRet {
        dom: found(&call, &vm)?,
    })
}

async fn by_name(
    call: Call<QemuDriver>,
    args: DomainLookupByNameArgs,
) -> Result<DomainLookupByNameRet, Error> {
    let vm = call
        .driver()
        .registry()
        .by_name(&args.name)
        .filter(|vm| vm.snapshot().is_visible());
    let vm = vm.ok_or(NotFound::Name(args.name))?;
    Ok(DomainLookupByNameRet {
        dom: found(&call, &vm)?,
    })
}

async fn by_uuid(
    call: Call<QemuDriver>,
    args: DomainLookupByUuidArgs,
) -> Result<DomainLookupByUuidRet, Error> {
    let uuid = Uuid(args.uuid);
    let vm = call
        .driver()
        .registry()
        .by_uuid(uuid)
        .filter(|vm| vm.snapshot().is_visible());
    let vm = vm.ok_or(NotFound::BareUuid(uuid))?;
    Ok(DomainLookupByUuidRet {
        dom: found(&call, &vm)?,
    })
}

fn found(call: &Call<QemuDriver>, vm: &Vm) -> Result<NonnullDomain, Error> {
    object::allow(call, vm)?;
    Ok(object::of(vm))
}

fn active(call: &Call<QemuDriver>) -> Vec<Arc<Vm>> {
    shown(call, |snapshot| snapshot.state.is_active())
}

fn stopped(call: &Call<QemuDriver>) -> Vec<Arc<Vm>> {
    shown(call, |snapshot| !snapshot.state.is_active())
}

/// The VMs that the caller may see and that pass.
pub(super) fn shown(call: &Call<QemuDriver>, passes: impl Fn(&Snapshot) -> bool) -> Vec<Arc<Vm>> {
    let mut vms = call.driver().registry().all();
    vms.retain(|vm| {
        let snapshot = vm.snapshot();
        snapshot.is_visible()
            && passes(&snapshot)
            && call.shows(&Target::domain(&snapshot.name, vm.uuid.0))
    });
    vms
}

fn limit(max: i32) -> Result<usize, Error> {
    usize::try_from(max).map_err(|_| {
        Error::new(
            Code::InvalidArg,
            format!("the number of results must not be negative: {max}"),
        )
    })
}

fn count(length: usize) -> i32 {
    i32::try_from(length).unwrap_or(i32::MAX)
}

/// Within a group of filters one has to hold, if the group is used at all.
pub(super) fn passes(filter: Filter, snapshot: &Snapshot) -> bool {
    let active = snapshot.state.is_active();
    let persistent = snapshot.is_persistent();
    let (running, paused, off) = match snapshot.state.kind() {
        Kind::Running => (true, false, false),
        Kind::Paused | Kind::Starting => (false, true, false),
        Kind::Off => (false, false, true),
        Kind::ShuttingDown | Kind::Crashed | Kind::PmSuspended => (false, false, false),
    };
    let groups: [&[(Filter, bool)]; 7] = [
        &[(Filter::ACTIVE, active), (Filter::INACTIVE, !active)],
        &[
            (Filter::PERSISTENT, persistent),
            (Filter::TRANSIENT, !persistent),
        ],
        &[
            (Filter::RUNNING, running),
            (Filter::PAUSED, paused),
            (Filter::SHUTOFF, off),
            (Filter::OTHER, !(running || paused || off)),
        ],
        &[
            (Filter::AUTOSTART, snapshot.autostart),
            (Filter::NO_AUTOSTART, !snapshot.autostart),
        ],
        // This driver has neither saved images nor snapshots nor checkpoints yet.
        &[(Filter::MANAGEDSAVE, false), (Filter::NO_MANAGEDSAVE, true)],
        &[(Filter::HAS_SNAPSHOT, false), (Filter::NO_SNAPSHOT, true)],
        &[
            (Filter::HAS_CHECKPOINT, false),
            (Filter::NO_CHECKPOINT, true),
        ],
    ];
    groups.iter().all(|group| {
        let mut used = group
            .iter()
            .filter(|(flag, _)| filter.contains(*flag))
            .peekable();
        used.peek().is_none() || used.any(|(_, holds)| *holds)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(filter: Filter, expected: bool) {
        let snapshot = Snapshot {
            autostart: true,
            ..Snapshot::new("a".into())
        };
        assert_eq!(passes(filter, &snapshot), expected, "{filter:?}");
    }

    #[test]
    fn without_filters_everything_passes() {
        check(Filter::empty(), true);
    }

    #[test]
    fn one_filter_of_a_group_is_enough_and_each_group_must_hold() {
        check(Filter::INACTIVE, true);
        check(Filter::ACTIVE, false);
        check(Filter::ACTIVE | Filter::INACTIVE, true);
        check(Filter::INACTIVE | Filter::TRANSIENT, true);
        check(Filter::INACTIVE | Filter::PERSISTENT, false);
        check(Filter::SHUTOFF | Filter::AUTOSTART, true);
        check(Filter::RUNNING | Filter::PAUSED, false);
        check(Filter::OTHER, false);
        check(Filter::HAS_SNAPSHOT, false);
        check(
            Filter::NO_SNAPSHOT | Filter::NO_MANAGEDSAVE | Filter::NO_CHECKPOINT,
            true,
        );
    }
}

//! Finding domains.

use documents::Uuid;
use driver::{Call, Error, Routes};
use protocol::enums::DomainState;
use protocol::flags::ConnectListAllDomainsFlags as Flags;
use protocol::remote::{
    ConnectListAllDomains, ConnectListAllDomainsArgs, ConnectListAllDomainsRet,
    ConnectListDefinedDomains, ConnectListDefinedDomainsArgs, ConnectListDefinedDomainsRet,
    ConnectListDomains, ConnectListDomainsArgs, ConnectListDomainsRet, ConnectNumOfDefinedDomains,
    ConnectNumOfDefinedDomainsRet, ConnectNumOfDomains, ConnectNumOfDomainsRet, DomainLookupById,
    DomainLookupByIdArgs, DomainLookupByIdRet, DomainLookupByName, DomainLookupByNameArgs,
    DomainLookupByNameRet, DomainLookupByUuid, DomainLookupByUuidArgs, DomainLookupByUuidRet,
    NonnullDomain,
};

use super::error::DomainError;
use super::guest::Guest;
use crate::TestDriver;
use crate::select::{answer, at_most, count};

pub(super) fn routes(routes: &mut Routes<TestDriver>) {
    routes
        .on::<DomainLookupById>(by_id)
        .on::<DomainLookupByName>(by_name)
        .on::<DomainLookupByUuid>(by_uuid)
        .on::<ConnectNumOfDomains>(num)
        .on::<ConnectListDomains>(ids)
        .on::<ConnectNumOfDefinedDomains>(num_defined)
        .on::<ConnectListDefinedDomains>(defined)
        .on::<ConnectListAllDomains>(all);
}

async fn by_id(
    call: Call<TestDriver>,
    args: DomainLookupByIdArgs,
) -> Result<DomainLookupByIdRet, Error> {
    let table = call.driver().domains().lock();
    let found = found(&call, table.by_id(args.id), || {
        DomainError::UnknownId(args.id)
    });
    Ok(DomainLookupByIdRet { dom: found? })
}

async fn by_name(
    call: Call<TestDriver>,
    args: DomainLookupByNameArgs,
) -> Result<DomainLookupByNameRet, Error> {
    let table = call.driver().domains().lock();
    let guest = table.by_name(&args.name);
    Ok(DomainLookupByNameRet {
        dom: found(&call, guest, || DomainError::UnknownName(args.name))?,
    })
}

async fn by_uuid(
    call: Call<TestDriver>,
    args: DomainLookupByUuidArgs,
) -> Result<DomainLookupByUuidRet, Error> {
    let table = call.driver().domains().lock();
    let uuid = Uuid(args.uuid);
    let guest = table.guests.get(&uuid);
    Ok(DomainLookupByUuidRet {
        dom: found(&call, guest, || DomainError::UnknownUuid(uuid))?,
    })
}

async fn num(call: Call<TestDriver>, (): ()) -> Result<ConnectNumOfDomainsRet, Error> {
    let ids = shown(&call, Guest::id);
    Ok(ConnectNumOfDomainsRet {
        num: count(ids.len()),
    })
}

async fn ids(
    call: Call<TestDriver>,
    args: ConnectListDomainsArgs,
) -> Result<ConnectListDomainsRet, Error> {
    let mut ids = shown(&call, Guest::id);
    ids.truncate(at_most(args.maxids));
    Ok(ConnectListDomainsRet { ids })
}

async fn num_defined(
    call: Call<TestDriver>,
    (): (),
) -> Result<ConnectNumOfDefinedDomainsRet, Error> {
    Ok(ConnectNumOfDefinedDomainsRet {
        num: count(shown(&call, inactive_name).len()),
    })
}

async fn defined(
    call: Call<TestDriver>,
    args: ConnectListDefinedDomainsArgs,
) -> Result<ConnectListDefinedDomainsRet, Error> {
    let mut names = shown(&call, inactive_name);
    names.truncate(at_most(args.maxnames));
    Ok(ConnectListDefinedDomainsRet { names })
}

async fn all(
    call: Call<TestDriver>,
    args: ConnectListAllDomainsArgs,
) -> Result<ConnectListAllDomainsRet, Error> {
    let domains = shown(&call, |guest| {
        matches(guest, args.flags).then(|| guest.wire())
    });
    let (domains, ret) = answer(domains, args.need_results);
    Ok(ConnectListAllDomainsRet { domains, ret })
}

/// A looked-up domain that the call may know of.
fn found(
    call: &Call<TestDriver>,
    guest: Option<&Guest>,
    unknown: impl FnOnce() -> DomainError,
) -> Result<NonnullDomain, Error> {
    let guest = guest.ok_or_else(unknown)?;
    call.allow(&guest.target())?;
    Ok(guest.wire())
}

/// Something of each domain that the call may know of.
fn shown<R>(call: &Call<TestDriver>, pick: impl Fn(&Guest) -> Option<R>) -> Vec<R> {
    let table = call.driver().domains().lock();
    table
        .guests
        .values()
        .filter(|guest| call.shows(&guest.target()))
        .filter_map(pick)
        .collect()
}

fn inactive_name(guest: &Guest) -> Option<String> {
    (!guest.is_active()).then(|| guest.name().to_owned())
}

/// Whether a domain fits the flags: within a group one of the given flags must hold, and a group
/// without any takes all domains.
fn matches(guest: &Guest, flags: Flags) -> bool {
    let (state, _) = guest.state();
    let (running, paused) = (state == DomainState::Running, state == DomainState::Paused);
    let off = state == DomainState::Shutoff;
    let groups: [&[(Flags, bool)]; 7] = [
        &[
            (Flags::ACTIVE, guest.is_active()),
            (Flags::INACTIVE, !guest.is_active()),
        ],
        &[
            (Flags::PERSISTENT, guest.is_persistent()),
            (Flags::TRANSIENT, !guest.is_persistent()),
        ],
        &[
            (Flags::RUNNING, running),
            (Flags::PAUSED, paused),
            (Flags::SHUTOFF, off),
            (Flags::OTHER, !running && !paused && !off),
        ],
        &[
            (Flags::AUTOSTART, guest.autostart()),
            (Flags::NO_AUTOSTART, !guest.autostart()),
        ],
        &[
            (Flags::MANAGEDSAVE, guest.managed_save()),
            (Flags::NO_MANAGEDSAVE, !guest.managed_save()),
        ],
        // The driver has no snapshots and checkpoints.
        &[(Flags::HAS_SNAPSHOT, false), (Flags::NO_SNAPSHOT, true)],
        &[(Flags::HAS_CHECKPOINT, false), (Flags::NO_CHECKPOINT, true)],
    ];
    groups.iter().all(|group| {
        let mut given = group
            .iter()
            .filter(|(flag, _)| flags.contains(*flag))
            .peekable();
        given.peek().is_none() || given.any(|(_, holds)| *holds)
    })
}

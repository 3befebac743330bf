//! The statistics of many VMs in one call.

mod blocks;
mod groups;
mod record;
mod told;

use std::sync::Arc;

use driver::{Call, Error, Routes};
use protocol::error::Code;
use protocol::flags::{
    ConnectGetAllDomainStatsFlags as Flags, ConnectListAllDomainsFlags as Filter,
    DomainStatsTypes as Types,
};
use protocol::remote::{
    ConnectGetAllDomainStats, ConnectGetAllDomainStatsArgs, ConnectGetAllDomainStatsRet,
    DomainStatsRecord, NonnullDomain,
};
use tokio::task::JoinSet;

use self::record::Record;
use self::told::Told;
use super::{domain_list, object};
use crate::driver::QemuDriver;
use crate::vm::Vm;
use crate::vm::snapshot::Snapshot;

/// What is served here.
pub(super) fn routes(routes: &mut Routes<QemuDriver>) {
    routes.on::<ConnectGetAllDomainStats>(all_domain_stats);
}

async fn all_domain_stats(
    call: Call<QemuDriver>,
    args: ConnectGetAllDomainStatsArgs,
) -> Result<ConnectGetAllDomainStatsRet, Error> {
    let types = types(args.stats, args.flags)?;
    let vms = chosen(&call, &args.doms, args.flags);
    let count = vms.len();
    let mut work = JoinSet::new();
    for (index, vm) in vms.into_iter().enumerate() {
        work.spawn(async move { (index, one(&vm, types).await) });
    }
    let mut records: Vec<Option<DomainStatsRecord>> = (0..count).map(|_| None).collect();
    while let Some(done) = work.join_next().await {
        let (index, record) = done.map_err(|error| {
            Error::new(Code::InternalError, "reading statistics broke off").caused_by(error)
        })?;
        if let Some(place) = records.get_mut(index) {
            *place = Some(record);
        }
    }
    Ok(ConnectGetAllDomainStatsRet {
        ret_stats: records.into_iter().flatten().collect(),
    })
}

/// Nothing said is everything. A kind that is not known counts only where it must be there.
fn types(bits: u32, flags: Flags) -> Result<Types, Error> {
    if bits == 0 {
        return Ok(Types::all());
    }
    let unknown = bits & !Types::all().bits();
    if unknown != 0 && flags.contains(Flags::ENFORCE_STATS) {
        let text = format!("Stats types bits 0x{unknown:x} are not supported by this daemon");
        return Err(Error::new(Code::ArgumentUnsupported, text));
    }
    Ok(Types::from_bits_truncate(bits))
}

/// The VMs that were named and are there, or all; those that pass the filter.
fn chosen(call: &Call<QemuDriver>, named: &[NonnullDomain], flags: Flags) -> Vec<Arc<Vm>> {
    let filter = filter(flags);
    if named.is_empty() {
        return domain_list::shown(call, |snapshot| domain_list::passes(filter, snapshot));
    }
    let found = named
        .iter()
        .filter_map(|domain| object::find(call, domain).ok());
    found
        .filter(|vm| domain_list::passes(filter, &vm.snapshot()))
        .collect()
}

/// The same filters have other numbers in lists.
fn filter(flags: Flags) -> Filter {
    [
        (Flags::ACTIVE, Filter::ACTIVE),
        (Flags::INACTIVE, Filter::INACTIVE),
        (Flags::PERSISTENT, Filter::PERSISTENT),
        (Flags::TRANSIENT, Filter::TRANSIENT),
        (Flags::RUNNING, Filter::RUNNING),
        (Flags::PAUSED, Filter::PAUSED),
        (Flags::SHUTOFF, Filter::SHUTOFF),
        (Flags::OTHER, Filter::OTHER),
    ]
    .into_iter()
    .filter_map(|(flag, filter)| flags.contains(flag).then_some(filter))
    .collect()
}

/// Fills in one kind of statistics.
type Group = fn(&mut Record, &Snapshot, &Told);

async fn one(vm: &Vm, types: Types) -> DomainStatsRecord {
    let snapshot = vm.snapshot();
    let told = match snapshot.state.live() {
        // An answer that must not be waited for (`NOWAIT`) is as quick as every other.
        Some(live) => Told::by(live, types).await,
        None => Told::default(),
    };
    let mut record = Record::default();
    let groups: [(Types, Group); 7] = [
        (Types::STATE, groups::state),
        (Types::CPU_TOTAL, groups::cpu),
        (Types::BALLOON, groups::balloon),
        (Types::VCPU, groups::vcpus),
        (Types::INTERFACE, groups::interfaces),
        (Types::PERF, groups::perf),
        (Types::IOTHREAD, groups::iothreads),
    ];
    for (kind, group) in groups {
        if types.contains(kind) {
            group(&mut record, &snapshot, &told);
        }
        if kind == Types::INTERFACE && types.contains(Types::BLOCK) {
            blocks::blocks(&mut record, &snapshot, &told).await;
        }
    }
    if types.contains(Types::DIRTYRATE) {
        groups::dirty_rate(&mut record, &told);
    }
    DomainStatsRecord {
        dom: object::of(vm),
        params: record.finish(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_said_is_everything() {
        assert_eq!(types(0, Flags::empty()).unwrap(), Types::all());
        assert_eq!(types(1, Flags::empty()).unwrap(), Types::STATE);
    }

    #[test]
    fn an_unknown_kind_is_refused_only_where_it_must_be_there() {
        let bits = 1 << 30 | 1;
        assert_eq!(types(bits, Flags::empty()).unwrap(), Types::STATE);
        let error = types(bits, Flags::ENFORCE_STATS).unwrap_err();
        assert_eq!(error.code(), Code::ArgumentUnsupported);
    }
}

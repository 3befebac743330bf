//! The groups of statistics, but for the disks'.

use protocol::enums::DomainMemoryStatTags as Tag;
use protocol::fields::stats as field;
use qmp::commands::DirtyRateStatus;

use super::super::domain_info::facts;
use super::super::interface_stats::{device, of_interface};
use super::super::memory_stats::of_guest;
use super::super::process_times::{process, resident_kib, thread, waits};
use super::super::vcpu_info::number;
use super::record::Record;
use super::told::Told;
use crate::vm::snapshot::Snapshot;

/// `VIR_VCPU_OFFLINE` and `VIR_VCPU_RUNNING`
const OFFLINE: i32 = 0;
const RUNNING: i32 = 1;

pub(super) fn state(record: &mut Record, snapshot: &Snapshot, _: &Told) {
    let (state, reason) = snapshot.state.numbers();
    record.int(field::STATE_STATE, state);
    record.int(field::STATE_REASON, reason);
}

pub(super) fn cpu(record: &mut Record, snapshot: &Snapshot, _: &Told) {
    if let Some(live) = snapshot.state.live() {
        let times = process(live.pid);
        record.unsigned(field::CPU_TIME, times.total());
        record.unsigned(field::CPU_USER, times.user);
        record.unsigned(field::CPU_SYSTEM, times.system);
    }
}

pub(super) fn balloon(record: &mut Record, snapshot: &Snapshot, told: &Told) {
    let facts = facts(snapshot);
    let live = snapshot.state.live();
    let current = live.map_or(facts.memory_kib, |live| live.balloon_kib);
    record.unsigned(field::BALLOON_CURRENT, current);
    record.unsigned(field::BALLOON_MAXIMUM, facts.max_memory_kib);
    for (tag, value) in told.balloon.as_deref().map(of_guest).unwrap_or_default() {
        if let Some(name) = balloon_field(tag) {
            record.unsigned(name, value);
        }
    }
    if let Some(resident) = live.and_then(|live| resident_kib(live.pid)) {
        record.unsigned(field::BALLOON_RSS, resident);
    }
}

fn balloon_field(tag: Tag) -> Option<&'static str> {
    Some(match tag {
        Tag::SwapIn => field::BALLOON_SWAP_IN,
        Tag::SwapOut => field::BALLOON_SWAP_OUT,
        Tag::MajorFault => field::BALLOON_MAJOR_FAULT,
        Tag::MinorFault => field::BALLOON_MINOR_FAULT,
        Tag::Unused => field::BALLOON_UNUSED,
        Tag::Available => field::BALLOON_AVAILABLE,
        Tag::Usable => field::BALLOON_USABLE,
        Tag::LastUpdate => field::BALLOON_LAST_UPDATE,
        Tag::DiskCaches => field::BALLOON_DISK_CACHES,
        Tag::HugetlbPgalloc => field::BALLOON_HUGETLB_PGALLOC,
        Tag::HugetlbPgfail => field::BALLOON_HUGETLB_PGFAIL,
        _ => return None,
    })
}

pub(super) fn vcpus(record: &mut Record, snapshot: &Snapshot, _: &Told) {
    let facts = facts(snapshot);
    record.uint(field::VCPU_CURRENT, facts.vcpus);
    record.uint(field::VCPU_MAXIMUM, facts.max_vcpus);
    let Some(live) = snapshot.state.live() else {
        return;
    };
    for (index, &id) in live.vcpu_threads.iter().enumerate() {
        let Some(times) = thread(live.pid, id) else {
            record.int(
                format!("{}{index}{}", field::VCPU_PREFIX, field::VCPU_SUFFIX_STATE),
                OFFLINE,
            );
            continue;
        };
        record.int(
            format!("{}{index}{}", field::VCPU_PREFIX, field::VCPU_SUFFIX_STATE),
            RUNNING,
        );
        let waits = waits(live.pid, id);
        record.unsigned_of(
            field::VCPU_PREFIX,
            index,
            [
                (field::VCPU_SUFFIX_TIME, times.total()),
                (field::VCPU_SUFFIX_WAIT, waits.wait),
                (field::VCPU_SUFFIX_DELAY, waits.delay),
            ],
        );
    }
}

pub(super) fn interfaces(record: &mut Record, snapshot: &Snapshot, _: &Told) {
    let Some(live) = snapshot.state.live() else {
        return;
    };
    let interfaces = &live.document.devices.interfaces;
    record.uint(
        field::NET_COUNT,
        u32::try_from(interfaces.len()).unwrap_or(u32::MAX),
    );
    for (index, interface) in interfaces.iter().enumerate() {
        let (Some(device), Some(traffic)) = (device(interface), of_interface(interface)) else {
            // What QEMU does by itself has no device that the host counts at.
            continue;
        };
        record.text(
            format!("{}{index}{}", field::NET_PREFIX, field::NET_SUFFIX_NAME),
            device,
        );
        let (received, sent) = (traffic.received, traffic.sent);
        record.unsigned_of(
            field::NET_PREFIX,
            index,
            [
                (field::NET_SUFFIX_RX_BYTES, received.bytes),
                (field::NET_SUFFIX_RX_PKTS, received.packets),
                (field::NET_SUFFIX_RX_ERRS, received.errors),
                (field::NET_SUFFIX_RX_DROP, received.dropped),
                (field::NET_SUFFIX_TX_BYTES, sent.bytes),
                (field::NET_SUFFIX_TX_PKTS, sent.packets),
                (field::NET_SUFFIX_TX_ERRS, sent.errors),
                (field::NET_SUFFIX_TX_DROP, sent.dropped),
            ],
        );
    }
}

/// What the kernel counts of the VM's threads.
pub(super) fn perf(record: &mut Record, snapshot: &Snapshot, _: &Told) {
    let counters = snapshot.state.live().map(|live| &live.counters);
    for (name, value) in counters.map(|it| it.read()).unwrap_or_default() {
        record.unsigned(format!("perf.{name}"), value);
    }
}

pub(super) fn iothreads(record: &mut Record, _: &Snapshot, told: &Told) {
    let Some(threads) = &told.iothreads else {
        return;
    };
    record.uint(
        field::IOTHREAD_COUNT,
        u32::try_from(threads.len()).unwrap_or(u32::MAX),
    );
    for thread in threads.iter() {
        let Some(id) = number(&thread.id) else {
            continue;
        };
        record.unsigned_of(
            field::IOTHREAD_PREFIX,
            id,
            [(field::IOTHREAD_SUFFIX_POLL_MAX_NS, thread.poll_max_ns)],
        );
        for (suffix, value) in [
            (field::IOTHREAD_SUFFIX_POLL_GROW, thread.poll_grow),
            (field::IOTHREAD_SUFFIX_POLL_SHRINK, thread.poll_shrink),
        ] {
            let name = format!("{}{id}{suffix}", field::IOTHREAD_PREFIX);
            record.uint(name, u32::try_from(value).unwrap_or(u32::MAX));
        }
    }
}

pub(super) fn dirty_rate(record: &mut Record, told: &Told) {
    let Some(rate) = &told.dirty_rate else {
        return;
    };
    let status = match rate.status {
        DirtyRateStatus::Unstarted => 0,
        DirtyRateStatus::Measuring => 1,
        DirtyRateStatus::Measured => 2,
    };
    record.int(field::DIRTYRATE_CALC_STATUS, status);
    record.signed(field::DIRTYRATE_CALC_START_TIME, rate.start_time);
    record.int(
        field::DIRTYRATE_CALC_PERIOD,
        i32::try_from(rate.calc_time).unwrap_or(i32::MAX),
    );
    if let Some(mode) = &rate.mode {
        record.text(field::DIRTYRATE_CALC_MODE, mode.as_str());
    }
    if let Some(rate) = rate.dirty_rate.filter(|_| status == 2) {
        record.signed(field::DIRTYRATE_MEGABYTES_PER_SECOND, rate);
    }
}

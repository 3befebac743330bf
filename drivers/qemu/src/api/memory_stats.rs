//! What the guest does with its memory: told by its balloon, and by the host of the process.

use documents::domain::{Domain, MemBalloonModel};
use driver::{Call, Error, Routes};
use protocol::enums::DomainMemoryStatTags as Tag;
use protocol::remote::{
    DomainMemoryStat, DomainMemoryStats, DomainMemoryStatsArgs, DomainMemoryStatsRet,
};
use qmp::commands::QomGet;
use serde_json::Value;

use super::process_times::resident_kib;
use super::{live, object};
use crate::driver::QemuDriver;

/// What is served here.
pub(super) fn routes(routes: &mut Routes<QemuDriver>) {
    routes.on::<DomainMemoryStats>(memory_stats);
}

async fn memory_stats(
    call: Call<QemuDriver>,
    args: DomainMemoryStatsArgs,
) -> Result<DomainMemoryStatsRet, Error> {
    let snapshot = object::find(&call, &args.dom)?.snapshot();
    let live = live::running(&snapshot)?;
    let mut stats = Vec::new();
    if let Some(query) = guest_stats(&live.document) {
        let answer = live.answers.balloon.ask(&live.monitor, &query);
        stats.push((Tag::ActualBalloon, live.balloon_kib));
        match answer.await {
            Ok(told) => stats.extend(of_guest(&told)),
            // What the guest says is a part only; the rest is known without it.
            Err(error) if error.is_late() => {
                tracing::debug!(%error, "the guest's own statistics are left out");
            }
            Err(error) => return Err(live::failed(error, "read the balloon's statistics")),
        }
    }
    if let Some(resident) = resident_kib(live.pid) {
        stats.push((Tag::Rss, resident));
    }
    let stats = stats
        .into_iter()
        .take(usize::try_from(args.max_stats).unwrap_or(usize::MAX))
        .map(|(tag, val)| DomainMemoryStat {
            tag: tag.value(),
            val,
        });
    Ok(DomainMemoryStatsRet {
        stats: stats.collect(),
    })
}

/// Asks the balloon, where there is one that tells.
pub(super) fn guest_stats(document: &Domain) -> Option<QomGet> {
    let balloon = document.devices.memballoon.as_ref()?;
    if matches!(balloon.model, MemBalloonModel::None | MemBalloonModel::Xen) {
        return None;
    }
    let alias = balloon.info.alias.as_deref()?;
    Some(QomGet {
        path: format!("/machine/peripheral/{alias}"),
        property: "guest-stats".to_owned(),
    })
}

/// QEMU's name of a statistic, the public number of it, and by what it is divided to be of the public unit.
const KNOWN: [(&str, Tag, u64); 10] = [
    ("stat-swap-in", Tag::SwapIn, 1024),
    ("stat-swap-out", Tag::SwapOut, 1024),
    ("stat-major-faults", Tag::MajorFault, 1),
    ("stat-minor-faults", Tag::MinorFault, 1),
    ("stat-free-memory", Tag::Unused, 1024),
    ("stat-total-memory", Tag::Available, 1024),
    ("stat-available-memory", Tag::Usable, 1024),
    ("stat-disk-caches", Tag::DiskCaches, 1024),
    ("stat-htlb-pgalloc", Tag::HugetlbPgalloc, 1),
    ("stat-htlb-pgfail", Tag::HugetlbPgfail, 1),
];

/// What the guest told last; what it did not tell is the largest number, and left out.
pub(super) fn of_guest(told: &Value) -> Vec<(Tag, u64)> {
    let stats = told.get("stats");
    let number = |key| stats?.get(key)?.as_u64().filter(|&it| it != u64::MAX);
    let mut found: Vec<(Tag, u64)> = KNOWN
        .iter()
        .filter_map(|(key, tag, unit)| Some((*tag, number(key)? / unit)))
        .collect();
    if let Some(when) = told.get("last-update").and_then(Value::as_u64) {
        found.push((Tag::LastUpdate, when));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_guest_did_not_tell_is_left_out() {
        let told = serde_json::json!({
            "last-update": 5,
            "stats": {
                "stat-free-memory": 2048,
                "stat-major-faults": 7,
                "stat-total-memory": u64::MAX,
            },
        });
        let stats = of_guest(&told);
        assert_eq!(
            stats,
            [(Tag::MajorFault, 7), (Tag::Unused, 2), (Tag::LastUpdate, 5)]
        );
    }
}

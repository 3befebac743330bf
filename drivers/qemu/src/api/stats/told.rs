//! What QEMU tells for the statistics: asked all at once, each answer waited for at most until its deadline.
//!
//! A QEMU that hangs costs one deadline, whatever the number of questions, and nothing once it is known to hang:
//! then, and for what QEMU does not answer, those statistics are left out, as clients know it from a busy VM.

use std::time::Duration;

use protocol::flags::DomainStatsTypes as Types;
use qmp::Pending;
use qmp::commands::{
    BlockInfo, BlockStats, DirtyRateInfo, IothreadInfo, QueryBlock, QueryBlockStats,
    QueryDirtyRate, QueryIothreads,
};
use serde_json::Value;

use super::super::memory_stats::guest_stats;
use super::super::vcpu_info::iothread_ids;
use crate::vm::live::Live;

/// How long an answer may take that must not be waited for.
const AT_ONCE: Duration = Duration::from_millis(200);
/// How long it may take otherwise: far less than a monitor's own deadline, as the next reading comes soon.
const SOON: Duration = Duration::from_secs(2);

/// The answers; what was not asked for or not answered is missing.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) balloon: Option<Value>,
    pub(super) counters: Option<Vec<BlockStats>>,
    pub(super) devices: Option<Vec<BlockInfo>>,
    pub(super) iothreads: Option<Vec<IothreadInfo>>,
    pub(super) dirty_rate: Option<DirtyRateInfo>,
}

impl Told {
    /// Asks what `types` need.
    pub(super) async fn by(live: &Live, types: Types, at_once: bool) -> Self {
        if !*live.monitor.responsive().borrow() {
            return Self::default();
        }
        let deadline = if at_once { AT_ONCE } else { SOON };
        let monitor = &live.monitor;
        let has = |kind| types.contains(kind);
        let blocks = has(Types::BLOCK) && !live.document.devices.disks.is_empty();
        let iothreads = has(Types::IOTHREAD) && !iothread_ids(&live.document).is_empty();
        let query = QueryBlockStats { query_nodes: false };
        let balloon = has(Types::BALLOON)
            .then(|| guest_stats(&live.document))
            .flatten()
            .map(|query| monitor.submit_within(&query, deadline));
        let counters = blocks.then(|| monitor.submit_within(&query, deadline));
        let devices = blocks.then(|| monitor.submit_within(&QueryBlock, deadline));
        let threads = iothreads.then(|| monitor.submit_within(&QueryIothreads, deadline));
        let rate = has(Types::DIRTYRATE).then(|| monitor.submit_within(&QueryDirtyRate, deadline));
        // All have been sent; they are answered in any order, so waiting for one after another costs nothing.
        Self {
            balloon: answer(balloon).await,
            counters: answer(counters).await,
            devices: answer(devices).await,
            iothreads: answer(threads).await,
            dirty_rate: answer(rate).await,
        }
    }
}

async fn answer<R: serde::de::DeserializeOwned>(pending: Option<Pending<R>>) -> Option<R> {
    match pending?.await {
        Ok(answer) => Some(answer),
        Err(error) => {
            tracing::debug!(%error, "a statistic is left out");
            None
        }
    }
}

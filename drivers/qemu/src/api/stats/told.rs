//! What QEMU tells for the statistics: asked all at once.
//!
//! Where QEMU hangs, what it told last is taken; what it never told is left out, as clients know it from a busy VM.

use std::future::Future;
use std::sync::Arc;

use protocol::flags::DomainStatsTypes as Types;
use qmp::commands::{
    BlockInfo, BlockStats, DirtyRateInfo, IothreadInfo, QueryBlock, QueryBlockStats,
    QueryDirtyRate, QueryIothreads,
};
use serde_json::Value;

use super::super::memory_stats::guest_stats;
use super::super::vcpu_info::iothread_ids;
use crate::vm::live::Live;

/// The answers; what was not asked for or not answered is missing.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) balloon: Option<Arc<Value>>,
    pub(super) counters: Option<Arc<Vec<BlockStats>>>,
    pub(super) devices: Option<Arc<Vec<BlockInfo>>>,
    pub(super) iothreads: Option<Arc<Vec<IothreadInfo>>>,
    pub(super) dirty_rate: Option<Arc<DirtyRateInfo>>,
}

impl Told {
    /// Asks what `types` need.
    pub(super) async fn by(live: &Live, types: Types) -> Self {
        let (answers, monitor) = (&live.answers, &live.monitor);
        let has = |kind| types.contains(kind);
        let blocks = has(Types::BLOCK) && !live.document.devices.disks.is_empty();
        let iothreads = has(Types::IOTHREAD) && !iothread_ids(&live.document).is_empty();
        let query = QueryBlockStats { query_nodes: false };
        let balloon = has(Types::BALLOON)
            .then(|| guest_stats(&live.document))
            .flatten()
            .map(|query| answers.balloon.ask(monitor, &query));
        let counters = blocks.then(|| answers.block_stats.ask(monitor, &query));
        let devices = blocks.then(|| answers.blocks.ask(monitor, &QueryBlock));
        let threads = iothreads.then(|| answers.iothreads.ask(monitor, &QueryIothreads));
        let rate = has(Types::DIRTYRATE).then(|| answers.dirty_rate.ask(monitor, &QueryDirtyRate));
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

async fn answer<R>(asked: Option<impl Future<Output = Result<R, qmp::Error>>>) -> Option<R> {
    match asked?.await {
        Ok(answer) => Some(answer),
        Err(error) => {
            tracing::debug!(%error, "a statistic is left out");
            None
        }
    }
}

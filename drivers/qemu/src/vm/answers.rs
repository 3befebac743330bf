//! What QEMU told last, for queries that ask it: no reader waits for a QEMU that does not answer.
//!
//! A query asks, and waits a moment. When QEMU has not answered by then, or is known to owe answers for longer, the
//! last answer of the same kind is given; where there is none, the query fails. A late answer is kept for the next.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwapOption;
use qmp::commands::{BlockInfo, BlockStats, DirtyRateInfo, IothreadInfo};
use qmp::{Command, Error, Monitor};
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::time::{Instant, timeout_at};

/// How long a new answer is waited for where there is an old one. Far more than QEMU takes unless it hangs.
const WITH_AN_OLD_ONE: Duration = Duration::from_millis(250);
/// How long an answer is waited for where the query fails without.
const WITHOUT: Duration = Duration::from_millis(500);

/// The last answer to each question that queries ask; of one run.
#[derive(Debug, Default)]
pub struct Answers {
    /// What the guest's balloon tells of memory (QMP: `qom-get`, `guest-stats`).
    pub balloon: Answer<Value>,
    /// The counters of the disks (QMP: `query-blockstats`).
    pub block_stats: Answer<Vec<BlockStats>>,
    /// The disks with their media (QMP: `query-block`).
    pub blocks: Answer<Vec<BlockInfo>>,
    /// The I/O threads (QMP: `query-iothreads`).
    pub iothreads: Answer<Vec<IothreadInfo>>,
    /// How fast memory is written to (QMP: `query-dirty-rate`).
    pub dirty_rate: Answer<DirtyRateInfo>,
}

/// The last answer to one question.
#[derive(Debug)]
pub struct Answer<R>(Arc<ArcSwapOption<R>>);

impl<R> Default for Answer<R> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<R: DeserializeOwned + Send + Sync + 'static> Answer<R> {
    /// Asks at once; the future gives the new answer, or after a moment the last one.
    ///
    /// # Errors
    /// When QEMU refuses or is gone, or has not answered and never did.
    pub fn ask<C: Command<Ret = R>>(
        &self,
        monitor: &Monitor,
        query: &C,
    ) -> impl Future<Output = Result<Arc<R>, Error>> + Send + use<C, R> {
        let last = self.0.clone();
        let patience = match last.load().is_some() {
            true => WITH_AN_OLD_ONE,
            false => WITHOUT,
        };
        let waited = monitor.silence().unwrap_or_default();
        let until = Instant::now() + patience.saturating_sub(waited);
        let mut pending = monitor.submit_unless_silent(query, patience);
        async move {
            let answer = match timeout_at(until, &mut pending).await {
                Ok(answer) => answer,
                Err(_) => {
                    let late = pending.late(patience);
                    let kept = last.clone();
                    tokio::spawn(async move {
                        if let Ok(answer) = pending.await {
                            kept.store(Some(Arc::new(answer)));
                        }
                    });
                    Err(late)
                }
            };
            match (answer, last.load_full()) {
                (Ok(new), _) => {
                    let new = Arc::new(new);
                    last.store(Some(new.clone()));
                    Ok(new)
                }
                (Err(error), Some(old)) if error.is_late() => {
                    tracing::debug!(%error, "answering with what QEMU told last");
                    Ok(old)
                }
                (Err(error), _) => Err(error),
            }
        }
    }
}

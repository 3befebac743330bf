//! Threads of QEMU that the document has: those that serve disks, and those of the main loop.

use documents::domain::Domain;
use serde::Serialize;

use super::arguments::Arguments;
use crate::domain::DomainError;

/// Adds the threads with their names and pools.
pub(super) fn add_threads(args: &mut Arguments, domain: &Domain) -> Result<(), DomainError> {
    for thread in &domain.iothreadids {
        let poll = thread.poll.clone().unwrap_or_default();
        args.object(&IoThread {
            qom_type: "iothread",
            id: format!("iothread{}", thread.id),
            thread_pool_min: thread.thread_pool_min,
            thread_pool_max: thread.thread_pool_max,
            poll_max_ns: poll.max,
            poll_grow: poll.grow,
            poll_shrink: poll.shrink,
        })?;
    }
    if let Some(pool) = domain.defaultiothread {
        args.object(&MainLoop {
            qom_type: "main-loop",
            id: "main-loop",
            thread_pool_min: pool.thread_pool_min,
            thread_pool_max: pool.thread_pool_max,
        })?;
    }
    Ok(())
}

/// A thread that serves disks.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct IoThread {
    qom_type: &'static str,
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    thread_pool_min: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    thread_pool_max: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    poll_max_ns: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    poll_grow: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    poll_shrink: Option<u64>,
}

/// Threads for I/O that nobody else does.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct MainLoop {
    qom_type: &'static str,
    id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    thread_pool_min: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    thread_pool_max: Option<i32>,
}

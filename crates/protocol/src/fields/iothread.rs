//! An I/O thread.

use super::fields;

fields! {
    "VIR_DOMAIN_IOTHREAD_POLL_GROW" POLL_GROW = "poll_grow";
    "VIR_DOMAIN_IOTHREAD_POLL_MAX_NS" POLL_MAX_NS = "poll_max_ns";
    "VIR_DOMAIN_IOTHREAD_POLL_SHRINK" POLL_SHRINK = "poll_shrink";
    "VIR_DOMAIN_IOTHREAD_THREAD_POOL_MAX" THREAD_POOL_MAX = "thread_pool_max";
    "VIR_DOMAIN_IOTHREAD_THREAD_POOL_MIN" THREAD_POOL_MIN = "thread_pool_min";
}

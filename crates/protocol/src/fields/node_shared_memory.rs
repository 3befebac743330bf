//! Page sharing on the host.

use super::fields;

fields! {
    "VIR_NODE_MEMORY_SHARED_FULL_SCANS" FULL_SCANS = "shm_full_scans";
    "VIR_NODE_MEMORY_SHARED_MERGE_ACROSS_NODES" MERGE_ACROSS_NODES = "shm_merge_across_nodes";
    "VIR_NODE_MEMORY_SHARED_PAGES_SHARED" PAGES_SHARED = "shm_pages_shared";
    "VIR_NODE_MEMORY_SHARED_PAGES_SHARING" PAGES_SHARING = "shm_pages_sharing";
    "VIR_NODE_MEMORY_SHARED_PAGES_TO_SCAN" PAGES_TO_SCAN = "shm_pages_to_scan";
    "VIR_NODE_MEMORY_SHARED_PAGES_UNSHARED" PAGES_UNSHARED = "shm_pages_unshared";
    "VIR_NODE_MEMORY_SHARED_PAGES_VOLATILE" PAGES_VOLATILE = "shm_pages_volatile";
    "VIR_NODE_MEMORY_SHARED_SLEEP_MILLISECS" SLEEP_MILLISECS = "shm_sleep_millisecs";
}

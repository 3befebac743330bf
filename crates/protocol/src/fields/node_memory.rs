//! Memory of the host.

use super::fields;

fields! {
    "VIR_NODE_MEMORY_STATS_BUFFERS" BUFFERS = "buffers";
    "VIR_NODE_MEMORY_STATS_CACHED" CACHED = "cached";
    "VIR_NODE_MEMORY_STATS_FREE" FREE = "free";
    "VIR_NODE_MEMORY_STATS_TOTAL" TOTAL = "total";
}

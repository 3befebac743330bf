//! Processor times of the host.

use super::fields;

fields! {
    "VIR_NODE_CPU_STATS_IDLE" IDLE = "idle";
    "VIR_NODE_CPU_STATS_INTR" INTR = "intr";
    "VIR_NODE_CPU_STATS_IOWAIT" IOWAIT = "iowait";
    "VIR_NODE_CPU_STATS_KERNEL" KERNEL = "kernel";
    "VIR_NODE_CPU_STATS_USER" USER = "user";
    "VIR_NODE_CPU_STATS_UTILIZATION" UTILIZATION = "utilization";
}

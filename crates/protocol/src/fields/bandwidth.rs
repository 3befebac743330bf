//! Bandwidth of a domain's interface.

use super::fields;

fields! {
    "VIR_DOMAIN_BANDWIDTH_IN_AVERAGE" IN_AVERAGE = "inbound.average";
    "VIR_DOMAIN_BANDWIDTH_IN_BURST" IN_BURST = "inbound.burst";
    "VIR_DOMAIN_BANDWIDTH_IN_FLOOR" IN_FLOOR = "inbound.floor";
    "VIR_DOMAIN_BANDWIDTH_IN_PEAK" IN_PEAK = "inbound.peak";
    "VIR_DOMAIN_BANDWIDTH_OUT_AVERAGE" OUT_AVERAGE = "outbound.average";
    "VIR_DOMAIN_BANDWIDTH_OUT_BURST" OUT_BURST = "outbound.burst";
    "VIR_DOMAIN_BANDWIDTH_OUT_PEAK" OUT_PEAK = "outbound.peak";
}

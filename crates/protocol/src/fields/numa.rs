//! NUMA tuning of a domain.

use super::fields;

fields! {
    "VIR_DOMAIN_NUMA_MODE" MODE = "numa_mode";
    "VIR_DOMAIN_NUMA_NODESET" NODESET = "numa_nodeset";
}

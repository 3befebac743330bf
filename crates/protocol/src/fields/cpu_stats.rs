//! Processor times of a domain.

use super::fields;

fields! {
    "VIR_DOMAIN_CPU_STATS_CPUTIME" CPUTIME = "cpu_time";
    "VIR_DOMAIN_CPU_STATS_SYSTEMTIME" SYSTEMTIME = "system_time";
    "VIR_DOMAIN_CPU_STATS_USERTIME" USERTIME = "user_time";
    "VIR_DOMAIN_CPU_STATS_VCPUTIME" VCPUTIME = "vcpu_time";
}

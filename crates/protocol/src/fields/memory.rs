//! Memory limits of a domain.

use super::fields;

fields! {
    "VIR_DOMAIN_MEMORY_HARD_LIMIT" HARD_LIMIT = "hard_limit";
    "VIR_DOMAIN_MEMORY_MIN_GUARANTEE" MIN_GUARANTEE = "min_guarantee";
    "VIR_DOMAIN_MEMORY_SOFT_LIMIT" SOFT_LIMIT = "soft_limit";
    "VIR_DOMAIN_MEMORY_SWAP_HARD_LIMIT" SWAP_HARD_LIMIT = "swap_hard_limit";
}

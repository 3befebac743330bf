//! How a disk is copied.

use super::fields;

fields! {
    "VIR_DOMAIN_BLOCK_COPY_BANDWIDTH" BANDWIDTH = "bandwidth";
    "VIR_DOMAIN_BLOCK_COPY_BUF_SIZE" BUF_SIZE = "buf-size";
    "VIR_DOMAIN_BLOCK_COPY_GRANULARITY" GRANULARITY = "granularity";
}

//! The features that model specific registers tell: core capabilities, architectural capabilities.

use super::{Bank, msr};

pub(super) const BANKS: &[Bank] = &[
    msr(0xcf, "5:split-lock-detect"),
    msr(
        0x10a,
        "\
        0:rdctl-no 1:ibrs-all 2:rsba 3:skip-l1dfl-vmentry 4:ssb-no 5:mds-no 6:pschange-mc-no 7:tsx-ctrl \
        8:taa-no 13:sbdr-ssdp-no 14:fbsdp-no 15:psdp-no 17:fb-clear 24:pbrsb-no 26:gds-no 27:rfds-no \
        28:rfds-clear",
    ),
];

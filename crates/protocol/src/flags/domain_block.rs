//! Flags of calls about a domain's disks and block jobs.

use super::flags;

flags! {
    /// How images are committed.
    DomainBlockCommitFlags "virDomainBlockCommitFlags" {
        "VIR_DOMAIN_BLOCK_COMMIT_SHALLOW" SHALLOW = 1 << 0,
        "VIR_DOMAIN_BLOCK_COMMIT_DELETE" DELETE = 1 << 1,
        "VIR_DOMAIN_BLOCK_COMMIT_ACTIVE" ACTIVE = 1 << 2,
        "VIR_DOMAIN_BLOCK_COMMIT_RELATIVE" RELATIVE = 1 << 3,
        "VIR_DOMAIN_BLOCK_COMMIT_BANDWIDTH_BYTES" BANDWIDTH_BYTES = 1 << 4,
    }

    /// How a disk is copied.
    DomainBlockCopyFlags "virDomainBlockCopyFlags" {
        "VIR_DOMAIN_BLOCK_COPY_SHALLOW" SHALLOW = 1 << 0,
        "VIR_DOMAIN_BLOCK_COPY_REUSE_EXT" REUSE_EXT = 1 << 1,
        "VIR_DOMAIN_BLOCK_COPY_TRANSIENT_JOB" TRANSIENT_JOB = 1 << 2,
        "VIR_DOMAIN_BLOCK_COPY_SYNCHRONOUS_WRITES" SYNCHRONOUS_WRITES = 1 << 3,
    }

    /// How a block job ends.
    DomainBlockJobAbortFlags "virDomainBlockJobAbortFlags" {
        "VIR_DOMAIN_BLOCK_JOB_ABORT_ASYNC" ASYNC = 1 << 0,
        "VIR_DOMAIN_BLOCK_JOB_ABORT_PIVOT" PIVOT = 1 << 1,
    }

    /// The unit of a block job's bandwidth.
    DomainBlockJobInfoFlags "virDomainBlockJobInfoFlags" {
        "VIR_DOMAIN_BLOCK_JOB_INFO_BANDWIDTH_BYTES" BANDWIDTH_BYTES = 1 << 0,
    }

    /// The unit of a block job's bandwidth.
    DomainBlockJobSetSpeedFlags "virDomainBlockJobSetSpeedFlags" {
        "VIR_DOMAIN_BLOCK_JOB_SPEED_BANDWIDTH_BYTES" BANDWIDTH_BYTES = 1 << 0,
    }

    /// The unit of the bandwidth.
    DomainBlockPullFlags "virDomainBlockPullFlags" {
        "VIR_DOMAIN_BLOCK_PULL_BANDWIDTH_BYTES" BANDWIDTH_BYTES = 1 << 6,
    }

    /// How a disk is rebased or copied.
    DomainBlockRebaseFlags "virDomainBlockRebaseFlags" {
        "VIR_DOMAIN_BLOCK_REBASE_SHALLOW" SHALLOW = 1 << 0,
        "VIR_DOMAIN_BLOCK_REBASE_REUSE_EXT" REUSE_EXT = 1 << 1,
        "VIR_DOMAIN_BLOCK_REBASE_COPY_RAW" COPY_RAW = 1 << 2,
        "VIR_DOMAIN_BLOCK_REBASE_COPY" COPY = 1 << 3,
        "VIR_DOMAIN_BLOCK_REBASE_RELATIVE" RELATIVE = 1 << 4,
        "VIR_DOMAIN_BLOCK_REBASE_COPY_DEV" COPY_DEV = 1 << 5,
        "VIR_DOMAIN_BLOCK_REBASE_BANDWIDTH_BYTES" BANDWIDTH_BYTES = 1 << 6,
    }

    /// The unit and meaning of a disk's new size.
    DomainBlockResizeFlags "virDomainBlockResizeFlags" {
        "VIR_DOMAIN_BLOCK_RESIZE_BYTES" BYTES = 1 << 0,
        "VIR_DOMAIN_BLOCK_RESIZE_CAPACITY" CAPACITY = 1 << 1,
    }
}

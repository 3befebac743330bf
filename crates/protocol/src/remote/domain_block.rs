//! Disks of domains and the jobs on them.

use xdr::Opaque;

use crate::{
    flags::{
        DomainBlockCommitFlags, DomainBlockCopyFlags, DomainBlockJobAbortFlags,
        DomainBlockJobInfoFlags, DomainBlockJobSetSpeedFlags, DomainBlockPullFlags,
        DomainBlockRebaseFlags, DomainBlockResizeFlags, DomainModificationImpact,
        DomainParameterFlags, NoFlags,
    },
    limits,
    procedure::procedures,
    remote::NonnullDomain,
    typed_param::TypedParam,
};

procedures! {
    Remote;

    /// Reads a part of a domain's disk.
    103 DomainBlockPeek "DOMAIN_BLOCK_PEEK" as virDomainBlockPeek (rules: &[domain(BlockRead)])
        args DomainBlockPeekArgs {
            dom: NonnullDomain,
            path: String,
            offset: u64,
            size: u32,
            flags: NoFlags,
        }
        ret DomainBlockPeekRet {
            #[xdr(max = limits::DOMAIN_BLOCK_PEEK_BUFFER_MAX)] buffer: Opaque,
        };

    /// Capacity, allocation and physical size of a domain's disk.
    194 DomainGetBlockInfo "DOMAIN_GET_BLOCK_INFO"
        as virDomainGetBlockInfo (read_only: Allowed, rules: &[domain(Read)])
        args DomainGetBlockInfoArgs { dom: NonnullDomain, path: String, flags: NoFlags }
        ret DomainGetBlockInfoRet { allocation: u64, capacity: u64, physical: u64 };

    /// Ends a block job, by cancelling or by pivoting.
    237 DomainBlockJobAbort "DOMAIN_BLOCK_JOB_ABORT"
        as virDomainBlockJobAbort (rules: &[domain(Write)])
        args DomainBlockJobAbortArgs {
            dom: NonnullDomain,
            path: String,
            flags: DomainBlockJobAbortFlags,
        };

    /// Progress of a block job.
    238 DomainGetBlockJobInfo "DOMAIN_GET_BLOCK_JOB_INFO"
        as virDomainGetBlockJobInfo (read_only: Allowed, rules: &[domain(Read)])
        args DomainGetBlockJobInfoArgs {
            dom: NonnullDomain,
            path: String,
            flags: DomainBlockJobInfoFlags,
        }
        ret DomainGetBlockJobInfoRet {
            found: i32,
            r#type: i32,
            bandwidth: u64,
            cur: u64,
            end: u64,
        };

    /// Sets the most bandwidth that a block job may take.
    239 DomainBlockJobSetSpeed "DOMAIN_BLOCK_JOB_SET_SPEED"
        as virDomainBlockJobSetSpeed (rules: &[domain(Write)])
        args DomainBlockJobSetSpeedArgs {
            dom: NonnullDomain,
            path: String,
            bandwidth: u64,
            flags: DomainBlockJobSetSpeedFlags,
        };

    /// Pulls the content of all backing images into a disk.
    240 DomainBlockPull "DOMAIN_BLOCK_PULL" as virDomainBlockPull (rules: &[domain(BlockWrite)])
        args DomainBlockPullArgs {
            dom: NonnullDomain,
            path: String,
            bandwidth: u64,
            flags: DomainBlockPullFlags,
        };

    /// Changes the size of a domain's disk.
    251 DomainBlockResize "DOMAIN_BLOCK_RESIZE"
        as virDomainBlockResize (rules: &[domain(BlockWrite)])
        args DomainBlockResizeArgs {
            dom: NonnullDomain,
            disk: String,
            size: u64,
            flags: DomainBlockResizeFlags,
        };

    /// Changes a disk's I/O limits.
    252 DomainSetBlockIoTune "DOMAIN_SET_BLOCK_IO_TUNE"
        as virDomainSetBlockIoTune (
            rules: &[
                domain(Write),
                domain(Save).when_none(
                    DomainModificationImpact::CONFIG.bits()
                        | DomainModificationImpact::LIVE.bits(),
                ),
                domain(Save).when_all(DomainModificationImpact::CONFIG.bits()),
            ],
        )
        args DomainSetBlockIoTuneArgs {
            dom: NonnullDomain,
            disk: String,
            #[xdr(max = limits::DOMAIN_BLOCK_IO_TUNE_PARAMETERS_MAX)] params: Vec<TypedParam>,
            flags: DomainModificationImpact,
        }
        judged by |args| args.flags.bits();

    /// A disk's I/O limits.
    253 DomainGetBlockIoTune "DOMAIN_GET_BLOCK_IO_TUNE"
        as virDomainGetBlockIoTune (read_only: Allowed, rules: &[domain(Read)])
        args DomainGetBlockIoTuneArgs {
            dom: NonnullDomain,
            disk: Option<String>,
            nparams: i32,
            flags: DomainParameterFlags,
        }
        ret DomainGetBlockIoTuneRet {
            #[xdr(max = limits::DOMAIN_BLOCK_IO_TUNE_PARAMETERS_MAX)] params: Vec<TypedParam>,
            nparams: i32,
        };

    /// Rebases a disk onto another backing image, or copies it.
    266 DomainBlockRebase "DOMAIN_BLOCK_REBASE"
        as virDomainBlockRebase (rules: &[domain(BlockWrite)])
        args DomainBlockRebaseArgs {
            dom: NonnullDomain,
            path: String,
            base: Option<String>,
            bandwidth: u64,
            flags: DomainBlockRebaseFlags,
        };

    /// Commits an overlay of a disk into the image below.
    290 DomainBlockCommit "DOMAIN_BLOCK_COMMIT"
        as virDomainBlockCommit (rules: &[domain(BlockWrite)])
        args DomainBlockCommitArgs {
            dom: NonnullDomain,
            disk: String,
            base: Option<String>,
            top: Option<String>,
            bandwidth: u64,
            flags: DomainBlockCommitFlags,
        };

    /// Copies a disk to another place while it is in use.
    345 DomainBlockCopy "DOMAIN_BLOCK_COPY" as virDomainBlockCopy (rules: &[domain(BlockWrite)])
        args DomainBlockCopyArgs {
            dom: NonnullDomain,
            path: String,
            destxml: String,
            #[xdr(max = limits::DOMAIN_BLOCK_COPY_PARAMETERS_MAX)] params: Vec<TypedParam>,
            flags: DomainBlockCopyFlags,
        };

    /// Sets the threshold of writes after which an event is sent.
    386 DomainSetBlockThreshold "DOMAIN_SET_BLOCK_THRESHOLD"
        as virDomainSetBlockThreshold (rules: &[domain(Write)])
        args DomainSetBlockThresholdArgs {
            dom: NonnullDomain,
            dev: String,
            threshold: u64,
            flags: NoFlags,
        };

    /// Makes or changes a group of I/O limits.
    451 DomainSetThrottleGroup "DOMAIN_SET_THROTTLE_GROUP"
        as virDomainSetThrottleGroup (
            rules: &[
                domain(Write),
                domain(Save).when_none(
                    DomainModificationImpact::CONFIG.bits()
                        | DomainModificationImpact::LIVE.bits(),
                ),
                domain(Save).when_all(DomainModificationImpact::CONFIG.bits()),
            ],
        )
        args DomainSetThrottleGroupArgs {
            dom: NonnullDomain,
            group: String,
            #[xdr(max = limits::DOMAIN_BLOCK_IO_TUNE_PARAMETERS_MAX)] params: Vec<TypedParam>,
            flags: DomainModificationImpact,
        }
        judged by |args| args.flags.bits();

    /// Removes a group of I/O limits.
    452 DomainDelThrottleGroup "DOMAIN_DEL_THROTTLE_GROUP"
        as virDomainDelThrottleGroup (
            rules: &[
                domain(Write),
                domain(Save).when_none(
                    DomainModificationImpact::CONFIG.bits()
                        | DomainModificationImpact::LIVE.bits(),
                ),
                domain(Save).when_all(DomainModificationImpact::CONFIG.bits()),
            ],
        )
        args DomainDelThrottleGroupArgs {
            dom: NonnullDomain,
            group: Option<String>,
            flags: DomainModificationImpact,
        }
        judged by |args| args.flags.bits();
}

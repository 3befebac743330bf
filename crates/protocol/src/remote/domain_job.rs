//! Long-running jobs of domains and their control interface.

use crate::{
    flags::{DomainAbortJobFlagsValues, DomainGetJobStatsFlags, NoFlags},
    limits,
    procedure::procedures,
    remote::NonnullDomain,
    typed_param::TypedParam,
};

procedures! {
    Remote;

    /// Progress of a domain's job.
    163 DomainGetJobInfo "DOMAIN_GET_JOB_INFO"
        as virDomainGetJobInfo (read_only: Allowed, rules: &[domain(Read)])
        args DomainGetJobInfoArgs { dom: NonnullDomain }
        ret DomainGetJobInfoRet {
            r#type: i32,
            #[xdr(name = "timeElapsed")] time_elapsed: u64,
            #[xdr(name = "timeRemaining")] time_remaining: u64,
            #[xdr(name = "dataTotal")] data_total: u64,
            #[xdr(name = "dataProcessed")] data_processed: u64,
            #[xdr(name = "dataRemaining")] data_remaining: u64,
            #[xdr(name = "memTotal")] mem_total: u64,
            #[xdr(name = "memProcessed")] mem_processed: u64,
            #[xdr(name = "memRemaining")] mem_remaining: u64,
            #[xdr(name = "fileTotal")] file_total: u64,
            #[xdr(name = "fileProcessed")] file_processed: u64,
            #[xdr(name = "fileRemaining")] file_remaining: u64,
        };

    /// Cancels a domain's job.
    164 DomainAbortJob "DOMAIN_ABORT_JOB" as virDomainAbortJob (rules: &[domain(Write)])
        args DomainAbortJobArgs { dom: NonnullDomain };

    /// Whether the control interface of a domain is free, and for how long not.
    229 DomainGetControlInfo "DOMAIN_GET_CONTROL_INFO"
        as virDomainGetControlInfo (priority: High, read_only: Allowed, rules: &[domain(Read)])
        args DomainGetControlInfoArgs { dom: NonnullDomain, flags: NoFlags }
        ret DomainGetControlInfoRet {
            state: u32,
            details: u32,
            #[xdr(name = "stateTime")] state_time: u64,
        };

    /// Progress of a domain's job, as parameters.
    298 DomainGetJobStats "DOMAIN_GET_JOB_STATS"
        as virDomainGetJobStats (read_only: Allowed, rules: &[domain(Read)])
        args DomainGetJobStatsArgs { dom: NonnullDomain, flags: DomainGetJobStatsFlags }
        ret DomainGetJobStatsRet {
            r#type: i32,
            #[xdr(max = limits::DOMAIN_JOB_STATS_MAX)] params: Vec<TypedParam>,
        };

    /// Cancels a domain's job, with flags.
    442 DomainAbortJobFlags "DOMAIN_ABORT_JOB_FLAGS"
        as virDomainAbortJobFlags (rules: &[domain(Write)])
        args DomainAbortJobFlagsArgs { dom: NonnullDomain, flags: DomainAbortJobFlagsValues };
}

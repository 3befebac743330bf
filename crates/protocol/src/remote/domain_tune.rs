//! Limits of domains: scheduler, memory, block I/O, NUMA, bandwidth.

use crate::{
    flags::{DomainModificationImpact, DomainParameterFlags},
    limits,
    procedure::procedures,
    remote::NonnullDomain,
    typed_param::TypedParam,
};

procedures! {
    Remote;

    /// Name of the host's scheduler for a domain and how many parameters it has.
    56 DomainGetSchedulerType "DOMAIN_GET_SCHEDULER_TYPE"
        as virDomainGetSchedulerType (read_only: Allowed, rules: &[domain(Read)])
        args DomainGetSchedulerTypeArgs { dom: NonnullDomain }
        ret DomainGetSchedulerTypeRet { r#type: String, nparams: i32 };

    /// The scheduler's parameters for a domain.
    57 DomainGetSchedulerParameters "DOMAIN_GET_SCHEDULER_PARAMETERS"
        as virDomainGetSchedulerParameters (read_only: Allowed, rules: &[domain(Read)])
        args DomainGetSchedulerParametersArgs { dom: NonnullDomain, nparams: i32 }
        ret DomainGetSchedulerParametersRet {
            #[xdr(max = limits::DOMAIN_SCHEDULER_PARAMETERS_MAX)] params: Vec<TypedParam>,
        };

    /// Changes the scheduler's parameters for a domain. Declared to need reading only, although it
    /// changes; 219 has it right. Read-only connections are refused.
    58 DomainSetSchedulerParameters "DOMAIN_SET_SCHEDULER_PARAMETERS"
        as virDomainSetSchedulerParameters (rules: &[domain(Read)])
        args DomainSetSchedulerParametersArgs {
            dom: NonnullDomain,
            #[xdr(max = limits::DOMAIN_SCHEDULER_PARAMETERS_MAX)] params: Vec<TypedParam>,
        };

    /// Changes a domain's memory limits.
    197 DomainSetMemoryParameters "DOMAIN_SET_MEMORY_PARAMETERS"
        as virDomainSetMemoryParameters (
            rules: &[
                domain(Write),
                domain(Save).when_none(
                    DomainModificationImpact::CONFIG.bits()
                        | DomainModificationImpact::LIVE.bits(),
                ),
                domain(Save).when_all(DomainModificationImpact::CONFIG.bits()),
            ],
        )
        args DomainSetMemoryParametersArgs {
            dom: NonnullDomain,
            #[xdr(max = limits::DOMAIN_MEMORY_PARAMETERS_MAX)] params: Vec<TypedParam>,
            flags: DomainModificationImpact,
        }
        judged by |args| args.flags.bits();

    /// A domain's memory limits.
    198 DomainGetMemoryParameters "DOMAIN_GET_MEMORY_PARAMETERS"
        as virDomainGetMemoryParameters (read_only: Allowed, rules: &[domain(Read)])
        args DomainGetMemoryParametersArgs {
            dom: NonnullDomain,
            nparams: i32,
            flags: DomainParameterFlags,
        }
        ret DomainGetMemoryParametersRet {
            #[xdr(max = limits::DOMAIN_MEMORY_PARAMETERS_MAX)] params: Vec<TypedParam>,
            nparams: i32,
        };

    /// Changes a domain's block I/O limits.
    205 DomainSetBlkioParameters "DOMAIN_SET_BLKIO_PARAMETERS"
        as virDomainSetBlkioParameters (
            rules: &[
                domain(Write),
                domain(Save).when_none(
                    DomainModificationImpact::CONFIG.bits()
                        | DomainModificationImpact::LIVE.bits(),
                ),
                domain(Save).when_all(DomainModificationImpact::CONFIG.bits()),
            ],
        )
        args DomainSetBlkioParametersArgs {
            dom: NonnullDomain,
            #[xdr(max = limits::DOMAIN_BLKIO_PARAMETERS_MAX)] params: Vec<TypedParam>,
            flags: DomainModificationImpact,
        }
        judged by |args| args.flags.bits();

    /// A domain's block I/O limits.
    206 DomainGetBlkioParameters "DOMAIN_GET_BLKIO_PARAMETERS"
        as virDomainGetBlkioParameters (read_only: Allowed, rules: &[domain(Read)])
        args DomainGetBlkioParametersArgs {
            dom: NonnullDomain,
            nparams: i32,
            flags: DomainParameterFlags,
        }
        ret DomainGetBlkioParametersRet {
            #[xdr(max = limits::DOMAIN_BLKIO_PARAMETERS_MAX)] params: Vec<TypedParam>,
            nparams: i32,
        };

    /// Changes the scheduler's parameters for a domain, live, in its definition, or both.
    219 DomainSetSchedulerParametersFlags "DOMAIN_SET_SCHEDULER_PARAMETERS_FLAGS"
        as virDomainSetSchedulerParametersFlags (
            rules: &[
                domain(Write),
                domain(Save).when_none(
                    DomainModificationImpact::CONFIG.bits()
                        | DomainModificationImpact::LIVE.bits(),
                ),
                domain(Save).when_all(DomainModificationImpact::CONFIG.bits()),
            ],
        )
        args DomainSetSchedulerParametersFlagsArgs {
            dom: NonnullDomain,
            #[xdr(max = limits::DOMAIN_SCHEDULER_PARAMETERS_MAX)] params: Vec<TypedParam>,
            flags: DomainModificationImpact,
        }
        judged by |args| args.flags.bits();

    /// The scheduler's parameters for a domain, live or in its definition.
    223 DomainGetSchedulerParametersFlags "DOMAIN_GET_SCHEDULER_PARAMETERS_FLAGS"
        as virDomainGetSchedulerParametersFlags (read_only: Allowed, rules: &[domain(Read)])
        args DomainGetSchedulerParametersFlagsArgs {
            dom: NonnullDomain,
            nparams: i32,
            flags: DomainParameterFlags,
        }
        ret DomainGetSchedulerParametersFlagsRet {
            #[xdr(max = limits::DOMAIN_SCHEDULER_PARAMETERS_MAX)] params: Vec<TypedParam>,
        };

    /// Changes a domain's NUMA tuning.
    254 DomainSetNumaParameters "DOMAIN_SET_NUMA_PARAMETERS"
        as virDomainSetNumaParameters (
            rules: &[
                domain(Write),
                domain(Save).when_none(
                    DomainModificationImpact::CONFIG.bits()
                        | DomainModificationImpact::LIVE.bits(),
                ),
                domain(Save).when_all(DomainModificationImpact::CONFIG.bits()),
            ],
        )
        args DomainSetNumaParametersArgs {
            dom: NonnullDomain,
            #[xdr(max = limits::DOMAIN_NUMA_PARAMETERS_MAX)] params: Vec<TypedParam>,
            flags: DomainModificationImpact,
        }
        judged by |args| args.flags.bits();

    /// A domain's NUMA tuning.
    255 DomainGetNumaParameters "DOMAIN_GET_NUMA_PARAMETERS"
        as virDomainGetNumaParameters (read_only: Allowed, rules: &[domain(Read)])
        args DomainGetNumaParametersArgs {
            dom: NonnullDomain,
            nparams: i32,
            flags: DomainParameterFlags,
        }
        ret DomainGetNumaParametersRet {
            #[xdr(max = limits::DOMAIN_NUMA_PARAMETERS_MAX)] params: Vec<TypedParam>,
            nparams: i32,
        };

    /// Changes the bandwidth limits of a domain's interface.
    256 DomainSetInterfaceParameters "DOMAIN_SET_INTERFACE_PARAMETERS"
        as virDomainSetInterfaceParameters (
            rules: &[
                domain(Write),
                domain(Save).when_none(
                    DomainModificationImpact::CONFIG.bits()
                        | DomainModificationImpact::LIVE.bits(),
                ),
                domain(Save).when_all(DomainModificationImpact::CONFIG.bits()),
            ],
        )
        args DomainSetInterfaceParametersArgs {
            dom: NonnullDomain,
            device: String,
            #[xdr(max = limits::DOMAIN_INTERFACE_PARAMETERS_MAX)] params: Vec<TypedParam>,
            flags: DomainModificationImpact,
        }
        judged by |args| args.flags.bits();

    /// The bandwidth limits of a domain's interface.
    257 DomainGetInterfaceParameters "DOMAIN_GET_INTERFACE_PARAMETERS"
        as virDomainGetInterfaceParameters (read_only: Allowed, rules: &[domain(Read)])
        args DomainGetInterfaceParametersArgs {
            dom: NonnullDomain,
            device: String,
            nparams: i32,
            flags: DomainParameterFlags,
        }
        ret DomainGetInterfaceParametersRet {
            #[xdr(max = limits::DOMAIN_INTERFACE_PARAMETERS_MAX)] params: Vec<TypedParam>,
            nparams: i32,
        };
}

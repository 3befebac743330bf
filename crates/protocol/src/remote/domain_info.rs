//! What a domain is and does.

use crate::{flags::NoFlags, procedure::procedures, remote::NonnullDomain};

procedures! {
    Remote;

    /// State, memory, processors and processor time of a domain.
    16 DomainGetInfo "DOMAIN_GET_INFO"
        as virDomainGetInfo (read_only: Allowed, rules: &[domain(Read)])
        args DomainGetInfoArgs { dom: NonnullDomain }
        ret DomainGetInfoRet {
            state: u8,
            #[xdr(name = "maxMem")] max_mem: u64,
            memory: u64,
            #[xdr(name = "nrVirtCpu")] nr_virt_cpu: u16,
            #[xdr(name = "cpuTime")] cpu_time: u64,
        };

    /// What kind of guest a domain runs: `hvm`, `xen`, `exe` ….
    19 DomainGetOsType "DOMAIN_GET_OS_TYPE"
        as virDomainGetOSType (priority: High, read_only: Allowed, rules: &[domain(Read)])
        args DomainGetOsTypeArgs { dom: NonnullDomain }
        ret DomainGetOsTypeRet { r#type: String };

    /// Whether a domain runs.
    150 DomainIsActive "DOMAIN_IS_ACTIVE"
        as virDomainIsActive (priority: High, read_only: Allowed, rules: &[domain(Read)])
        args DomainIsActiveArgs { dom: NonnullDomain }
        ret DomainIsActiveRet { active: i32 };

    /// A domain's state and its reason.
    212 DomainGetState "DOMAIN_GET_STATE"
        as virDomainGetState (priority: High, read_only: Allowed, rules: &[domain(Read)])
        args DomainGetStateArgs { dom: NonnullDomain, flags: NoFlags }
        ret DomainGetStateRet { state: i32, reason: i32 };
}

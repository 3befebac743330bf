//! Virtual CPUs, I/O threads and where they run.

use xdr::Opaque;

use crate::{
    flags::{DomainModificationImpact, DomainParameterFlags, DomainVcpuFlags, NoFlags},
    limits,
    procedure::{procedures, structures},
    remote::NonnullDomain,
    typed_param::TypedParam,
};

structures! {
    /// A virtual CPU: its state, its time in nanoseconds and the host processor it is on.
    VcpuInfo { number: u32, state: i32, cpu_time: u64, cpu: i32 }

    /// An I/O thread and the host processors that it may use.
    DomainIothreadInfo { iothread_id: u32, #[xdr(max = limits::CPUMAP_MAX)] cpumap: Opaque }
}

procedures! {
    Remote;

    /// Most virtual CPUs that a domain may have.
    18 DomainGetMaxVcpus "DOMAIN_GET_MAX_VCPUS"
        as virDomainGetMaxVcpus (priority: High, read_only: Allowed, rules: &[domain(Read)])
        args DomainGetMaxVcpusArgs { dom: NonnullDomain }
        ret DomainGetMaxVcpusRet { num: i32 };

    /// State and host processors of each virtual CPU.
    20 DomainGetVcpus "DOMAIN_GET_VCPUS"
        as virDomainGetVcpus (priority: High, read_only: Allowed, rules: &[domain(Read)])
        args DomainGetVcpusArgs { dom: NonnullDomain, maxinfo: i32, maplen: i32 }
        ret DomainGetVcpusRet {
            #[xdr(max = limits::VCPUINFO_MAX)] info: Vec<VcpuInfo>,
            #[xdr(max = limits::CPUMAPS_MAX)] cpumaps: Opaque,
        };

    /// Confines a virtual CPU to some of the host's processors.
    26 DomainPinVcpu "DOMAIN_PIN_VCPU" as virDomainPinVcpu (rules: &[domain(Write)])
        args DomainPinVcpuArgs {
            dom: NonnullDomain,
            vcpu: u32,
            #[xdr(max = limits::CPUMAP_MAX)] cpumap: Opaque,
        };

    /// Sets a running domain's number of virtual CPUs.
    32 DomainSetVcpus "DOMAIN_SET_VCPUS" as virDomainSetVcpus (rules: &[domain(Write)])
        args DomainSetVcpusArgs { dom: NonnullDomain, nvcpus: u32 };

    /// Sets a domain's number of virtual CPUs, live, in its definition, or both.
    199 DomainSetVcpusFlags "DOMAIN_SET_VCPUS_FLAGS"
        as virDomainSetVcpusFlags (
            rules: &[
                domain(Write),
                domain(Save).when_none(
                    DomainVcpuFlags::CONFIG.bits() | DomainVcpuFlags::LIVE.bits(),
                ),
                domain(Save).when_all(DomainVcpuFlags::CONFIG.bits()),
                domain(Write).when_all(DomainVcpuFlags::GUEST.bits()),
            ],
        )
        args DomainSetVcpusFlagsArgs { dom: NonnullDomain, nvcpus: u32, flags: DomainVcpuFlags }
        judged by |args| args.flags.bits();

    /// A domain's number of virtual CPUs.
    200 DomainGetVcpusFlags "DOMAIN_GET_VCPUS_FLAGS"
        as virDomainGetVcpusFlags (
            read_only: DeniedWithAny(DomainVcpuFlags::GUEST.bits()),
            rules: &[domain(Read), domain(Write).when_all(DomainVcpuFlags::GUEST.bits())],
        )
        args DomainGetVcpusFlagsArgs { dom: NonnullDomain, flags: DomainVcpuFlags }
        ret DomainGetVcpusFlagsRet { num: i32 }
        judged by |args| args.flags.bits();

    /// Confines a virtual CPU to some of the host's processors, live, in the definition, or both.
    225 DomainPinVcpuFlags "DOMAIN_PIN_VCPU_FLAGS"
        as virDomainPinVcpuFlags (
            rules: &[
                domain(Write),
                domain(Save).when_none(
                    DomainModificationImpact::CONFIG.bits()
                        | DomainModificationImpact::LIVE.bits(),
                ),
                domain(Save).when_all(DomainModificationImpact::CONFIG.bits()),
            ],
        )
        args DomainPinVcpuFlagsArgs {
            dom: NonnullDomain,
            vcpu: u32,
            #[xdr(max = limits::CPUMAP_MAX)] cpumap: Opaque,
            flags: DomainModificationImpact,
        }
        judged by |args| args.flags.bits();

    /// The host processors that each virtual CPU may use.
    230 DomainGetVcpuPinInfo "DOMAIN_GET_VCPU_PIN_INFO"
        as virDomainGetVcpuPinInfo (read_only: Allowed, rules: &[domain(Read)])
        args DomainGetVcpuPinInfoArgs {
            dom: NonnullDomain,
            ncpumaps: i32,
            maplen: i32,
            flags: DomainModificationImpact,
        }
        ret DomainGetVcpuPinInfoRet { #[xdr(max = limits::CPUMAPS_MAX)] cpumaps: Opaque, num: i32 };

    /// Confines a domain's emulator threads to some of the host's processors.
    279 DomainPinEmulator "DOMAIN_PIN_EMULATOR"
        as virDomainPinEmulator (
            rules: &[
                domain(Write),
                domain(Save).when_none(
                    DomainModificationImpact::CONFIG.bits()
                        | DomainModificationImpact::LIVE.bits(),
                ),
                domain(Save).when_all(DomainModificationImpact::CONFIG.bits()),
            ],
        )
        args DomainPinEmulatorArgs {
            dom: NonnullDomain,
            #[xdr(max = limits::CPUMAP_MAX)] cpumap: Opaque,
            flags: DomainModificationImpact,
        }
        judged by |args| args.flags.bits();

    /// The host processors that a domain's emulator threads may use.
    280 DomainGetEmulatorPinInfo "DOMAIN_GET_EMULATOR_PIN_INFO"
        as virDomainGetEmulatorPinInfo (read_only: Allowed, rules: &[domain(Read)])
        args DomainGetEmulatorPinInfoArgs {
            dom: NonnullDomain,
            maplen: i32,
            flags: DomainModificationImpact,
        }
        ret DomainGetEmulatorPinInfoRet {
            #[xdr(max = limits::CPUMAPS_MAX)] cpumaps: Opaque,
            ret: i32,
        };

    /// A domain's I/O threads and the host processors that they may use.
    351 DomainGetIothreadInfo "DOMAIN_GET_IOTHREAD_INFO"
        as virDomainGetIOThreadInfo (read_only: Allowed, rules: &[domain(Read)])
        args DomainGetIothreadInfoArgs { dom: NonnullDomain, flags: DomainModificationImpact }
        ret DomainGetIothreadInfoRet {
            #[xdr(max = limits::IOTHREAD_INFO_MAX)] info: Vec<DomainIothreadInfo>,
            ret: u32,
        };

    /// Confines an I/O thread to some of the host's processors.
    352 DomainPinIothread "DOMAIN_PIN_IOTHREAD"
        as virDomainPinIOThread (
            rules: &[
                domain(Write),
                domain(Save).when_none(
                    DomainModificationImpact::CONFIG.bits()
                        | DomainModificationImpact::LIVE.bits(),
                ),
                domain(Save).when_all(DomainModificationImpact::CONFIG.bits()),
            ],
        )
        args DomainPinIothreadArgs {
            dom: NonnullDomain,
            iothreads_id: u32,
            #[xdr(max = limits::CPUMAP_MAX)] cpumap: Opaque,
            flags: DomainModificationImpact,
        }
        judged by |args| args.flags.bits();

    /// Adds an I/O thread to a domain.
    355 DomainAddIothread "DOMAIN_ADD_IOTHREAD"
        as virDomainAddIOThread (
            rules: &[
                domain(Write),
                domain(Save).when_none(
                    DomainModificationImpact::CONFIG.bits()
                        | DomainModificationImpact::LIVE.bits(),
                ),
                domain(Save).when_all(DomainModificationImpact::CONFIG.bits()),
            ],
        )
        args DomainAddIothreadArgs {
            dom: NonnullDomain,
            iothread_id: u32,
            flags: DomainModificationImpact,
        }
        judged by |args| args.flags.bits();

    /// Removes an I/O thread from a domain.
    356 DomainDelIothread "DOMAIN_DEL_IOTHREAD"
        as virDomainDelIOThread (
            rules: &[
                domain(Write),
                domain(Save).when_none(
                    DomainModificationImpact::CONFIG.bits()
                        | DomainModificationImpact::LIVE.bits(),
                ),
                domain(Save).when_all(DomainModificationImpact::CONFIG.bits()),
            ],
        )
        args DomainDelIothreadArgs {
            dom: NonnullDomain,
            iothread_id: u32,
            flags: DomainModificationImpact,
        }
        judged by |args| args.flags.bits();

    /// Virtual CPUs as the guest agent sees them.
    371 DomainGetGuestVcpus "DOMAIN_GET_GUEST_VCPUS"
        as virDomainGetGuestVcpus (rules: &[domain(Write)])
        args DomainGetGuestVcpusArgs { dom: NonnullDomain, flags: NoFlags }
        ret DomainGetGuestVcpusRet {
            #[xdr(max = limits::DOMAIN_GUEST_VCPU_PARAMS_MAX)] params: Vec<TypedParam>,
        };

    /// Lets the guest agent switch virtual CPUs on or off.
    372 DomainSetGuestVcpus "DOMAIN_SET_GUEST_VCPUS"
        as virDomainSetGuestVcpus (rules: &[domain(Write)])
        args DomainSetGuestVcpusArgs {
            dom: NonnullDomain,
            cpumap: String,
            state: i32,
            flags: NoFlags,
        };

    /// Switches single virtual CPUs on or off.
    384 DomainSetVcpu "DOMAIN_SET_VCPU"
        as virDomainSetVcpu (
            rules: &[
                domain(Write),
                domain(Save).when_none(
                    DomainModificationImpact::CONFIG.bits()
                        | DomainModificationImpact::LIVE.bits(),
                ),
                domain(Save).when_all(DomainModificationImpact::CONFIG.bits()),
            ],
        )
        args DomainSetVcpuArgs {
            dom: NonnullDomain,
            cpumap: String,
            state: i32,
            flags: DomainModificationImpact,
        }
        judged by |args| args.flags.bits();

    /// Changes an I/O thread's polling and pool sizes.
    402 DomainSetIothreadParams "DOMAIN_SET_IOTHREAD_PARAMS"
        as virDomainSetIOThreadParams (
            rules: &[
                domain(Write),
                domain(Save).when_none(
                    DomainParameterFlags::CONFIG.bits() | DomainParameterFlags::LIVE.bits(),
                ),
                domain(Save).when_all(DomainParameterFlags::CONFIG.bits()),
            ],
        )
        args DomainSetIothreadParamsArgs {
            dom: NonnullDomain,
            iothread_id: u32,
            #[xdr(max = limits::DOMAIN_IOTHREAD_PARAMS_MAX)] params: Vec<TypedParam>,
            flags: DomainParameterFlags,
        }
        judged by |args| args.flags.bits();
}

//! What nested virtualization of Intel's kind can, told by the registers IA32_VMX_*.

use super::{Bank, msr};

pub(super) const BANKS: &[Bank] = &[
    msr(
        0x480,
        "54:vmx-ins-outs 55:vmx-true-ctls 56:vmx-any-errcode 58:vmx-nested-exception",
    ),
    msr(
        0x485,
        "\
        5:vmx-store-lma 6:vmx-activity-hlt 7:vmx-activity-shutdown 8:vmx-activity-wait-sipi \
        29:vmx-vmwrite-vmexit-fields 30:vmx-zero-len-inject",
    ),
    msr(
        0x48b,
        "\
        0:vmx-apicv-xapic 1:vmx-ept 2:vmx-desc-exit 3:vmx-rdtscp-exit 4:vmx-apicv-x2apic 5:vmx-vpid \
        6:vmx-wbinvd-exit 7:vmx-unrestricted-guest 8:vmx-apicv-register 9:vmx-apicv-vid 10:vmx-ple \
        11:vmx-rdrand-exit 12:vmx-invpcid-exit 13:vmx-vmfunc 14:vmx-shadow-vmcs 15:vmx-encls-exit \
        16:vmx-rdseed-exit 17:vmx-pml 20:vmx-xsaves 25:vmx-tsc-scaling 26:vmx-enable-user-wait-pause",
    ),
    msr(
        0x48c,
        "\
        0:vmx-ept-execonly 6:vmx-page-walk-4 7:vmx-page-walk-5 8:vmx-ept-uc 14:vmx-ept-wb 16:vmx-ept-2mb \
        17:vmx-ept-1gb 20:vmx-invept 21:vmx-eptad 22:vmx-ept-advanced-exitinfo 25:vmx-invept-single-context \
        26:vmx-invept-all-context 32:vmx-invvpid 40:vmx-invvpid-single-addr 41:vmx-invvpid-single-context \
        42:vmx-invvpid-all-context 43:vmx-invvpid-single-context-noglobals",
    ),
    msr(
        0x48d,
        "0:vmx-intr-exit 3:vmx-nmi-exit 5:vmx-vnmi 6:vmx-preemption-timer 7:vmx-posted-intr",
    ),
    msr(
        0x48e,
        "\
        2:vmx-vintr-pending 3:vmx-tsc-offset 7:vmx-hlt-exit 9:vmx-invlpg-exit 10:vmx-mwait-exit \
        11:vmx-rdpmc-exit 12:vmx-rdtsc-exit 15:vmx-cr3-load-noexit 16:vmx-cr3-store-noexit \
        19:vmx-cr8-load-exit 20:vmx-cr8-store-exit 21:vmx-flexpriority 22:vmx-vnmi-pending 23:vmx-movdr-exit \
        24:vmx-io-exit 25:vmx-io-bitmap 27:vmx-mtf 28:vmx-msr-bitmap 29:vmx-monitor-exit 30:vmx-pause-exit \
        31:vmx-secondary-ctls",
    ),
    msr(
        0x48f,
        "\
        2:vmx-exit-nosave-debugctl 12:vmx-exit-load-perf-global-ctrl 15:vmx-exit-ack-intr \
        18:vmx-exit-save-pat 19:vmx-exit-load-pat 20:vmx-exit-save-efer 21:vmx-exit-load-efer \
        22:vmx-exit-save-preemption-timer 23:vmx-exit-clear-bndcfgs 25:vmx-exit-clear-rtit-ctl \
        29:vmx-exit-load-pkrs 31:vmx-exit-secondary-ctls",
    ),
    msr(
        0x490,
        "\
        2:vmx-entry-noload-debugctl 9:vmx-entry-ia32e-mode 13:vmx-entry-load-perf-global-ctrl \
        14:vmx-entry-load-pat 15:vmx-entry-load-efer 16:vmx-entry-load-bndcfgs 18:vmx-entry-load-rtit-ctl \
        22:vmx-entry-load-pkrs 23:vmx-entry-load-fred",
    ),
    msr(0x491, "0:vmx-eptp-switching"),
];

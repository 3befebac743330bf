//! The extended leaves, which AMD began.

use super::{Bank, cpuid};
use crate::x86::Register::{Eax, Ebx, Ecx, Edx};

pub(super) const BANKS: &[Bank] = &[
    cpuid(
        0x8000_0001,
        0,
        Ecx,
        "\
        0:lahf_lm 1:cmp_legacy 2:svm 3:extapic 4:cr8legacy 5:abm 6:sse4a 7:misalignsse 8:3dnowprefetch 9:osvw \
        10:ibs 11:xop 12:skinit 13:wdt 15:lwp 16:fma4 17:tce 18:cvt16 19:nodeid_msr 21:tbm 22:topoext \
        23:perfctr_core 24:perfctr_nb",
    ),
    cpuid(
        0x8000_0001,
        0,
        Edx,
        "11:syscall 20:nx 22:mmxext 25:fxsr_opt 26:pdpe1gb 27:rdtscp 29:lm 30:3dnowext 31:3dnow",
    ),
    cpuid(0x8000_0007, 0, Ebx, "0:overflow-recov 1:succor"),
    cpuid(0x8000_0007, 0, Edx, "8:invtsc"),
    cpuid(
        0x8000_0008,
        0,
        Ebx,
        "\
        0:clzero 2:xsaveerptr 9:wbnoinvd 12:ibpb 14:ibrs 15:amd-stibp 17:stibp-always-on 24:amd-ssbd \
        25:virt-ssbd 26:amd-no-ssb 28:amd-psfd",
    ),
    cpuid(
        0x8000_000a,
        0,
        Edx,
        "\
        0:npt 1:lbrv 2:svm-lock 3:nrip-save 4:tsc-scale 5:vmcb-clean 6:flushbyasid 7:decodeassists \
        10:pause-filter 12:pfthreshold 13:avic 15:v-vmsave-vmload 16:vgif 25:vnmi 28:svme-addr-chk",
    ),
    cpuid(
        0x8000_0021,
        0,
        Eax,
        "\
        0:no-nested-data-bp 2:lfence-always-serializing 6:null-sel-clr-base 8:auto-ibrs 24:eraps 27:sbpb \
        28:ibpb-brtype 29:srso-no 30:srso-user-kernel-no",
    ),
    cpuid(0x8000_0022, 0, Eax, "0:perfmon-v2"),
];

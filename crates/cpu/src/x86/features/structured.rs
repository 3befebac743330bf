//! The structured extended features (leaf 7) and those of single units: XSAVE, RDT, SGX, PT, AVX10.

use super::{Bank, cpuid};
use crate::x86::Register::{Eax, Ebx, Ecx, Edx};

pub(super) const BANKS: &[Bank] = &[
    cpuid(
        0x7,
        0,
        Ebx,
        "\
        0:fsgsbase 1:tsc_adjust 2:sgx 3:bmi1 4:hle 5:avx2 6:fdp-excptn-only 7:smep 8:bmi2 9:erms 10:invpcid \
        11:rtm 12:cmt 13:zero-fcs-fds 14:mpx 16:avx512f 17:avx512dq 18:rdseed 19:adx 20:smap 21:avx512ifma \
        22:pcommit 23:clflushopt 24:clwb 25:intel-pt 26:avx512pf 27:avx512er 28:avx512cd 29:sha-ni \
        30:avx512bw 31:avx512vl",
    ),
    cpuid(
        0x7,
        0,
        Ecx,
        "\
        1:avx512vbmi 2:umip 3:pku 4:ospke 5:waitpkg 6:avx512vbmi2 8:gfni 9:vaes 10:vpclmulqdq 11:avx512vnni \
        12:avx512bitalg 14:avx512-vpopcntdq 16:la57 22:rdpid 24:bus-lock-detect 25:cldemote 27:movdiri \
        28:movdir64b 30:sgxlc 31:pks",
    ),
    cpuid(
        0x7,
        0,
        Edx,
        "\
        2:avx512-4vnniw 3:avx512-4fmaps 4:fsrm 8:avx512-vp2intersect 10:md-clear 14:serialize 16:tsx-ldtrk \
        18:pconfig 19:arch-lbr 22:amx-bf16 23:avx512-fp16 24:amx-tile 25:amx-int8 26:spec-ctrl 27:stibp \
        28:flush-l1d 29:arch-capabilities 30:core-capability 31:ssbd",
    ),
    cpuid(
        0x7,
        1,
        Eax,
        "\
        0:sha512 1:sm3 2:sm4 4:avx-vnni 5:avx512-bf16 7:cmpccxadd 10:fzrm 11:fsrs 12:fsrc 17:fred 18:lkgs \
        19:wrmsrns 21:amx-fp16 23:avx-ifma 26:lam",
    ),
    cpuid(
        0x7,
        1,
        Edx,
        "4:avx-vnni-int8 5:avx-ne-convert 8:amx-complex 10:avx-vnni-int16 14:prefetchiti 19:avx10",
    ),
    cpuid(
        0x7,
        2,
        Edx,
        "0:intel-psfd 1:ipred-ctrl 2:rrsba-ctrl 3:ddpd-u 4:bhi-ctrl 5:mcdt-no",
    ),
    cpuid(0xd, 1, Eax, "0:xsaveopt 1:xsavec 2:xgetbv1 3:xsaves 4:xfd"),
    cpuid(0xf, 1, Edx, "1:mbm_total 2:mbm_local"),
    cpuid(0x12, 0, Eax, "0:sgx1 1:sgx2 11:sgx-edeccssa"),
    cpuid(0x12, 0, Ebx, "0:sgx-exinfo"),
    cpuid(
        0x12,
        1,
        Eax,
        "1:sgx-debug 2:sgx-mode64 4:sgx-provisionkey 5:sgx-tokenkey 7:sgx-kss 10:sgx-aex-notify",
    ),
    cpuid(0x14, 0, Ecx, "31:intel-pt-lip"),
    cpuid(0x24, 0, Ebx, "16:avx10-128 17:avx10-256 18:avx10-512"),
];

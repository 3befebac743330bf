//! The features of the first leaves, which every x86 processor has told since the Pentium.

use super::{Bank, cpuid};
use crate::x86::Register::{Eax, Ecx, Edx};

pub(super) const BANKS: &[Bank] = &[
    cpuid(
        0x1,
        0,
        Ecx,
        "\
        0:pni 1:pclmuldq 2:dtes64 3:monitor 4:ds_cpl 5:vmx 6:smx 7:est 8:tm2 9:ssse3 10:cid 12:fma 13:cx16 \
        14:xtpr 15:pdcm 17:pcid 18:dca 19:sse4.1 20:sse4.2 21:x2apic 22:movbe 23:popcnt 24:tsc-deadline \
        25:aes 26:xsave 27:osxsave 28:avx 29:f16c 30:rdrand 31:hypervisor",
    ),
    cpuid(
        0x1,
        0,
        Edx,
        "\
        0:fpu 1:vme 2:de 3:pse 4:tsc 5:msr 6:pae 7:mce 8:cx8 9:apic 11:sep 12:mtrr 13:pge 14:mca 15:cmov \
        16:pat 17:pse36 18:pn 19:clflush 21:ds 22:acpi 23:mmx 24:fxsr 25:sse 26:sse2 27:ss 28:ht 29:tm \
        30:ia64 31:pbe",
    ),
    cpuid(0x6, 0, Eax, "2:arat"),
];

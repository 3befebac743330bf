//! The first x86 processors, of no named maker.

use super::{Entry, HOST, model};

pub(super) const MODELS: &[Entry] = &[
    model("486").with("fpu pse vme").compared(),
    model("486-v1").version_of("486").decoded(HOST),
    model("pentium")
        .like("486")
        .with("cx8 de mce mmx msr tsc")
        .compared(),
    model("pentium-v1").version_of("pentium").decoded(HOST),
    model("pentium2")
        .like("pentium")
        .with("cmov fxsr mca mtrr pae pat pge pse36 sep")
        .compared(),
    model("pentium2-v1").version_of("pentium2").decoded(HOST),
    model("pentium3").like("pentium2").with("sse").compared(),
    model("pentium3-v1").version_of("pentium3").decoded(HOST),
    model("pentiumpro")
        .like("pentium3")
        .with("apic sse2")
        .without("mca mtrr pse36 vme")
        .compared(),
];

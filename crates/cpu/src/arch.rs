//! How much is known about the CPUs of each architecture.

/// What is known about an architecture's CPUs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Knowledge {
    /// Models and features.
    X86,
    /// Models by their names; two different ones never go together.
    Ppc,
    /// The hypervisor knows all, and takes any name.
    Arm,
    /// The hypervisor knows all; nothing can be computed without it.
    Opaque,
}

/// The models of POWER processors.
pub const PPC_MODELS: &[&str] = &[
    "POWER6",
    "POWER7",
    "POWER8",
    "POWER9",
    "POWER10",
    "POWERPC_e5500",
    "POWERPC_e6500",
];

/// Every architecture that a CPU can be described for.
const KNOWN: &[(&str, Knowledge)] = &[
    ("i686", Knowledge::X86),
    ("x86_64", Knowledge::X86),
    ("ppc64", Knowledge::Ppc),
    ("ppc64le", Knowledge::Ppc),
    ("armv6l", Knowledge::Arm),
    ("armv7b", Knowledge::Arm),
    ("armv7l", Knowledge::Arm),
    ("aarch64", Knowledge::Arm),
    ("s390", Knowledge::Opaque),
    ("s390x", Knowledge::Opaque),
    ("riscv32", Knowledge::Opaque),
    ("riscv64", Knowledge::Opaque),
    ("loongarch64", Knowledge::Opaque),
];

/// Architectures that documents may name, although nothing is known about their CPUs.
const NAMES: &[&str] = &[
    "alpha",
    "cris",
    "ia64",
    "itanium",
    "lm32",
    "m68k",
    "microblaze",
    "microblazeel",
    "mips",
    "mipsel",
    "mips64",
    "mips64el",
    "openrisc",
    "or32",
    "parisc",
    "parisc64",
    "ppc",
    "ppcle",
    "ppcemb",
    "sh4",
    "sh4eb",
    "sparc",
    "sparc64",
    "unicore32",
    "xtensa",
    "xtensaeb",
];

/// What is known about the CPUs of an architecture; nothing where there is no such knowledge at all.
#[must_use]
pub fn knowledge(arch: &str) -> Option<Knowledge> {
    KNOWN
        .iter()
        .find(|(name, _)| *name == arch)
        .map(|(_, knowledge)| *knowledge)
}

/// Whether there is an architecture of this name.
#[must_use]
pub fn exists(arch: &str) -> bool {
    knowledge(arch).is_some() || NAMES.contains(&arch)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_is_known_or_only_a_name_or_nothing() {
        assert_eq!(knowledge("i686"), Some(Knowledge::X86));
        assert_eq!(knowledge("ppc64le"), Some(Knowledge::Ppc));
        assert_eq!(knowledge("mips"), None);
        assert!(exists("mips") && exists("aarch64") && !exists("foo") && !exists(""));
    }
}

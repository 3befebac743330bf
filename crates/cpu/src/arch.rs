//! Guest architectures: how documents spell them, how QEMU does, and how much is known about their CPUs.

use serde::{Deserialize, Serialize};

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
pub(crate) const PPC_MODELS: &[&str] = &[
    "POWER6",
    "POWER7",
    "POWER8",
    "POWER9",
    "POWER10",
    "POWERPC_e5500",
    "POWERPC_e6500",
];

/// One row of what is known about an architecture.
struct Row {
    arch: Arch,
    name: &'static str,
    qemu: &'static str,
    word: u8,
    knowledge: Option<Knowledge>,
}

/// Makes the type and its table of one list: the name in documents, the name of QEMU's target, the bits of a word,
/// and what is known about the CPUs.
macro_rules! architectures {
    ($($arch:ident = $name:literal, $qemu:literal, $word:literal, $knowledge:expr;)+) => {
        /// An architecture that a document can name (formatdomain: os type arch), in the order in which libvirt
        /// lists them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "lowercase")]
        #[allow(missing_docs)] // The names are the architectures themselves.
        pub enum Arch {
            $($arch,)+
        }

        const ROWS: &[Row] = &[
            $(Row {
                arch: Arch::$arch,
                name: $name,
                qemu: $qemu,
                word: $word,
                knowledge: $knowledge,
            },)+
        ];
    };
}

architectures! {
    Alpha = "alpha", "alpha", 64, None;
    Armv6l = "armv6l", "arm", 32, Some(Knowledge::Arm);
    Armv7l = "armv7l", "arm", 32, Some(Knowledge::Arm);
    Armv7b = "armv7b", "armv7b", 32, Some(Knowledge::Arm);
    Aarch64 = "aarch64", "aarch64", 64, Some(Knowledge::Arm);
    Cris = "cris", "cris", 32, None;
    I686 = "i686", "i386", 32, Some(Knowledge::X86);
    Ia64 = "ia64", "ia64", 64, None;
    Lm32 = "lm32", "lm32", 32, None;
    Loongarch64 = "loongarch64", "loongarch64", 64, Some(Knowledge::Opaque);
    M68k = "m68k", "m68k", 32, None;
    Microblaze = "microblaze", "microblaze", 32, None;
    Microblazeel = "microblazeel", "microblazeel", 32, None;
    Mips = "mips", "mips", 32, None;
    Mipsel = "mipsel", "mipsel", 32, None;
    Mips64 = "mips64", "mips64", 64, None;
    Mips64el = "mips64el", "mips64el", 64, None;
    Openrisc = "openrisc", "or1k", 32, None;
    Parisc = "parisc", "hppa", 32, None;
    Parisc64 = "parisc64", "parisc64", 64, None;
    Ppc = "ppc", "ppc", 32, None;
    Ppcle = "ppcle", "ppcle", 32, None;
    Ppc64 = "ppc64", "ppc64", 64, Some(Knowledge::Ppc);
    Ppc64le = "ppc64le", "ppc64", 64, Some(Knowledge::Ppc);
    Ppcemb = "ppcemb", "ppcemb", 32, None;
    Riscv32 = "riscv32", "riscv32", 32, None;
    Riscv64 = "riscv64", "riscv64", 64, Some(Knowledge::Opaque);
    S390 = "s390", "s390", 32, Some(Knowledge::Opaque);
    S390x = "s390x", "s390x", 64, Some(Knowledge::Opaque);
    Sh4 = "sh4", "sh4", 32, None;
    Sh4eb = "sh4eb", "sh4eb", 64, None;
    Sparc = "sparc", "sparc", 32, None;
    Sparc64 = "sparc64", "sparc64", 64, None;
    Unicore32 = "unicore32", "unicore32", 32, None;
    X86_64 = "x86_64", "x86_64", 64, Some(Knowledge::X86);
    Xtensa = "xtensa", "xtensa", 32, None;
    Xtensaeb = "xtensaeb", "xtensaeb", 32, None;
}

impl Arch {
    /// Every architecture, in libvirt's order.
    pub fn all() -> impl Iterator<Item = Self> {
        ROWS.iter().map(|row| row.arch)
    }

    /// Reads the name that documents use, such as `x86_64` or `i686`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        ROWS.iter().find(|row| row.name == name).map(|row| row.arch)
    }

    /// Reads QEMU's own name, the `arch` of `query-target`. What several share is the one that libvirt means by it.
    #[must_use]
    pub fn from_qemu(name: &str) -> Option<Self> {
        if name == Self::Armv7l.qemu() {
            return Some(Self::Armv7l);
        }
        ROWS.iter().find(|row| row.qemu == name).map(|row| row.arch)
    }

    /// The architecture that this program was built for, if documents know it.
    #[must_use]
    pub fn native() -> Option<Self> {
        match std::env::consts::ARCH {
            "x86" => Some(Self::I686),
            "arm" => Some(Self::Armv7l),
            other => Self::from_name(other),
        }
    }

    /// The name in documents.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().map_or("", |row| row.name)
    }

    /// QEMU's name: the suffix of the emulator's file name, and its answer to `query-target`.
    #[must_use]
    pub fn qemu(self) -> &'static str {
        self.row().map_or("", |row| row.qemu)
    }

    /// Bits of a machine word, 32 or 64.
    #[must_use]
    pub fn word_size(self) -> u8 {
        self.row().map_or(64, |row| row.word)
    }

    /// What is known about its CPUs; nothing where there is no such knowledge at all.
    #[must_use]
    pub fn knowledge(self) -> Option<Knowledge> {
        self.row().and_then(|row| row.knowledge)
    }

    /// Whether this is one of the two PC architectures.
    #[must_use]
    pub fn is_x86(self) -> bool {
        self.knowledge() == Some(Knowledge::X86)
    }

    /// Whether this is an architecture of ARM.
    #[must_use]
    pub fn is_arm(self) -> bool {
        self.knowledge() == Some(Knowledge::Arm)
    }

    /// Whether this is one of the two architectures of RISC-V.
    #[must_use]
    pub fn is_riscv(self) -> bool {
        matches!(self, Self::Riscv32 | Self::Riscv64)
    }

    /// Whether a guest of this architecture can use KVM on a host of `host`.
    #[must_use]
    pub fn runs_natively_on(self, host: Self) -> bool {
        self == host
            || matches!(
                (self, host),
                (Self::I686, Self::X86_64)
                    | (Self::Armv7l, Self::Aarch64)
                    | (Self::Ppc64 | Self::Ppc64le, Self::Ppc64 | Self::Ppc64le)
            )
    }

    /// Whether an emulator that says it is of this architecture runs guests of another one: one of 64-bit PCs and ARM
    /// those of 32 bits, one of POWER both byte orders, one of 32-bit ARM every version.
    #[must_use]
    pub fn emulates(self, guest: Self) -> bool {
        let smaller = [(Self::X86_64, Self::I686), (Self::Aarch64, Self::Armv7l)];
        smaller.contains(&(self, guest)) || guest.qemu() == self.qemu()
    }

    fn row(self) -> Option<&'static Row> {
        ROWS.iter().find(|row| row.arch == self)
    }
}

impl std::fmt::Display for Arch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// What is known about the CPUs of the architecture of this name.
pub(crate) fn knowledge(name: &str) -> Option<Knowledge> {
    Arch::from_name(name)?.knowledge()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_architecture_reads_its_own_names() {
        for arch in Arch::all() {
            assert_eq!(Arch::from_name(arch.name()), Some(arch));
            assert!(Arch::from_qemu(arch.qemu()).is_some_and(|shared| shared.emulates(arch)));
            // What caches hold is the name of documents.
            let kept = serde_json::to_string(&arch).unwrap();
            assert_eq!(kept, format!("\"{arch}\""));
        }
        assert_eq!(Arch::from_qemu("i386"), Some(Arch::I686));
        assert_eq!(Arch::from_qemu("arm"), Some(Arch::Armv7l));
        assert_eq!(Arch::from_name("i386"), None);
        assert_eq!(Arch::from_name(""), None);
    }

    #[test]
    fn each_architecture_is_known_or_only_a_name() {
        assert_eq!(knowledge("i686"), Some(Knowledge::X86));
        assert_eq!(knowledge("ppc64le"), Some(Knowledge::Ppc));
        assert_eq!(knowledge("mips"), None);
        assert_eq!(knowledge("nonsense"), None);
    }

    #[test]
    fn a_32_bit_guest_runs_natively_on_its_64_bit_sibling() {
        assert!(Arch::I686.runs_natively_on(Arch::X86_64));
        assert!(!Arch::X86_64.runs_natively_on(Arch::I686));
        assert!(!Arch::Aarch64.runs_natively_on(Arch::X86_64));
    }

    #[test]
    fn an_emulator_runs_what_shares_its_name_and_smaller_siblings() {
        assert!(Arch::X86_64.emulates(Arch::I686));
        assert!(!Arch::I686.emulates(Arch::X86_64));
        assert!(Arch::Ppc64.emulates(Arch::Ppc64le));
        assert!(Arch::Aarch64.emulates(Arch::Armv7l));
        assert!(!Arch::Aarch64.emulates(Arch::Armv6l));
    }
}

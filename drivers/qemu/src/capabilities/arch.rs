//! Guest architectures: how the documents spell them and how QEMU does.

use serde::{Deserialize, Serialize};

/// A guest architecture for which QEMU has a system emulator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)] // The names are the architectures themselves.
pub enum Arch {
    Aarch64,
    Armv7l,
    I686,
    Loongarch64,
    Ppc64,
    Ppc64le,
    Riscv64,
    S390x,
    X86_64,
}

/// One row of what is known about an architecture.
struct Row {
    arch: Arch,
    name: &'static str,
    qemu: &'static str,
    word: u8,
}

/// Document name, the suffix of `qemu-system-*` (which is also the answer of `query-target`), word size.
const ROWS: &[Row] = &[
    Row {
        arch: Arch::Aarch64,
        name: "aarch64",
        qemu: "aarch64",
        word: 64,
    },
    Row {
        arch: Arch::Armv7l,
        name: "armv7l",
        qemu: "arm",
        word: 32,
    },
    Row {
        arch: Arch::I686,
        name: "i686",
        qemu: "i386",
        word: 32,
    },
    Row {
        arch: Arch::Loongarch64,
        name: "loongarch64",
        qemu: "loongarch64",
        word: 64,
    },
    Row {
        arch: Arch::Ppc64,
        name: "ppc64",
        qemu: "ppc64",
        word: 64,
    },
    Row {
        arch: Arch::Ppc64le,
        name: "ppc64le",
        qemu: "ppc64",
        word: 64,
    },
    Row {
        arch: Arch::Riscv64,
        name: "riscv64",
        qemu: "riscv64",
        word: 64,
    },
    Row {
        arch: Arch::S390x,
        name: "s390x",
        qemu: "s390x",
        word: 64,
    },
    Row {
        arch: Arch::X86_64,
        name: "x86_64",
        qemu: "x86_64",
        word: 64,
    },
];

impl Arch {
    /// Whether a document may name this architecture, whoever can run it.
    pub fn is_known(name: &str) -> bool {
        cpu::arch::exists(name)
    }

    /// Every architecture, in the order of the capabilities document (by name).
    pub fn all() -> impl Iterator<Item = Self> {
        ROWS.iter().map(|row| row.arch)
    }

    /// Reads the name that documents use, such as `x86_64` or `i686`.
    pub fn from_name(name: &str) -> Option<Self> {
        ROWS.iter().find(|row| row.name == name).map(|row| row.arch)
    }

    /// Reads QEMU's own name, the `arch` of `query-target`.
    pub fn from_qemu(name: &str) -> Option<Self> {
        ROWS.iter().find(|row| row.qemu == name).map(|row| row.arch)
    }

    /// The architecture that this program was built for, if QEMU emulates it.
    pub fn native() -> Option<Self> {
        match std::env::consts::ARCH {
            "x86" => Some(Self::I686),
            "arm" => Some(Self::Armv7l),
            other => Self::from_name(other),
        }
    }

    /// The name in documents.
    pub fn name(self) -> &'static str {
        self.row().map_or("", |row| row.name)
    }

    /// The suffix of the emulator's file name.
    pub fn qemu(self) -> &'static str {
        self.row().map_or("", |row| row.qemu)
    }

    /// Bits of a machine word, 32 or 64.
    pub fn word_size(self) -> u8 {
        self.row().map_or(64, |row| row.word)
    }

    /// Whether this is one of the two PC architectures.
    pub fn is_x86(self) -> bool {
        matches!(self, Self::I686 | Self::X86_64)
    }

    /// Whether a guest of this architecture can use KVM on a host of `host`.
    pub fn runs_natively_on(self, host: Self) -> bool {
        self == host
            || matches!(
                (self, host),
                (Self::I686, Self::X86_64)
                    | (Self::Armv7l, Self::Aarch64)
                    | (Self::Ppc64 | Self::Ppc64le, Self::Ppc64 | Self::Ppc64le)
            )
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_architecture_has_a_row_and_reads_its_own_names() {
        for arch in Arch::all() {
            assert_eq!(Arch::from_name(arch.name()), Some(arch));
            assert!(Arch::from_qemu(arch.qemu()).is_some());
        }
        assert_eq!(Arch::from_qemu("i386"), Some(Arch::I686));
        assert_eq!(Arch::from_name("i386"), None);
    }

    #[test]
    fn a_32_bit_guest_runs_natively_on_its_64_bit_sibling() {
        assert!(Arch::I686.runs_natively_on(Arch::X86_64));
        assert!(!Arch::X86_64.runs_natively_on(Arch::I686));
        assert!(!Arch::Aarch64.runs_natively_on(Arch::X86_64));
    }
}

//! A firmware descriptor, as far as guests are chosen by it.

use serde::Deserialize;

/// A firmware of the host.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Firmware {
    /// How the guest talks to it.
    pub interface_types: Vec<Interface>,
    /// How it is given to QEMU.
    pub mapping: Mapping,
    /// The machines that it is for.
    pub targets: Vec<Target>,
    /// What it can do.
    #[serde(default)]
    pub features: Vec<Feature>,
}

/// How a guest talks to a firmware.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Interface {
    /// As the first PCs did.
    Bios,
    /// As the UEFI specification says.
    Uefi,
    /// Anything else.
    #[serde(other)]
    Other,
}

/// How a firmware is given to QEMU.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "device", rename_all = "kebab-case")]
pub enum Mapping {
    /// As flash memory.
    #[serde(rename_all = "kebab-case")]
    Flash {
        /// What of it is written.
        #[serde(default)]
        mode: FlashMode,
        /// The program.
        executable: FlashFile,
        /// From what its variables are first copied; of split flash memory.
        nvram_template: Option<FlashFile>,
    },
    /// In place of a kernel.
    Kernel {
        /// The file's path.
        filename: String,
    },
    /// As a ROM.
    Memory {
        /// The file's path.
        filename: String,
    },
    /// Anything else.
    #[serde(other)]
    Other,
}

/// What of flash memory is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FlashMode {
    /// The variables, which are a file of their own.
    #[default]
    Split,
    /// Variables and program are in one file.
    Combined,
    /// Nothing: there are no variables.
    Stateless,
}

/// A file in flash memory.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct FlashFile {
    /// The file's path.
    pub filename: String,
    /// QEMU's word for its format: `raw`, `qcow2`.
    pub format: String,
}

/// Machines that a firmware is for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Target {
    /// The architecture of the machines.
    pub architecture: TargetArch,
    /// Their names, with `*` for anything.
    pub machines: Vec<String>,
}

/// An architecture as QEMU's descriptors spell it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct TargetArch(String);

impl TargetArch {
    /// The name that documents have for it.
    #[must_use]
    pub fn name(&self) -> &str {
        match self.0.as_str() {
            "i386" => "i686",
            "arm" => "armv7l",
            other => other,
        }
    }
}

/// What a firmware can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Feature {
    /// Sleep in memory.
    AcpiS3,
    /// Sleep on disk.
    AcpiS4,
    /// It runs in memory that AMD's processors encrypt (SEV).
    AmdSev,
    /// The same with encrypted registers (SEV-ES).
    AmdSevEs,
    /// The same with protected page tables (SEV-SNP).
    AmdSevSnp,
    /// Its variables have Secure Boot's keys.
    EnrolledKeys,
    /// It does not start without System Management Mode.
    RequiresSmm,
    /// It can do Secure Boot.
    SecureBoot,
    /// Anything else.
    #[serde(other)]
    Other,
}

impl Firmware {
    /// Whether it can do something.
    #[must_use]
    pub fn has(&self, feature: Feature) -> bool {
        self.features.contains(&feature)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_descriptor_is_read_with_what_nobody_here_knows() {
        let text = r#"{"description": "UEFI", "interface-types": ["uefi", "uboot"],
            "mapping": {"device": "flash",
                "executable": {"filename": "/c.fd", "format": "raw"},
                "nvram-template": {"filename": "/v.fd", "format": "raw"}},
            "targets": [{"architecture": "i386", "machines": ["pc-q35-*"]}],
            "features": ["acpi-s3", "secure-boot", "telepathy"], "tags": []}"#;
        let firmware: Firmware = serde_json::from_str(text).unwrap();
        assert!(firmware.has(Feature::SecureBoot) && !firmware.has(Feature::RequiresSmm));
        assert_eq!(
            firmware.interface_types,
            [Interface::Uefi, Interface::Other]
        );
        assert_eq!(firmware.targets[0].architecture.name(), "i686");
        let Mapping::Flash { mode, .. } = firmware.mapping else {
            panic!("it is in flash memory")
        };
        assert_eq!(mode, FlashMode::Split);
    }
}

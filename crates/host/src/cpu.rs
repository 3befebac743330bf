//! What the processors are.

use crate::error::HostError;
use crate::root::Root;

/// The first processor as the kernel describes it (`/proc/cpuinfo`). Fields that an architecture
/// does not have are missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Processor {
    /// The maker: `GenuineIntel`, `AuthenticAMD` …
    pub vendor: Option<String>,
    /// The maker's name for it.
    pub model_name: Option<String>,
    /// The family of its signature.
    pub family: Option<u32>,
    /// The model of its signature.
    pub model: Option<u32>,
    /// The stepping of its signature.
    pub stepping: Option<u32>,
    /// The version of its microcode.
    pub microcode: Option<u32>,
    /// The frequency when asked, in MHz.
    pub mhz: Option<u32>,
    /// How many bits a physical address has.
    pub physical_address_bits: Option<u32>,
    /// What it can do, in the kernel's words, as listed.
    pub flags: Vec<String>,
}

/// Reads what the first processor is.
///
/// # Errors
/// When `/proc` is not mounted.
pub fn processor(root: &Root) -> Result<Processor, HostError> {
    let text = root.read("proc/cpuinfo")?;
    let first = text.trim_start().split("\n\n").next().unwrap_or_default();
    let mut processor = Processor::default();
    for line in first.lines() {
        if let Some((name, value)) = line.split_once(':') {
            processor.set(name.trim(), value.trim());
        }
    }
    Ok(processor)
}

impl Processor {
    /// Whether it has a feature, by the kernel's word for it.
    #[must_use]
    pub fn has(&self, flag: &str) -> bool {
        self.flags.iter().any(|f| f == flag)
    }

    fn set(&mut self, name: &str, value: &str) {
        match name {
            "vendor_id" => self.vendor = Some(value.to_owned()),
            "model name" => self.model_name = Some(value.to_owned()),
            "cpu family" => self.family = value.parse().ok(),
            "model" => self.model = value.parse().ok(),
            "stepping" => self.stepping = value.parse().ok(),
            "microcode" => {
                let digits = value.strip_prefix("0x").unwrap_or(value);
                self.microcode = u32::from_str_radix(digits, 16).ok();
            }
            // Whole MHz: the public API has no fractions.
            "cpu MHz" => self.mhz = value.split('.').next().and_then(|mhz| mhz.parse().ok()),
            "address sizes" => {
                self.physical_address_bits =
                    value.split(' ').next().and_then(|bits| bits.parse().ok());
            }
            "flags" | "Features" => {
                self.flags = value.split_ascii_whitespace().map(str::to_owned).collect();
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::fake::tree;

    #[test]
    fn the_first_processor_is_described() {
        let (_dir, root) = tree(&[(
            "proc/cpuinfo",
            "processor\t: 0\nvendor_id\t: AuthenticAMD\ncpu family\t: 25\nmodel\t\t: 17\n\
             model name\t: AMD EPYC\nstepping\t: 1\nmicrocode\t: 0x1000065\ncpu MHz\t\t: 2596.142\n\
             flags\t\t: fpu vme de\naddress sizes\t: 48 bits physical, 48 bits virtual\n\n\
             processor\t: 1\nvendor_id\t: Other\n",
        )]);
        let cpu = super::processor(&root).unwrap();
        assert_eq!(cpu.vendor.as_deref(), Some("AuthenticAMD"));
        assert_eq!(
            (cpu.family, cpu.model, cpu.stepping),
            (Some(25), Some(17), Some(1))
        );
        assert_eq!((cpu.microcode, cpu.mhz), (Some(16_777_317), Some(2596)));
        assert_eq!(cpu.physical_address_bits, Some(48));
        assert!(cpu.has("vme") && !cpu.has("v"));
    }
}

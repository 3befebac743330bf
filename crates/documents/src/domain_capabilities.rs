//! `<domainCapabilities>`: what a guest of one emulator, architecture and machine can have.

use xml::{Xml, XmlEnum};

use crate::domain::{CpuFeature, CpuModel, MaxPhysAddr};

/// What a guest can have.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(name = "domainCapabilities", since = "1.2.7")]
pub struct DomainCapabilities {
    /// The emulator.
    #[xml(text_child, absent = "the hypervisor has none")]
    pub path: Option<String>,
    /// The kind of guest: `kvm`, `qemu` …
    #[xml(text_child, absent = "it is empty")]
    pub domain: String,
    /// The machine.
    #[xml(text_child, absent = "the hypervisor has none")]
    pub machine: Option<String>,
    /// The architecture.
    #[xml(text_child, absent = "it is empty")]
    pub arch: String,
    /// The most virtual CPUs.
    #[xml(
        child = "vcpu",
        attribute = "max",
        absent = "the hypervisor did not say"
    )]
    pub vcpu: Option<u32>,
    /// Whether there are I/O threads.
    #[xml(
        child = "iothreads",
        attribute = "supported",
        yes_no,
        since = "4.5.0",
        absent = "the hypervisor has none"
    )]
    pub iothreads: Option<bool>,
    /// Firmware.
    #[xml(child, since = "1.2.9")]
    pub os: Option<OsCapability>,
    /// CPUs.
    #[xml(child, since = "2.3.0")]
    pub cpu: CpuCapability,
    /// Where memory comes from.
    #[xml(child = "memoryBacking", since = "8.0.0")]
    pub memory_backing: Option<Capability>,
    /// Devices.
    #[xml(child)]
    pub devices: DeviceCapabilities,
    /// The rest.
    #[xml(child)]
    pub features: FeatureCapabilities,
}

/// Something that there may be, with the values of its attributes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Capability {
    /// Whether there is any.
    #[xml(attribute, yes_no, default = "`no`")]
    pub supported: bool,
    /// The values, attribute by attribute.
    #[xml(child = "enum")]
    pub enums: Vec<Values>,
}

impl Capability {
    /// Something that there is not.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Something that there is, or not.
    #[must_use]
    pub fn when(supported: bool) -> Self {
        Self {
            supported,
            enums: Vec::new(),
        }
    }

    /// Adds the values of an attribute.
    #[must_use]
    pub fn with(mut self, name: &str, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        if self.supported {
            self.enums.push(Values {
                name: name.to_owned(),
                values: values.into_iter().map(Into::into).collect(),
            });
        }
        self
    }
}

/// The values that an attribute can have.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct Values {
    /// The attribute, by a name of this document's own.
    #[xml(attribute, required)]
    pub name: String,
    /// The values.
    #[xml(text_child = "value")]
    pub values: Vec<String>,
}

/// Firmware.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct OsCapability {
    /// Whether firmware can be chosen.
    #[xml(attribute, yes_no, default = "`no`")]
    pub supported: bool,
    /// The kinds that can be selected by name.
    #[xml(child = "enum", since = "5.3.0")]
    pub enums: Vec<Values>,
    /// Firmware that is named by its file.
    #[xml(child)]
    pub loader: Option<LoaderCapability>,
}

/// Firmware that is named by its file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct LoaderCapability {
    /// Whether there is such.
    #[xml(attribute, yes_no, default = "`no`")]
    pub supported: bool,
    /// Files on this host.
    #[xml(text_child = "value")]
    pub values: Vec<String>,
    /// How they are loaded.
    #[xml(child = "enum")]
    pub enums: Vec<Values>,
}

/// CPUs.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct CpuCapability {
    /// Each way to choose one.
    #[xml(child = "mode")]
    pub modes: Vec<CpuModeCapability>,
}

/// A way to choose a CPU.
#[derive(Debug, Clone, PartialEq, Xml)]
#[xml(tag = "name", default = "`host-passthrough`")]
pub enum CpuModeCapability {
    /// The host's own.
    HostPassthrough(Capability),
    /// All that the hypervisor can.
    #[xml(since = "7.1.0")]
    Maximum(Capability),
    /// The host's, by a name and features.
    HostModel(HostModelCapability),
    /// One by its name.
    Custom(CustomCapability),
}

impl Default for CpuModeCapability {
    fn default() -> Self {
        Self::HostPassthrough(Capability::default())
    }
}

/// What the host's model stands for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct HostModelCapability {
    /// Whether there is any.
    #[xml(attribute, yes_no, default = "`no`")]
    pub supported: bool,
    /// The model.
    #[xml(child)]
    pub model: Option<CpuModel>,
    /// Its maker.
    #[xml(text_child, absent = "any will do")]
    pub vendor: Option<String>,
    /// How many bits its addresses have.
    #[xml(child, since = "9.3.0")]
    pub maxphysaddr: Option<MaxPhysAddr>,
    /// Its features.
    #[xml(child = "feature")]
    pub features: Vec<CpuFeature>,
}

/// The models that can be named.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
pub struct CustomCapability {
    /// Whether there are any.
    #[xml(attribute, yes_no, default = "`no`")]
    pub supported: bool,
    /// Models, each followed by what keeps it from being used.
    #[xml(choice)]
    pub entries: Vec<CustomEntry>,
}

/// A model, or what keeps the one before from being used.
#[derive(Debug, Clone, PartialEq, Xml)]
pub enum CustomEntry {
    /// A model.
    Model(NamedModel),
    /// What keeps it from being used.
    #[xml(since = "10.9.0")]
    Blockers(ModelBlockers),
}

impl Default for CustomEntry {
    fn default() -> Self {
        Self::Model(NamedModel::default())
    }
}

/// A model.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct NamedModel {
    /// Whether a guest can have it here.
    #[xml(attribute, default = "`yes`", since = "2.3.0")]
    pub usable: Usable,
    /// Whether it will go away.
    #[xml(attribute, yes_no, since = "7.1.0", default = "`no`")]
    pub deprecated: Option<bool>,
    /// Its maker, or `unknown`.
    #[xml(attribute, since = "8.9.0", default = "`unknown`")]
    pub vendor: Option<String>,
    /// The versioned model that it stands for.
    #[xml(
        attribute,
        since = "10.10.0",
        absent = "the name is that of the model itself"
    )]
    pub canonical: Option<String>,
    /// Its name.
    #[xml(text, absent = "it is empty")]
    pub name: String,
}

/// Whether a guest can have a model.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum Usable {
    /// It can.
    Yes,
    /// It cannot.
    No,
    /// Nobody says.
    #[default]
    Unknown,
}

/// What keeps a model from being used.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct ModelBlockers {
    /// The model.
    #[xml(attribute, absent = "it is empty")]
    pub model: String,
    /// The features that the host lacks.
    #[xml(child = "feature")]
    pub features: Vec<CpuFeature>,
}

/// Devices.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct DeviceCapabilities {
    /// Disks.
    #[xml(child)]
    pub disk: Option<Capability>,
    /// Screens on the host.
    #[xml(child, since = "1.3.5")]
    pub graphics: Option<Capability>,
    /// Video cards.
    #[xml(child, since = "1.3.5")]
    pub video: Option<Capability>,
    /// Devices of the host.
    #[xml(child)]
    pub hostdev: Option<Capability>,
    /// Random number generators.
    #[xml(child, since = "5.7.0")]
    pub rng: Option<Capability>,
    /// Folders of the host.
    #[xml(child, since = "7.10.0")]
    pub filesystem: Option<Capability>,
    /// Trusted platform modules.
    #[xml(child, since = "8.0.0")]
    pub tpm: Option<Capability>,
    /// USB devices of clients.
    #[xml(child, since = "8.9.0")]
    pub redirdev: Option<Capability>,
    /// Channels between host and guest.
    #[xml(child, since = "8.9.0")]
    pub channel: Option<Capability>,
    /// Devices that encrypt.
    #[xml(child, since = "9.1.0")]
    pub crypto: Option<Capability>,
    /// Network cards.
    #[xml(child, since = "10.10.0")]
    pub interface: Option<Capability>,
    /// Where the guest says that it has crashed.
    #[xml(child, since = "10.10.0")]
    pub panic: Option<Capability>,
}

/// Features of the whole guest, and what the driver can do with it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct FeatureCapabilities {
    /// ARM's interrupt controller.
    #[xml(child, since = "1.3.4")]
    pub gic: Option<Capability>,
    /// Where the guest can leave data for a core dump.
    #[xml(child, since = "5.1.0")]
    pub vmcoreinfo: Option<Capability>,
    /// The VM generation ID.
    #[xml(child, since = "5.1.0")]
    pub genid: Option<Capability>,
    /// Whether a chain of images is taken as the document says it.
    #[xml(child = "backingStoreInput", since = "5.10.0")]
    pub backing_store_input: Option<Capability>,
    /// Whether backups of changes only can be made.
    #[xml(child, since = "6.0.0")]
    pub backup: Option<Capability>,
    /// Whether memory is given back after the process's end.
    #[xml(child = "async-teardown", since = "9.6.0")]
    pub async_teardown: Option<Capability>,
    /// Protected guests of s390.
    #[xml(child = "s390-pv", since = "7.6.0")]
    pub s390_pv: Option<Capability>,
    /// Whether the PS/2 controller can be taken out.
    #[xml(child, since = "10.7.0")]
    pub ps2: Option<Capability>,
    /// AMD's encryption of memory.
    #[xml(child, since = "4.5.0")]
    pub sev: Option<SevCapability>,
    /// Intel's enclaves.
    #[xml(child, since = "8.10.0")]
    pub sgx: Option<SgxCapability>,
    /// Hyper-V's enlightenments.
    #[xml(child, since = "9.0.0")]
    pub hyperv: Option<Capability>,
    /// Ways to keep the host from reading the guest's memory.
    #[xml(child = "launchSecurity", since = "10.5.0")]
    pub launch_security: Option<Capability>,
}

/// AMD's memory encryption.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(absent = "the host did not say")]
pub struct SevCapability {
    /// Whether there is any.
    #[xml(attribute, yes_no, default = "`no`")]
    pub supported: bool,
    /// Which bit of an address says that memory is encrypted.
    #[xml(text_child)]
    pub cbitpos: Option<u32>,
    /// By how many bits addresses are shorter.
    #[xml(text_child)]
    pub reduced_phys_bits: Option<u32>,
    /// How many such guests there can be.
    #[xml(text_child, since = "8.0.0")]
    pub max_guests: Option<u32>,
    /// How many with encrypted state there can be.
    #[xml(text_child = "maxESGuests", since = "8.0.0")]
    pub max_es_guests: Option<u32>,
    /// The key of the processor.
    #[xml(text_child = "cpu0Id", since = "8.4.0")]
    pub cpu0_id: Option<String>,
}

/// Intel's enclaves.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(absent = "the host did not say")]
pub struct SgxCapability {
    /// Whether there are any.
    #[xml(attribute, yes_no, default = "`no`")]
    pub supported: bool,
    /// Flexible launch control: `yes`, `no`.
    #[xml(text_child)]
    pub flc: Option<String>,
    /// Version 1: `yes`, `no`.
    #[xml(text_child)]
    pub sgx1: Option<String>,
    /// Version 2: `yes`, `no`.
    #[xml(text_child)]
    pub sgx2: Option<String>,
    /// The memory for them, in KiB.
    #[xml(text_child = "section_size", unit = "KiB")]
    pub section_size: Option<u64>,
    /// The same by node.
    #[xml(child = "section", wrapper = "sections")]
    pub sections: Vec<SgxSectionCapability>,
}

/// The memory for enclaves of a node.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(absent = "0")]
pub struct SgxSectionCapability {
    /// The node.
    #[xml(attribute)]
    pub node: u32,
    /// Its size.
    #[xml(attribute)]
    pub size: u64,
    /// The unit of that.
    #[xml(attribute, absent = "it is empty")]
    pub unit: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_has_no_values() {
        let document = DomainCapabilities {
            domain: "kvm".to_owned(),
            arch: "x86_64".to_owned(),
            cpu: CpuCapability {
                modes: vec![
                    CpuModeCapability::HostPassthrough(Capability::none().with("a", ["b"])),
                    CpuModeCapability::Custom(CustomCapability {
                        supported: true,
                        entries: vec![CustomEntry::Model(NamedModel {
                            usable: Usable::Yes,
                            name: "qemu64".to_owned(),
                            ..NamedModel::default()
                        })],
                    }),
                ],
            },
            memory_backing: Some(Capability::when(true).with("sourceType", ["file"])),
            ..DomainCapabilities::default()
        };
        let text = xml::format(&document);
        let expected = [
            "<mode name='host-passthrough' supported='no'/>",
            "<mode name='custom' supported='yes'>",
            "<model usable='yes'>qemu64</model>",
            "<memoryBacking supported='yes'>",
            "<enum name='sourceType'>",
        ];
        for line in expected {
            assert!(text.contains(line), "{line} in {text}");
        }
        assert_eq!(
            xml::parse::<DomainCapabilities>(&text, &xml::Options::strict()),
            Ok(document)
        );
    }
}

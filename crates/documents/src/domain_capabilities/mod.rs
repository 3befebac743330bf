//! `<domainCapabilities>`: what a guest of one emulator, architecture and machine can have.

mod cpu;
mod devices;
mod features;
mod os;

pub use cpu::*;
pub use devices::*;
pub use features::*;
pub use os::*;

use xml::Xml;

/// What a guest can have.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(name = "domainCapabilities", since = "1.2.7")]
pub struct DomainCapabilities {
    /// The path of the emulator.
    #[xml(text_child, absent = "the hypervisor has none")]
    pub path: Option<String>,
    /// The kind of guest: `kvm`, `qemu` …
    #[xml(text_child, absent = "it is empty")]
    pub domain: String,
    /// The machine, by the name that others stand for.
    #[xml(text_child, absent = "the hypervisor has none")]
    pub machine: Option<String>,
    /// The architecture of the guest: `x86_64`.
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
    /// The ways to boot.
    #[xml(child, since = "1.2.9")]
    pub os: Option<OsCapability>,
    /// The CPUs that there are, by the mode of their choice.
    #[xml(child, since = "2.3.0")]
    pub cpu: CpuCapability,
    /// Where memory comes from.
    #[xml(child = "memoryBacking", since = "8.0.0")]
    pub memory_backing: Option<Capability>,
    /// The devices that there are, by their element.
    #[xml(child)]
    pub devices: DeviceCapabilities,
    /// The features that there are, by their element.
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
    /// The words that the attribute can have.
    #[xml(text_child = "value")]
    pub values: Vec<String>,
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

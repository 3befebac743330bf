//! `<cpu>`: the CPU models that there are.

use xml::{Xml, XmlEnum};

use super::Capability;
use crate::domain::{CpuFeature, CpuModel, MaxPhysAddr};

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
    /// The model as documents name it.
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
    /// The model that cannot be had.
    #[xml(attribute, absent = "it is empty")]
    pub model: String,
    /// The features that the host lacks.
    #[xml(child = "feature")]
    pub features: Vec<CpuFeature>,
}

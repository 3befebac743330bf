//! `<cachetune>` and `<memorytune>`: parts of the host's caches and of its memory bandwidth.

use xml::{Xml, XmlEnum};

/// Shares of caches.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "cache | monitor")]
pub struct CacheTune {
    /// The virtual CPUs: a list.
    #[xml(
        attribute,
        required,
        fault = "Content",
        schema = "crate::pattern::CPU_SET"
    )]
    pub vcpus: String,
    /// The group's name on the host.
    #[xml(attribute, absent = "the domain is not running")]
    pub id: Option<String>,
    /// The shares.
    #[xml(child = "cache")]
    pub caches: Vec<CacheShare>,
    /// What is measured.
    #[xml(child = "monitor", since = "4.10.0")]
    pub monitors: Vec<CacheMonitor>,
}

/// A share of a cache.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct CacheShare {
    /// The cache.
    #[xml(attribute, required)]
    pub id: u32,
    /// Its level.
    #[xml(attribute, required)]
    pub level: u32,
    /// What it holds.
    #[xml(attribute = "type", required)]
    pub kind: CacheKind,
    /// The size.
    #[xml(attribute, required)]
    pub size: u64,
    /// The unit of that.
    #[xml(attribute, schema = "crate::pattern::UNIT", default = "`bytes`")]
    pub unit: Option<String>,
}

/// What a cache holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum CacheKind {
    /// Code and data.
    #[default]
    Both,
    /// Code.
    Code,
    /// Data.
    Data,
}

/// What is measured of caches.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct CacheMonitor {
    /// The level.
    #[xml(attribute, required)]
    pub level: u32,
    /// The virtual CPUs: a list.
    #[xml(
        attribute,
        required,
        schema = "crate::pattern::CPU_SET",
        missing = "Content"
    )]
    pub vcpus: String,
}

/// Shares of memory bandwidth.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "node | monitor")]
pub struct MemoryTune {
    /// The virtual CPUs: a list.
    #[xml(
        attribute,
        required,
        fault = "Content",
        schema = "crate::pattern::CPU_SET"
    )]
    pub vcpus: String,
    /// The group's name on the host.
    #[xml(attribute, schema_absent, absent = "the domain is not running")]
    pub id: Option<String>,
    /// The shares.
    #[xml(child = "node")]
    pub nodes: Vec<MemoryShare>,
    /// What is measured.
    #[xml(child = "monitor", since = "4.10.0")]
    pub monitors: Vec<MemoryMonitor>,
}

/// A share of memory bandwidth.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct MemoryShare {
    /// The node.
    #[xml(attribute, required)]
    pub id: u32,
    /// The share in percent.
    #[xml(attribute, required)]
    pub bandwidth: u32,
}

/// What is measured of memory bandwidth.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct MemoryMonitor {
    /// The virtual CPUs: a list.
    #[xml(attribute, required, schema = "crate::pattern::CPU_SET")]
    pub vcpus: String,
}

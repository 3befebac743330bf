//! `<features>`: whatever else there is.

use xml::Xml;

use super::Capability;

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
    /// The NUMA node of the host.
    #[xml(attribute)]
    pub node: u32,
    /// How much memory of it enclaves can have, in the unit beside it.
    #[xml(attribute)]
    pub size: u64,
    /// The unit of that.
    #[xml(attribute, absent = "it is empty")]
    pub unit: String,
}

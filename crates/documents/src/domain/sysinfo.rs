//! `<sysinfo>`: what the guest's firmware tables say.

use xml::Xml;

/// What the guest's firmware tables say.
#[derive(Debug, Clone, PartialEq, Eq, Xml)]
#[xml(tag = "type", required)]
pub enum SysInfo {
    /// SMBIOS tables.
    Smbios(SmbiosInfo),
    /// QEMU's firmware configuration.
    #[xml(name = "fwcfg", since = "6.5.0")]
    FwCfg(FwCfgInfo),
}

impl Default for SysInfo {
    fn default() -> Self {
        Self::Smbios(SmbiosInfo::default())
    }
}

/// SMBIOS tables.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct SmbiosInfo {
    /// Of the BIOS.
    #[xml(child = "entry", wrapper = "bios", schema_required)]
    pub bios: Vec<SmbiosEntry>,
    /// Of the machine.
    #[xml(child = "entry", wrapper = "system", schema_required)]
    pub system: Vec<SmbiosEntry>,
    /// Of boards.
    #[xml(child = "baseBoard", since = "1.2.17")]
    pub base_boards: Vec<BaseBoard>,
    /// Of the case.
    #[xml(child = "entry", wrapper = "chassis", schema_required, since = "4.1.0")]
    pub chassis: Vec<SmbiosEntry>,
    /// Free texts.
    #[xml(
        text_child = "entry",
        wrapper = "oemStrings",
        schema_required,
        since = "4.1.0"
    )]
    pub oem_strings: Vec<String>,
}

/// A board.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct BaseBoard {
    /// What is said of it.
    #[xml(child = "entry", schema_required)]
    pub entries: Vec<SmbiosEntry>,
}

/// An entry of an SMBIOS table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct SmbiosEntry {
    /// Its name: `vendor`, `version`, `serial` …
    #[xml(
        attribute,
        schema_required,
        schema_words = "asset date family location manufacturer product release serial sku uuid vendor version"
    )]
    pub name: String,
    /// Its value.
    #[xml(text, absent = "it is empty")]
    pub value: String,
}

/// QEMU's firmware configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct FwCfgInfo {
    /// Its entries.
    #[xml(child = "entry", since = "6.5.0")]
    pub entries: Vec<FwCfgEntry>,
}

/// An entry of QEMU's firmware configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "@file => no #text")]
pub struct FwCfgEntry {
    /// Its name: `opt/…`.
    #[xml(attribute, required, missing = "Content")]
    pub name: String,
    /// The file that has its value.
    #[xml(attribute, absent = "the text is the value")]
    pub file: Option<String>,
    /// Its value.
    #[xml(text, absent = "the file has the value")]
    pub value: Option<String>,
}

/// Whose memory the host cannot read.
#[derive(Debug, Clone, PartialEq, Eq, Xml)]
#[xml(tag = "type", required)]
pub enum LaunchSecurity {
    /// AMD SEV.
    Sev(Sev),
    /// AMD SEV-SNP.
    #[xml(since = "10.5.0")]
    SevSnp(SevSnp),
    /// IBM Secure Execution.
    #[xml(name = "s390-pv", since = "7.6.0")]
    S390Pv,
}

impl Default for LaunchSecurity {
    fn default() -> Self {
        Self::Sev(Sev::default())
    }
}

/// AMD SEV.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(absent = "the host says it")]
pub struct Sev {
    /// Whether the kernel's hashes are measured.
    #[xml(attribute, yes_no, since = "8.0.0", default = "`no`")]
    pub kernel_hashes: Option<bool>,
    /// The place of the bit that encrypts a page.
    #[xml(text_child, fault = "Content")]
    pub cbitpos: Option<u32>,
    /// Bits that an address loses.
    #[xml(text_child, fault = "Content")]
    pub reduced_phys_bits: Option<u32>,
    /// The policy.
    #[xml(text_child, hex = 4, required, fault = "Content")]
    pub policy: u32,
    /// The owner's key.
    #[xml(text_child, absent = "the host's firmware makes one")]
    pub dh_cert: Option<String>,
    /// The owner's session.
    #[xml(text_child, absent = "the host's firmware makes one")]
    pub session: Option<String>,
}

/// AMD SEV-SNP.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(absent = "the hypervisor's: none")]
pub struct SevSnp {
    /// Whether the kernel's hashes are measured.
    #[xml(attribute, yes_no, since = "10.5.0", default = "`no`")]
    pub kernel_hashes: Option<bool>,
    /// Whether the identity block has the author's key.
    #[xml(attribute, yes_no, since = "10.5.0", default = "`no`")]
    pub author_key: Option<bool>,
    /// Whether reports are signed with the chip's own key.
    #[xml(attribute, yes_no, since = "10.5.0", default = "`yes`")]
    pub vcek: Option<bool>,
    /// The place of the bit that encrypts a page.
    #[xml(
        text_child,
        fault = "Content",
        since = "10.5.0",
        absent = "the host says it"
    )]
    pub cbitpos: Option<u32>,
    /// Bits that an address loses.
    #[xml(
        text_child,
        fault = "Content",
        since = "10.5.0",
        absent = "the host says it"
    )]
    pub reduced_phys_bits: Option<u32>,
    /// The policy.
    #[xml(text_child, hex = 8, required, fault = "Content", since = "10.5.0")]
    pub policy: u64,
    /// Workarounds that the guest sees.
    #[xml(text_child, since = "10.5.0")]
    pub guest_visible_workarounds: Option<String>,
    /// The identity block.
    #[xml(text_child, since = "10.5.0")]
    pub id_block: Option<String>,
    /// Its signature.
    #[xml(text_child, since = "10.5.0")]
    pub id_auth: Option<String>,
    /// Data of the host.
    #[xml(text_child, since = "10.5.0")]
    pub host_data: Option<String>,
}

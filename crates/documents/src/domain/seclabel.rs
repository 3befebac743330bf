//! `<seclabel>`: labels of the security drivers.

use xml::{Xml, XmlEnum};

/// The labels of one security driver for the domain.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "@type!='|dynamic' => no baselabel")]
#[xml(rule = "@type='static' => label")]
#[xml(rule = "@type='|dynamic' => @relabel!='no'")]
#[xml(rule = "@type='none' => @relabel!='yes'")]
#[xml(rule = "@type='none' => no label, imagelabel")]
pub struct SecLabel {
    /// Who makes the label.
    #[xml(attribute = "type", default = "`dynamic`", since = "0.6.1")]
    pub kind: Option<SecLabelKind>,
    /// The driver: `selinux`, `apparmor`, `dac`.
    #[xml(attribute, since = "0.6.1", absent = "the host's only driver")]
    pub model: Option<String>,
    /// Whether files are labelled too.
    #[xml(
        attribute,
        yes_no,
        since = "0.9.4",
        default = "`yes`, of a dynamic label; `no` of the others"
    )]
    pub relabel: Option<bool>,
    /// The process's label.
    #[xml(text_child, absent = "it is made at start; an error of a static one")]
    pub label: Option<String>,
    /// What a made label starts from.
    #[xml(text_child, since = "0.9.4", absent = "the driver's own")]
    pub baselabel: Option<String>,
    /// The files' label.
    #[xml(
        text_child,
        absent = "the domain is not running, or nothing is labelled"
    )]
    pub imagelabel: Option<String>,
}

/// Who makes a label.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, XmlEnum)]
pub enum SecLabelKind {
    /// The driver.
    #[default]
    Dynamic,
    /// The document.
    Static,
    /// Nobody.
    #[xml(since = "0.9.10")]
    None,
}

/// The label of one device's file or socket.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "@relabel='no' => no @labelskip, label")]
#[xml(rule = "@labelskip => no @relabel, label")]
#[xml(rule = "@relabel!='no' & !@labelskip => label")]
pub struct DeviceSecLabel {
    /// The driver.
    #[xml(attribute, since = "0.10.2", absent = "all drivers")]
    pub model: Option<String>,
    /// Whether the driver need not be there for it.
    #[xml(
        attribute,
        schema_words = "yes",
        since = "1.1.2",
        absent = "the driver must be there"
    )]
    pub labelskip: Option<String>,
    /// Whether it is labelled.
    #[xml(attribute, yes_no, default = "`yes`")]
    pub relabel: Option<bool>,
    /// The label.
    #[xml(text_child, absent = "the domain's")]
    pub label: Option<String>,
}

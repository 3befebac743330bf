//! A source whose kind is said by an attribute of the element around it.

use xml::Xml;

use super::{Auth, Initiator, NetworkProtocol, SourceCommon, SourceHost};

/// A source whose kind is said by an attribute of the element around it.
#[derive(Debug, Clone, Default, PartialEq, Xml)]
#[xml(absent = "the source is of another kind")]
pub struct AnySource {
    /// The path of a file.
    #[xml(attribute, schema = "crate::pattern::SOURCE_FILE")]
    pub file: Option<String>,
    /// The path of a block device.
    #[xml(attribute, schema = "crate::pattern::DEVICE_PATH")]
    pub dev: Option<String>,
    /// The pool of a volume.
    #[xml(attribute, schema = "crate::pattern::POOL_NAME")]
    pub pool: Option<String>,
    /// The volume.
    #[xml(attribute, schema = "crate::pattern::FILE_NAME")]
    pub volume: Option<String>,
    /// The protocol of a network source.
    #[xml(attribute)]
    pub protocol: Option<NetworkProtocol>,
    /// The image of a network source.
    #[xml(attribute)]
    pub name: Option<String>,
    /// What all sources have.
    #[xml(flatten)]
    pub common: SourceCommon,
    /// The servers of a network source.
    #[xml(child = "host")]
    pub hosts: Vec<SourceHost>,
    /// Who logs in.
    #[xml(child)]
    pub auth: Option<Auth>,
    /// Who connects to iSCSI.
    #[xml(child)]
    pub initiator: Option<Initiator>,
}

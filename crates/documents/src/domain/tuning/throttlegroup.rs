//! `<throttlegroup>`: limits that several disks share.

use xml::Xml;

use crate::domain::{BurstLengths, IoLimits};

/// A group of limits that several disks are in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct ThrottleGroup {
    /// The limits.
    #[xml(flatten)]
    pub limits: IoLimits,
    /// How long a burst may last.
    #[xml(flatten)]
    pub lengths: BurstLengths,
    /// The group's name, by which disks say that they are in it.
    #[xml(text_child = "group_name", absent = "the group is refused")]
    pub name: Option<String>,
}

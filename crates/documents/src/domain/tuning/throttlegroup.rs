//! `<throttlegroup>`: limits that several disks share.

use xml::Xml;

use crate::domain::IoTune;

/// A group of limits that several disks are in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct ThrottleGroup {
    /// The limits, `group_name` being the group's name.
    #[xml(flatten)]
    pub limits: IoTune,
}

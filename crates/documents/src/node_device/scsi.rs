//! SCSI of the host.

use xml::Xml;

/// A SCSI host.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(ordered)]
pub struct ScsiHostCapability {
    /// Its number.
    #[xml(text_child, schema_required)]
    pub host: u32,
    /// Its number among those of its device.
    #[xml(
        text_child = "unique_id",
        since = "1.2.7",
        absent = "the host did not say"
    )]
    pub unique_id: Option<u32>,
    /// More of what it is.
    #[xml(child = "capability")]
    pub capabilities: Vec<ScsiHostSubCapability>,
}

/// More of what a SCSI host is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(ordered, absent = "the adapter is of another kind")]
#[xml(rule = "@type='fc_host' => wwnn, wwpn")]
#[xml(rule = "@type!='fc_host' => no wwnn, wwpn, fabric_wwn")]
#[xml(rule = "@type='vport_ops' => max_vports, vports")]
#[xml(rule = "@type!='vport_ops' => no max_vports, vports")]
pub struct ScsiHostSubCapability {
    /// `fc_host`, `vport_ops`.
    #[xml(
        attribute = "type",
        required,
        schema_words = "fc_host vport_ops",
        since = "0.6.5"
    )]
    pub kind: String,
    /// The node's name.
    #[xml(text_child, schema = "crate::pattern::WWN", since = "0.6.5")]
    pub wwnn: Option<String>,
    /// The port's name.
    #[xml(text_child, schema = "crate::pattern::WWN", since = "0.6.5")]
    pub wwpn: Option<String>,
    /// The fabric's name.
    #[xml(
        text_child = "fabric_wwn",
        schema = "crate::pattern::WWN",
        since = "0.9.8"
    )]
    pub fabric_wwn: Option<String>,
    /// The most virtual ports.
    #[xml(text_child = "max_vports", since = "1.0.4")]
    pub max_vports: Option<u32>,
    /// Virtual ports.
    #[xml(text_child, since = "1.0.4")]
    pub vports: Option<u32>,
}

/// A SCSI target.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(ordered)]
pub struct ScsiTargetCapability {
    /// Its name.
    #[xml(text_child, schema_required)]
    pub target: Option<String>,
    /// The remote port that it is behind.
    #[xml(child = "capability", since = "3.4.0")]
    pub remote_port: Option<RemotePort>,
}

/// A remote port of fibre channel.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(ordered, since = "3.4.0")]
pub struct RemotePort {
    /// `fc_remote_port`.
    #[xml(attribute = "type", required, schema_words = "fc_remote_port")]
    pub kind: String,
    /// Its name.
    #[xml(text_child, schema_required)]
    pub rport: Option<String>,
    /// The port's name in the world.
    #[xml(text_child, schema_required, schema = "crate::pattern::WWN")]
    pub wwpn: Option<String>,
}

/// A SCSI device.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(ordered)]
pub struct ScsiCapability {
    /// The number of the host adapter.
    #[xml(text_child, schema_required)]
    pub host: u32,
    /// The bus of the adapter.
    #[xml(text_child, schema_required)]
    pub bus: u32,
    /// The target on the bus.
    #[xml(text_child, schema_required)]
    pub target: u32,
    /// The logical unit of the target.
    #[xml(text_child, schema_required)]
    pub lun: u32,
    /// What it is: `disk`.
    #[xml(text_child = "type", absent = "the host did not say")]
    pub kind: Option<String>,
}

/// A character device.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct CharCapability {
    /// Its node.
    #[xml(text_child, schema_required)]
    pub char: Option<String>,
}

//! `<blkiotune>`: shares of disk I/O.

use xml::Xml;

/// Shares of disk I/O.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct BlkioTune {
    /// The domain's weight.
    #[xml(
        text_child,
        lax,
        schema = "crate::pattern::WEIGHT",
        absent = "the host decides",
        with = "xml::Wrapping"
    )]
    pub weight: Option<u32>,
    /// Shares of single devices.
    #[xml(child = "device", since = "0.9.8")]
    pub devices: Vec<BlkioDevice>,
}

/// Shares of one device of the host.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(absent = "there is no limit")]
pub struct BlkioDevice {
    /// The device.
    #[xml(
        text_child,
        required,
        fault = "Unsupported",
        lax = "empty",
        schema = "crate::pattern::ABSOLUTE_PATH"
    )]
    pub path: String,
    /// The weight.
    #[xml(
        text_child,
        fault = "Unsupported",
        schema = "crate::pattern::WEIGHT",
        absent = "the host decides"
    )]
    pub weight: Option<u32>,
    /// Read requests a second.
    #[xml(
        text_child = "read_iops_sec",
        fault = "Unsupported",
        with = "xml::Wrapping",
        schema = "crate::pattern::UINT",
        since = "1.2.2"
    )]
    pub read_iops_sec: Option<u32>,
    /// Write requests a second.
    #[xml(
        text_child = "write_iops_sec",
        fault = "Unsupported",
        with = "xml::Wrapping",
        schema = "crate::pattern::UINT",
        since = "1.2.2"
    )]
    pub write_iops_sec: Option<u32>,
    /// Bytes read a second.
    #[xml(text_child = "read_bytes_sec", fault = "Unsupported", since = "1.2.2")]
    pub read_bytes_sec: Option<u64>,
    /// Bytes written a second.
    #[xml(text_child = "write_bytes_sec", fault = "Unsupported", since = "1.2.2")]
    pub write_bytes_sec: Option<u64>,
}

//! `<iotune>`: the limits of a disk.

use xml::Xml;

/// The limits of a disk, and for how long a burst may exceed them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
pub struct IoTune {
    /// The limits.
    #[xml(flatten)]
    pub limits: IoLimits,
    /// Disks with the same name share the limits.
    #[xml(
        text_child = "group_name",
        since = "3.0.0",
        absent = "the limits are the disk's own"
    )]
    pub group_name: Option<String>,
    /// How long a burst may last.
    #[xml(flatten)]
    pub lengths: BurstLengths,
}

/// Limits of I/O: bytes or requests per second.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(rule = "total_bytes_sec => no read_bytes_sec, write_bytes_sec")]
#[xml(rule = "total_iops_sec => no read_iops_sec, write_iops_sec")]
#[xml(rule = "total_bytes_sec_max => no read_bytes_sec_max, write_bytes_sec_max")]
#[xml(rule = "total_iops_sec_max => no read_iops_sec_max, write_iops_sec_max")]
#[xml(absent = "there is no limit")]
pub struct IoLimits {
    /// Bytes, both ways.
    #[xml(text_child = "total_bytes_sec", fault = "Content")]
    pub total_bytes_sec: Option<u64>,
    /// Bytes read.
    #[xml(text_child = "read_bytes_sec", fault = "Content")]
    pub read_bytes_sec: Option<u64>,
    /// Bytes written.
    #[xml(text_child = "write_bytes_sec", fault = "Content")]
    pub write_bytes_sec: Option<u64>,
    /// Requests, both ways.
    #[xml(text_child = "total_iops_sec", fault = "Content")]
    pub total_iops_sec: Option<u64>,
    /// Read requests.
    #[xml(text_child = "read_iops_sec", fault = "Content")]
    pub read_iops_sec: Option<u64>,
    /// Write requests.
    #[xml(text_child = "write_iops_sec", fault = "Content")]
    pub write_iops_sec: Option<u64>,
    /// Bytes in a burst, both ways.
    #[xml(
        text_child = "total_bytes_sec_max",
        fault = "Content",
        since = "1.2.11",
        absent = "no burst goes beyond the limit"
    )]
    pub total_bytes_sec_max: Option<u64>,
    /// Bytes read in a burst.
    #[xml(
        text_child = "read_bytes_sec_max",
        fault = "Content",
        since = "1.2.11",
        absent = "no burst goes beyond the limit"
    )]
    pub read_bytes_sec_max: Option<u64>,
    /// Bytes written in a burst.
    #[xml(
        text_child = "write_bytes_sec_max",
        fault = "Content",
        since = "1.2.11",
        absent = "no burst goes beyond the limit"
    )]
    pub write_bytes_sec_max: Option<u64>,
    /// Requests in a burst, both ways.
    #[xml(
        text_child = "total_iops_sec_max",
        fault = "Content",
        since = "1.2.11",
        absent = "no burst goes beyond the limit"
    )]
    pub total_iops_sec_max: Option<u64>,
    /// Read requests in a burst.
    #[xml(
        text_child = "read_iops_sec_max",
        fault = "Content",
        since = "1.2.11",
        absent = "no burst goes beyond the limit"
    )]
    pub read_iops_sec_max: Option<u64>,
    /// Write requests in a burst.
    #[xml(
        text_child = "write_iops_sec_max",
        fault = "Content",
        since = "1.2.11",
        absent = "no burst goes beyond the limit"
    )]
    pub write_iops_sec_max: Option<u64>,
    /// The size that counts as one request.
    #[xml(
        text_child = "size_iops_sec",
        fault = "Content",
        since = "1.2.11",
        absent = "each request counts as one"
    )]
    pub size_iops_sec: Option<u64>,
}

/// How many seconds each kind of burst may last.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(
    rule = "total_bytes_sec_max_length => no read_bytes_sec_max_length, write_bytes_sec_max_length"
)]
#[xml(rule = "total_iops_sec_max_length => no read_iops_sec_max_length, write_iops_sec_max_length")]
pub struct BurstLengths {
    /// Seconds of a burst, bytes both ways.
    #[xml(
        text_child = "total_bytes_sec_max_length",
        fault = "Content",
        since = "2.4.0",
        default = "1"
    )]
    pub total_bytes_sec_max_length: Option<u64>,
    /// Seconds of a burst, bytes read.
    #[xml(
        text_child = "read_bytes_sec_max_length",
        fault = "Content",
        since = "2.4.0",
        default = "1"
    )]
    pub read_bytes_sec_max_length: Option<u64>,
    /// Seconds of a burst, bytes written.
    #[xml(
        text_child = "write_bytes_sec_max_length",
        fault = "Content",
        since = "2.4.0",
        default = "1"
    )]
    pub write_bytes_sec_max_length: Option<u64>,
    /// Seconds of a burst, requests both ways.
    #[xml(
        text_child = "total_iops_sec_max_length",
        fault = "Content",
        since = "2.4.0",
        default = "1"
    )]
    pub total_iops_sec_max_length: Option<u64>,
    /// Seconds of a burst, read requests.
    #[xml(
        text_child = "read_iops_sec_max_length",
        fault = "Content",
        since = "2.4.0",
        default = "1"
    )]
    pub read_iops_sec_max_length: Option<u64>,
    /// Seconds of a burst, write requests.
    #[xml(
        text_child = "write_iops_sec_max_length",
        fault = "Content",
        since = "2.4.0",
        default = "1"
    )]
    pub write_iops_sec_max_length: Option<u64>,
}

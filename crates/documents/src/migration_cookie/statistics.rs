//! `<statistics>`: what the source of a migration knows of it. Times are in milliseconds, amounts in
//! bytes, rates in bytes per second, unless said otherwise.

use xml::Xml;

/// What the source of a migration knows of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Xml)]
#[xml(absent = "the source did not say")]
pub struct CookieStatistics {
    /// When it began, in milliseconds since 1970.
    #[xml(text_child)]
    pub started: Option<u64>,
    /// When the guest was stopped, in milliseconds since 1970.
    #[xml(text_child)]
    pub stopped: Option<u64>,
    /// When the cookie was sent, in milliseconds since 1970.
    #[xml(text_child)]
    pub sent: Option<u64>,
    /// How much the destination's clock is ahead.
    #[xml(text_child, since = "1.2.15")]
    pub delta: Option<i64>,
    /// How long it took.
    #[xml(text_child = "time_elapsed")]
    pub time_elapsed: Option<u64>,
    /// How long the guest stood still.
    #[xml(text_child)]
    pub downtime: Option<u64>,
    /// How long the preparation took.
    #[xml(text_child = "setup_time")]
    pub setup_time: Option<u64>,
    /// Memory in all.
    #[xml(text_child = "memory_total")]
    pub memory_total: Option<u64>,
    /// Memory that was sent.
    #[xml(text_child = "memory_processed")]
    pub memory_processed: Option<u64>,
    /// Memory that is left.
    #[xml(text_child = "memory_remaining")]
    pub memory_remaining: Option<u64>,
    /// The rate of memory.
    #[xml(text_child = "memory_bps")]
    pub memory_bps: Option<u64>,
    /// Pages of one value, in pages.
    #[xml(text_child = "memory_constant")]
    pub memory_constant: Option<u64>,
    /// Other pages, in pages.
    #[xml(text_child = "memory_normal")]
    pub memory_normal: Option<u64>,
    /// Other pages.
    #[xml(text_child = "memory_normal_bytes")]
    pub memory_normal_bytes: Option<u64>,
    /// Pages that the guest writes in a second, in pages.
    #[xml(text_child = "memory_dirty_rate", since = "1.3.1")]
    pub memory_dirty_rate: Option<u64>,
    /// Passes over the memory.
    #[xml(text_child = "memory_iteration", since = "1.3.1")]
    pub memory_iteration: Option<u64>,
    /// Pages that the destination asked for.
    #[xml(text_child = "memory_postcopy_requests", since = "5.0.0")]
    pub memory_postcopy_requests: Option<u64>,
    /// The size of a page.
    #[xml(text_child = "memory_page_size", since = "3.7.0")]
    pub memory_page_size: Option<u64>,
    /// Disks in all.
    #[xml(text_child = "disk_total")]
    pub disk_total: Option<u64>,
    /// Of disks, what was sent.
    #[xml(text_child = "disk_processed")]
    pub disk_processed: Option<u64>,
    /// Of disks, what is left.
    #[xml(text_child = "disk_remaining")]
    pub disk_remaining: Option<u64>,
    /// The rate of disks.
    #[xml(text_child = "disk_bps")]
    pub disk_bps: Option<u64>,
    /// The cache of XBZRLE.
    #[xml(text_child = "compression_cache")]
    pub compression_cache: Option<u64>,
    /// What XBZRLE sent.
    #[xml(text_child = "compression_bytes")]
    pub compression_bytes: Option<u64>,
    /// What XBZRLE sent, in pages.
    #[xml(text_child = "compression_pages")]
    pub compression_pages: Option<u64>,
    /// Pages that the cache did not have.
    #[xml(text_child = "compression_cache_misses")]
    pub compression_cache_misses: Option<u64>,
    /// Pages that became no smaller.
    #[xml(text_child = "compression_overflow")]
    pub compression_overflow: Option<u64>,
    /// By how much the guest's CPUs are slowed down, in percent.
    #[xml(text_child = "auto_converge_throttle", since = "2.0.0")]
    pub auto_converge_throttle: Option<i32>,
}
